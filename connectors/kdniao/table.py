"""Kdniao: fields and states of a tracking push, with where each was seen."""

from collections.abc import Mapping

from connectors.carriers import CARRIERS
from connectors.tables import Page, Row, Source, Table, rows
from connectors.tracks import OUT, PICKED_UP, REFUSED, RETURNED, SCANNED, SIGNED, State

_MISU = "https://github.com/misu99/kdniao/blob/fb0b57d0031a850aab816632b020a346332691e0"
_BUBUBA = "https://github.com/bububa/kdniao/blob/98b0fda4e9d60cde7bae3b771ae1dfb9ca6c017b/model"
DOC = Source("push interface, value-added", "https://apifox.com/apidoc/docs-site/2538027/doc-2283185")
MISU_PUSH = Source("misu99/kdniao: push", f"{_MISU}/request/monitor_subscribe_push_request.go")
MISU_SIGN = Source("misu99/kdniao: signature", f"{_MISU}/request/kdniao_request.go")
MISU_QUERY = Source("misu99/kdniao: query", f"{_MISU}/request/monitor_realtime_request.go")
MISU_QUERIED = Source("misu99/kdniao: query's answer", f"{_MISU}/response/monitor_realtime_response.go")
MISU_TYPES = Source("misu99/kdniao: kinds", f"{_MISU}/enum/request_type.go")
TRACE = Source("bububa/kdniao: track", f"{_BUBUBA}/trace_data.go")
PUSH = Source("bububa/kdniao: push", f"{_BUBUBA}/push.go")
ASKING = Source("bububa/kdniao: subscribing and answers", f"{_BUBUBA}/subscribe.go")
HISTORY = Source("interface history", "https://www.xiaomilidoc.com/p-1844006.html")
NODE_SIGN = Source(
    "klover2/node-kdniao-ts",
    "https://github.com/klover2/node-kdniao-ts/blob/5f3f54285b024eb3da04bb95ddbcc829e0b87bbb/index.ts",
)

_ALL = (DOC, TRACE, MISU_PUSH)
_LATER = (MISU_PUSH,)

STATES: Mapping[str, State] = {
    state.code: state
    for state in (
        State("0", "no track yet", None, (TRACE, MISU_PUSH)),
        State("10", "待揽件 waits for the pick-up", None, _LATER),
        State("1", "已揽收 picked up", PICKED_UP, _ALL),
        State("2", "在途中 on its way", SCANNED, _ALL),
        State("201", "到达派件城市 in the buyer's city", SCANNED, _ALL),
        State("202", "派件中 out for delivery", OUT, _ALL),
        State("211", "已放入快递柜或驿站 in a locker or station", OUT, _ALL),
        State("3", "已签收 signed for", SIGNED, _ALL),
        State("301", "正常签收 by the buyer", SIGNED, _LATER),
        State("302", "派件异常后最终签收 after a failed delivery", SIGNED, _LATER),
        State("304", "代收签收 by somebody for the buyer", SIGNED, _LATER),
        State("311", "快递柜或驿站签收 fetched from a locker or station", SIGNED, _ALL),
        State("4", "问题件 a problem, not said which", SCANNED, _ALL),
        State("401", "发货无信息 no news since the waybill: reckoned, not scanned", None, _ALL),
        State("402", "超时未签收 long out and not signed for: reckoned, not scanned", None, _ALL),
        State("403", "超时未更新 long without news: reckoned, not scanned", None, _ALL),
        State("404", "拒收(退件) refused by the buyer", REFUSED, _ALL),
        State("405", "派件异常 delivery failed", SCANNED, _LATER),
        State("406", "退货签收 back, signed for by the sender", RETURNED, _LATER),
        State("407", "退货未签收 on its way back", SCANNED, _LATER),
        State("412", "快递柜或驿站超时未取 not fetched from the locker", SCANNED, _ALL),
        State("413", "单号已拦截 stopped by an interception", SCANNED, _LATER),
    )
}
"""By code, of a parcel (`StateEx`, else `State`) and of a node (`Action`)."""

TRACK_TYPES = Table(
    "Kinds of push (`RequestType`)",
    rows(
        (MISU_TYPES,),
        {
            "101": ("tracks, plain", "facts"),
            "102": ("tracks, value-added: with `StateEx` and `Action`", "facts"),
        },
    ),
)

