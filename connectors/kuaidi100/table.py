"""Kuaidi100: fields and states of a tracking push, with where each was seen."""

from collections.abc import Mapping

from connectors.carriers import CARRIERS
from connectors.tables import Page, Row, Source, Table, rows
from connectors.tracks import (
    EXCEPTION,
    OUT,
    PICKED_UP,
    REFUSED,
    RETURNED,
    SCANNED,
    SIGNED,
    State,
)
from domain.parcels.facts import ExceptionKind

_DEMO = "https://github.com/kuaidi100-api/java-demo/blob/68a6ab42803039294e2fd0caa40a9d28360bd3cd/src/main/java/com"
DEMO_PUSH = Source("java-demo: push", f"{_DEMO}/kuaidi100/sdk/response/SubscribePushParamResp.java")
DEMO_RESULT = Source("java-demo: result", f"{_DEMO}/kuaidi100/sdk/response/SubscribePushResult.java")
DEMO_NODE = Source("java-demo: node", f"{_DEMO}/kuaidi100/sdk/response/SubscribePushData.java")
DEMO_ASK = Source("java-demo: subscribing", f"{_DEMO}/kuaidi100/sdk/request/SubscribeParameters.java")
DEMO_QUERY = Source("java-demo: query", f"{_DEMO}/kuaidi100/sdk/request/QueryTrackReq.java")
DEMO_QUERIED = Source("java-demo: query's answer", f"{_DEMO}/kuaidi100/sdk/response/QueryTrackResp.java")
DEMO_ASKED = Source("java-demo: query's parameters", f"{_DEMO}/kuaidi100/sdk/request/QueryTrackParam.java")
CODES = Source(
    "zevfang/kuaidi100_go: return codes",
    "https://github.com/zevfang/kuaidi100_go/blob/288ad731e3e3b2cd3c7051a400dc8a1ac49bb343/controller/common.go",
)
DEMO_CALL = Source("java-demo: answer", f"{_DEMO}/kuaidi100/sdk/api/Subscribe.java")
PUSH = Source("push interface", "https://apifox.com/apidoc/project-514987/api-8568518")
QUERY = Source("query interface, states", "https://apifox.com/apidoc/project-514987/api-8562559")
MAP_PUSH = Source("map push interface", "https://apifox.com/apidoc/project-514987/api-8575995")
SERVICE = Source("push service", "https://api.kuaidi100.com/document/pushService")
HUB = Source(
    "another shop's states", "http://112.95.168.156:8010/Help/ResourceModel?modelName=getStoreOrderLogisticsResult"
)

_MAIN = (QUERY, DEMO_RESULT)
_SUB = (QUERY,)

STATES: Mapping[str, State] = {
    state.code: state
    for state in (
        State("0", "在途 on its way", SCANNED, _MAIN),
        State("1001", "到达派件城市 in the buyer's city", SCANNED, _SUB),
        State("1002", "干线 on the trunk line", SCANNED, _SUB),
        State("1003", "转递 sent on to another address", SCANNED, _SUB),
        State("1", "揽收 picked up", PICKED_UP, _MAIN),
        State("101", "已下单 waybill ordered: the carrier does not have it yet", None, _SUB),
        State("102", "待揽收 waits for the pick-up", None, _SUB),
        State("103", "已揽收 picked up", PICKED_UP, _SUB),
        State("2", "疑难 a problem, not said which", SCANNED, _MAIN),
        State("201", "超时未签收 long out and not signed for: reckoned, not scanned", None, _SUB),
        State("202", "超时未更新 long without news: reckoned, not scanned", None, _SUB),
        State("203", "拒收 refused by the buyer", REFUSED, _SUB),
        State("204", "派件异常 delivery failed", SCANNED, _SUB),
        State("205", "柜或驿站超时未取 not fetched from the locker", SCANNED, _SUB),
        State("206", "无法联系 buyer not reached", EXCEPTION, _SUB, ExceptionKind.PHONE_UNREACHABLE),
        State("207", "超区 out of the carrier's range", EXCEPTION, _SUB, ExceptionKind.OUT_OF_RANGE),
        State("208", "滞留 kept at the branch", SCANNED, _SUB),
        State("209", "破损 damaged", EXCEPTION, _SUB, ExceptionKind.DAMAGED),
        State("210", "销单 sender asks to cancel the waybill", None, _SUB),
        State("3", "签收 signed for", SIGNED, _MAIN),
        State("301", "本人签收 by the buyer", SIGNED, _SUB),
        State("302", "派件异常后签收 after a failed delivery", SIGNED, _SUB),
        State("303", "代签 by somebody for the buyer", SIGNED, _SUB),
        State("304", "投柜或站签收 at a locker or station", SIGNED, _SUB),
        State("4", "退签 back, signed for by the sender", RETURNED, _MAIN),
        State("401", "已销单 waybill cancelled", None, _SUB),
        State("5", "派件 out for delivery", OUT, _MAIN),
        State("501", "投柜或驿站 in a locker or station", OUT, _SUB),
        State("6", "退回 on its way back", SCANNED, _MAIN),
        State("7", "转投 handed to another carrier", SCANNED, _MAIN),
        State("8", "清关 at customs", SCANNED, (PUSH, MAP_PUSH)),
        State("10", "待清关 waits for customs", SCANNED, (HUB,)),
        State("11", "清关中 in customs", SCANNED, (HUB,)),
        State("12", "已清关 through customs", SCANNED, (HUB,)),
        State("13", "清关异常 a problem at customs", SCANNED, (HUB,)),
        State("14", "拒签 buyer would not sign", REFUSED, (QUERY, PUSH)),
    )
}
"""By code, of a parcel (`state`) and of a node (`statusCode`)."""

