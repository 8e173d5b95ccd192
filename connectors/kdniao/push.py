"""A tracking push of Kdniao: read, checked, acknowledged; and what subscribes to pushes."""

import json
from base64 import b64encode
from datetime import datetime
from urllib.parse import unquote

from connectors.calling import Call, NotAnswered, Watching, china_clock
from connectors.carriers import BY_KDNIAO, carrier_by_code, kdniao_code
from connectors.connector import TRACKING, Connector
from connectors.kdniao.table import PAGE, STATES, TRACK_TYPES
from connectors.reading import CannotRead, Fields, parse_json
from connectors.signing import FORGED, is_same, md5_hex
from connectors.telling import withdraw
from connectors.tracks import NO_TRACK, Node, State, Track, parcel_of, state_of, tell_track
from connectors.translation import Answer, Credentials, Delivery, Message, Shop, Taken, Translation
from domain.times import CHINA

NAME = "kdniao"
ADDRESS = "https://api.kdniao.com/api/dist"
NOW = "https://api.kdniao.com/Ebusiness/EbusinessOrderHandle.aspx"
SUBSCRIBE, QUERY = "8008", "8001"
ASKED = "Asked"
"""Marks an answer among pushes: it may know less of its nodes, so that nothing is taken back by it."""
LONGEST_PUSH = 200


def split(delivery: Delivery) -> list[Message]:
    """A message for each parcel of a push."""
    kind = delivery.form.get("RequestType", "102")
    if kind not in TRACK_TYPES.names:
        raise CannotRead(f"RequestType {kind[:20]} is no push of tracks")
    content = parse_json(delivery.form.get("RequestData", ""), "RequestData")
    push = Fields(content, "RequestData")
    entries = push.parts("Data")
    if len(entries) > LONGEST_PUSH:
        raise CannotRead(f"a push has more than {LONGEST_PUSH} parcels")
    common = {name: content[name] for name in ("PushTime", ASKED) if name in content}
    return [
        Message(id=f"{number}", kind="track", subject=_subject(entry), content=common | {"Data": raw})
        for number, (entry, raw) in enumerate(zip(entries, content.get("Data") or [], strict=True), 1)
    ]


def read(message: Message, before: Message | None, shop: Shop) -> Translation:
    """What is new in a track, and what was taken back; an older push tells nothing."""
    pushed, track = _pushed(message), _track(message)
    if before is None:
        return Translation(facts=track.beyond(NO_TRACK))
    if pushed < _pushed(before):
        return Translation(stale=True)
    known = _track(before)
    if ASKED in message.content or ASKED in before.content:
        return Translation(facts=track.beyond(known))
    return Translation(facts=track.beyond(known), withdrawn=withdraw(track.lacks(known)))


def _subject(entry: Fields) -> str:
    """The parcel; empty where it cannot be read, which its own translation then says."""
    try:
        return _parcel(entry)
    except CannotRead:
        return ""


def _parcel(entry: Fields) -> str:
    return parcel_of(carrier_by_code(entry.text("ShipperCode"), BY_KDNIAO), entry.text("LogisticCode"))


def _pushed(message: Message) -> datetime:
    return Fields(message.content, "RequestData").china_time("PushTime")


def _track(message: Message) -> Track:
    entry = Fields(message.content, "RequestData").part("Data")
    nodes = [
        Node(trace.china_time("AcceptTime"), _state(trace.find_text("Action")), trace.find_text("Location"))
        for trace in entry.parts("Traces")
    ]
    # Oldest first: of two at the same time the last one is the newer.
    newest = max(range(len(nodes)), key=lambda number: (nodes[number].at, number), default=0)
    latest = _state(entry.find_text("StateEx") or entry.find_text("State"))
    return tell_track(NAME, _parcel(entry), nodes, newest, latest)


def _state(code: str | None) -> State | None:
    return None if code is None else state_of(code, STATES)