_PUSH_FIELDS = (
    Row("RequestType", "kind of push", "see below; 107 is about money collected at the door", (DOC, MISU_TYPES)),
    Row("RequestData", "the push, as JSON", "", (DOC, MISU_SIGN)),
    Row("DataSign", "base64 of the MD5 over RequestData and the key", "checked", (HISTORY, MISU_SIGN, NODE_SIGN)),
    *rows(
        (PUSH, MISU_PUSH, DOC),
        {
            "EBusinessID": ("the shop's account", "answered"),
            "PushTime": ("when it was pushed, China clock", "a push older than the last tells nothing"),
            "Count": ("number of parcels in it", ""),
            "Data": ("parcels", "a message each"),
        },
    ),
    *rows(
        (TRACE, MISU_PUSH, DOC),
        {
            "Data[].ShipperCode": ("carrier", "the parcel's name in facts"),
            "Data[].LogisticCode": ("waybill", "the parcel's name in facts"),
            "Data[].Success": ("whether there is a track", "false: no facts"),
            "Data[].Reason": ("why there is none", ""),
            "Data[].State, StateEx": ("state of the parcel", "of the newest node, where that has none of its own"),
            "Data[].Traces": ("nodes, the whole track", "a fact each"),
            "Traces[].AcceptTime": ("time on the China clock", "the fact's `time`"),
            "Traces[].AcceptStation": ("words, with names and numbers", "never told"),
            "Traces[].Action": ("state by code", "see below"),
            "Traces[].Location": ("place", "`location`"),
        },
    ),
    Row("Data[].DeliveryMan, DeliveryManTel", "the courier", "never told", (MISU_PUSH,)),
)

_ANSWER = rows(
    (ASKING,),
    {
        "EBusinessID": ("the shop's account", "as it came"),
        "UpdateTime": ("when, China clock", "when it was kept"),
        "Success": ("whether it was taken", "false only where it could not be kept"),
        "Reason": ("why not", ""),
    },
)

_SUBSCRIBING = rows(
    (ASKING, MISU_PUSH),
    {
        "ShipperCode": ("carrier by their code", "from ours"),
        "LogisticCode": ("waybill", "the parcel's"),
        "CustomerName": ("last four digits of a number, for 顺丰", "where the shop may tell it"),
        "Callback": ("comes back with pushes", "not needed: pushes name carrier and waybill"),
        "Success, Reason": ("whether it is watched, and why not, in words", "false: refused for good, with the reason"),
    },
)

_QUERYING = (
    *rows(
        (MISU_QUERY,),
        {
            "ShipperCode, LogisticCode": ("carrier by their code, and waybill", "the parcel's"),
            "CustomerName": ("last four digits of a number, for 顺丰", "where the shop may tell it"),
        },
    ),
    *rows(
        (MISU_QUERIED,),
        {
            "StateEx, Traces": ("the track, with the `Action` of each node", "as one of a push's `Data`, as of now"),
            "Success, Reason": ("whether there is a track, and why not", "without one, asked again after half a day"),
        },
    ),
)

PAGE = Page(
    name="kdniao",
    title="Kdniao (快递鸟)",
    introduction="Tracking pushes: a form POST with `RequestData` (JSON) and `DataSign`; several parcels in one.",
    notes=(
        "A node is told by time and state; its words are not. The same node told again is the same fact.",
        "A newer push (`PushTime`) is the whole track: nodes of the last one that are missing are withdrawn. "
        "An older one tells nothing.",
        "A node without a state of its own is a scan, unless the newest says that the carrier has nothing yet.",
        "Three digits that are not in the table count as their first.",
        "The signature covers `RequestData` alone, and `PushTime` within it is when it was first pushed: it is sent "
        "again for hours, so there is no replay window; an old push tells nothing anyway.",
    ),
    tables=(
        Table("Push", _PUSH_FIELDS),
        TRACK_TYPES,
        Table("States of parcels and nodes", tuple(state.row() for state in STATES.values())),
        Table("Answer", _ANSWER),
        Table("Subscribing (`RequestType` 8008)", _SUBSCRIBING),
        Table("Asking for a track (`RequestType` 8001)", _QUERYING),
        Table("Carriers (name; code at Kuaidi100 / here)", tuple(one.row() for one in CARRIERS)),
    ),
)