NAMES: Mapping[str, str] = {state.meaning.partition(" ")[0]: code for code, state in STATES.items()}
"""A node's state by its name (`status`), which comes where no code was subscribed to."""

PUSH_STATUS = Table(
    "Watching (`status`)",
    rows(
        (DEMO_PUSH, PUSH),
        {
            "polling": ("watched", "what is new becomes facts"),
            "shutdown": ("signed for, no more pushes", "as `polling`"),
            "abort": ("given up: no record for 3 days, no change for 60, or another carrier", "subscribe again"),
            "updateall": ("pushed anew: the track as it now is", "nodes that are missing are withdrawn"),
        },
    ),
)

_PUSH_FIELDS = (
    *rows(
        (DEMO_PUSH, PUSH),
        {
            "status": ("watching", "see below"),
            "message": ("why it was given up", ""),
            "autoCheck": ("1: the carrier's code was corrected by Kuaidi100", "see `comOld`"),
            "comOld": ("the carrier as it was subscribed", "the parcel's name in facts, for the case knows it so"),
            "comNew": ("the carrier as corrected", "`notes`; on `abort` it has subscribed anew by itself"),
            "lastResult": ("the track", ""),
        },
    ),
    *rows(
        (DEMO_RESULT, PUSH),
        {
            "lastResult.com": ("carrier", "the parcel's name in facts, unless `comOld` says another"),
            "lastResult.nu": ("waybill", "the parcel's name in facts"),
            "lastResult.state": ("state of the parcel", "of the newest node, where that has none of its own"),
            "lastResult.data": ("nodes, the whole track, newest first", "a fact each"),
        },
    ),
    *rows(
        (DEMO_NODE,),
        {
            "data[].ftime": ("time on the China clock", "the fact's `time`"),
            "data[].time": ("time as the carrier has it", "where there is no `ftime`"),
            "data[].context": ("words, with names and numbers", "never told"),
            "data[].status": ("state by name", "see below"),
            "data[].statusCode": ("state by code (`resultv2` 4 and 5)", "see below"),
            "data[].areaName": ("place", "`location`"),
            "data[].location": ("place", "`location`, before `areaName`"),
        },
    ),
    Row("sign", "MD5 over `param` and the salt, where one was subscribed with", "checked", (DEMO_CALL, PUSH)),
)

_SUBSCRIBING = rows(
    (DEMO_ASK, SERVICE),
    {
        "company": ("carrier by their code", "from ours"),
        "number": ("waybill", "the parcel's"),
        "parameters.callbackurl": ("where pushes go", "the inbound address"),
        "parameters.salt": ("what pushes are signed with", "the source's secret"),
        "parameters.resultv2": ("4: codes and places for each node", "always 4"),
        "parameters.phone": ("last four digits of a number; some carriers need it", "where the shop may tell it"),
    },
)

_RETURN_CODES = rows(
    (CODES,),
    {
        "200": ("subscribed", "the parcel is watched"),
        "501": ("subscribed before, and still watched", "as 200"),
        "500": ("the service fails for the moment", "asked again later"),
        "600": ("the key is not one of theirs", "all waits for another connection"),
        "601": ("the key is over", "as 600"),
        "700": ("parcel or callback cannot be subscribed to", "not watched: refused for good; its track is asked for"),
        "701": ("a carrier that is not watched", "as 700"),
        "702": ("no carrier has such a number", "as 700"),
    },
)

_QUERYING = (
    *rows(
        (DEMO_QUERY, QUERY),
        {
            "customer": ("the company's number there", "the connection's `account`; without it nothing is asked for"),
            "sign": ("MD5 over `param`, the key and `customer`, in capitals", "made"),
        },
    ),
    *rows(
        (DEMO_ASKED, QUERY),
        {
            "param.com, num": ("carrier by their code, and waybill", "the parcel's"),
            "param.phone": ("a number of sender or buyer", "its last four digits, where the carrier needs them"),
            "param.resultv2": ("how much is told of places and states", "always 4"),
        },
    ),
    *rows(
        (DEMO_QUERIED, QUERY),
        {
            "com, nu, state, data": ("the track, as `lastResult` has it", "as a push with status `polling`"),
            "returnCode": (
                "why there is no track",
                "600, 601: all waits for another connection; others: in half a day",
            ),
        },
    ),
)

PAGE = Page(
    name="kuaidi100",
    title="Kuaidi100 (快递100)",
    introduction="Tracking pushes: a form POST with `param` (JSON) and `sign`.",
    notes=(
        "A node is told by time and state; its words are not. The same node told again is the same fact.",
        "Missing nodes are withdrawn only where the whole is pushed anew (`updateall`): a push without them may "
        "as well be an older one that came late, for pushes carry no time of their own.",
        "A node without a state of its own is a scan, unless the newest says that the carrier has nothing yet.",
        "Three digits that are not in the table count as their first.",
        "Pushes have no time: the signature has no replay window.",
        "Answered with `result` true whatever the track says; only what could not be kept is asked for again.",
    ),
    tables=(
        Table("Push", _PUSH_FIELDS),
        PUSH_STATUS,
        Table("States of parcels and nodes", tuple(state.row() for state in STATES.values())),
        Table("Subscribing", _SUBSCRIBING),
        Table("What a subscription is answered (`returnCode`)", _RETURN_CODES),
        Table("Asking for a track (`poll/query.do`)", _QUERYING),
        Table("Carriers (name; code here / at Kdniao)", tuple(one.row() for one in CARRIERS if one.kuaidi100)),
    ),
)