def sign(data: str, secret: str) -> str:
    """Base64 over the hexadecimal MD5 of the data and the key."""
    return b64encode(md5_hex(data + secret).encode()).decode()


def against(delivery: Delivery, credentials: Credentials, now: datetime) -> str | None:
    """The signature of a push, which may come escaped once more than a form's values are."""
    told = delivery.form.get("DataSign", "")
    expected = sign(delivery.form.get("RequestData", ""), credentials.secret)
    return None if is_same(expected, told) or is_same(expected, unquote(told)) else FORGED


def acknowledge(delivery: Delivery, taken: Taken) -> Answer:
    """The account and the time with it; anything but success, and the push comes again."""
    answer = {
        "EBusinessID": delivery.form.get("EBusinessID", ""),
        "UpdateTime": taken.at.astimezone(CHINA).strftime("%Y-%m-%d %H:%M:%S"),
        "Success": not taken.failed,
        "Reason": "稍后重试" if taken.failed else "",
    }
    return Answer(body=json.dumps(answer, ensure_ascii=False))


def subscription(carrier: str, tracking_no: str, credentials: Credentials, phone: str | None = None) -> dict[str, str]:
    """The form by which a parcel is subscribed to when it is announced (`ADDRESS`).

    Args:
        carrier: ours.
        tracking_no: the waybill.
        credentials: the account, and the key that it signs with.
        phone: last four digits of the sender's or the buyer's number; 顺丰 needs it.
    """
    return _form(SUBSCRIBE, carrier, tracking_no, credentials, phone)


def query(carrier: str, tracking_no: str, credentials: Credentials, phone: str | None = None) -> Call:
    """The call that asks for a track now."""
    return Call(form=_form(QUERY, carrier, tracking_no, credentials, phone))


def as_push(body: str, at: datetime) -> Delivery | None:
    """An answer is what a push has as one of its `Data`; one that has no track says why."""
    answer = parse_json(body, "the answer")
    if not answer.get("Traces"):
        return None
    data = {"PushTime": china_clock(at), ASKED: True, "Count": "1", "Data": [answer]}
    return Delivery(body=body, form={"RequestType": "102", "RequestData": json.dumps(data, ensure_ascii=False)})


def _form(kind: str, carrier: str, tracking_no: str, credentials: Credentials, phone: str | None) -> dict[str, str]:
    request = {"ShipperCode": kdniao_code(carrier), "LogisticCode": tracking_no}
    if phone:
        request["CustomerName"] = phone
    data = json.dumps(request, ensure_ascii=False)
    return {
        "RequestData": data,
        "EBusinessID": credentials.key,
        "RequestType": kind,
        "DataSign": sign(data, credentials.secret),
        "DataType": "2",
    }


def _subscribe(
    carrier: str, tracking_no: str, credentials: Credentials, callback: str, phone: str | None
) -> dict[str, str]:
    """Where pushes go is told Kdniao once for the account, not with each parcel."""
    return subscription(carrier, tracking_no, credentials, phone)


def _against(body: str) -> str | None:
    """Why a parcel is not watched."""
    answer = Fields(parse_json(body, "the answer"), "the answer")
    return None if answer.find_truth("Success") else (answer.find_text("Reason") or "refused")[:100]


def _not_answered(body: str) -> NotAnswered | None:
    try:
        _against(body)
    except CannotRead as why:
        return NotAnswered(str(why))
    return None


WATCHING = Watching(
    address=ADDRESS,
    subscribe=_subscribe,
    needs_phone=frozenset({"sf"}),
    against=_against,
    not_answered=_not_answered,
    query=query,
    query_address=NOW,
    query_not_answered=_not_answered,
    as_push=as_push,
)
CONNECTOR = Connector(
    name=NAME,
    split=split,
    read=read,
    against=against,
    acknowledge=acknowledge,
    page=PAGE,
    speaks_as=TRACKING,
    watching=WATCHING,
)
