"""A tracking push of Kuaidi100: read, checked, acknowledged; and what subscribes to pushes."""

import json
from datetime import datetime

from connectors.calling import WATCH, Call, NotAnswered, Refused, Watching
from connectors.carriers import BY_KUAIDI100, carrier_by_code, kuaidi100_code
from connectors.connector import TRACKING, Connector
from connectors.kuaidi100.table import NAMES, PAGE, PUSH_STATUS, STATES
from connectors.reading import CannotRead, Fields, parse_json
from connectors.signing import FORGED, is_same, md5_hex
from connectors.telling import withdraw
from connectors.tracks import NO_TRACK, Node, State, Track, parcel_of, state_of, tell_track
from connectors.translation import Answer, Credentials, Delivery, Enquiry, Message, Shop, Taken, Translation

NAME = "kuaidi100"
ADDRESS = "https://poll.kuaidi100.com/poll"
QUERY = "/query.do"
NOBODY = ("600", "601")
"""The application is not known, or its key is over."""
ANEW = "updateall"
GIVEN_UP = "abort"
WATCHED = ("200", "501")
"""Subscribed, and subscribed before."""
UNANSWERED = ("500", "600", "601")
"""The service fails; the application is not known, or has nothing left."""


def split(delivery: Delivery) -> list[Message]:
    """The one track of a push."""
    content = parse_json(delivery.form.get("param", ""), "param")
    parcel = _parcel(Fields(content, "param"))
    return [Message(id=parcel, kind="track", subject=parcel, content=content)]


def read(message: Message, before: Message | None, shop: Shop) -> Translation:
    """What is new in a track, and what was taken back where the whole is pushed anew."""
    push = Fields(message.content, "param")
    status = push.text("status")
    if status not in PUSH_STATUS.names:
        raise CannotRead(f"status {status[:20]} of a push is not known")
    track = _track(push)
    known = _track(Fields(before.content, "param")) if before else NO_TRACK
    anew = status == ANEW
    return Translation(
        facts=track.beyond(known),
        withdrawn=withdraw(track.lacks(known)) if anew else (),
        enquiries=(Enquiry(call=WATCH, about=message.subject),) if _is_to_be_asked_again(push) else (),
        stale=not anew and track.facts.keys() < known.facts.keys(),
        notes=tuple(_notes(push)),
    )


def _parcel(push: Fields) -> str:
    """The parcel as the case knows it: by the carrier that was subscribed, even where it was corrected."""
    result = push.part("lastResult")
    announced = push.find_text("comOld") if push.find_text("autoCheck") == "1" else None
    return parcel_of(carrier_by_code(announced or result.text("com"), BY_KUAIDI100), result.text("nu"))


def _track(push: Fields) -> Track:
    result = push.part("lastResult")
    nodes = [
        Node(
            entry.find_china_time("ftime") or entry.china_time("time"),
            _own_state(entry),
            entry.find_text("location") or entry.find_text("areaName"),
        )
        for entry in result.parts("data")
    ]
    # Newest first: of two at the same time the first one is the newer.
    newest = max(range(len(nodes)), key=lambda number: (nodes[number].at, -number), default=0)
    state = result.find_text("state")
    return tell_track(NAME, _parcel(push), nodes, newest, state_of(state, STATES) if state else None)


def _own_state(entry: Fields) -> State | None:
    code = entry.find_text("statusCode")
    if code is not None:
        return state_of(code, STATES)
    name = entry.find_text("status")
    if name is None:
        return None
    if name not in NAMES:
        raise CannotRead(f"status {name[:20]} of a node is not known")
    return STATES[NAMES[name]]


def _is_to_be_asked_again(push: Fields) -> bool:
    """Given up without another carrier: with one, Kuaidi100 has subscribed anew by itself."""
    return push.text("status") == GIVEN_UP and push.find_text("comNew") is None


def _notes(push: Fields) -> list[str]:
    notes = []
    if push.text("status") == GIVEN_UP:
        notes.append("Kuaidi100 has given up watching this parcel")
    if new := push.find_text("comNew"):
        notes.append(f"Kuaidi100 says that the carrier is {carrier_by_code(new, BY_KUAIDI100)}")
    return notes


def against(delivery: Delivery, credentials: Credentials, now: datetime) -> str | None:
    """MD5 over the parameter and the salt, in capitals. Pushes have no time."""
    expected = md5_hex(delivery.form.get("param", "") + credentials.secret)
    return None if is_same(expected, delivery.form.get("sign")) else FORGED


def acknowledge(delivery: Delivery, taken: Taken) -> Answer:
    """Anything but this, and the push comes three times more, 35 minutes apart."""
    answer = {"result": not taken.failed, "returnCode": "500" if taken.failed else "200"}
    answer["message"] = "稍后重试" if taken.failed else "成功"
    return Answer(body=json.dumps(answer, ensure_ascii=False))


def subscription(
    carrier: str, tracking_no: str, credentials: Credentials, callback: str, phone: str | None = None
) -> dict[str, str]:
    """The form by which a parcel is subscribed to when it is announced (`ADDRESS`).

    Args:
        carrier: ours.
        tracking_no: the waybill.
        credentials: the application's key, and the salt that pushes are to be signed with.
        callback: where pushes go.
        phone: last four digits of the sender's or the buyer's number; 顺丰 and 中通 need it.
    """
    parameters = {"callbackurl": callback, "salt": credentials.secret, "resultv2": "4"}
    if phone:
        parameters["phone"] = phone
    param = {
        "company": kuaidi100_code(carrier),
        "number": tracking_no,
        "key": credentials.key,
        "parameters": parameters,
    }
    return {"schema": "json", "param": json.dumps(param, ensure_ascii=False)}


def query(carrier: str, tracking_no: str, credentials: Credentials, phone: str | None = None) -> Call:
    """The call that asks for a track now: signed with the key and the customer's number (the connection's account)."""
    asked = {"com": kuaidi100_code(carrier), "num": tracking_no, "resultv2": "4"}
    if phone:
        asked["phone"] = phone
    param = json.dumps(asked, ensure_ascii=False)
    sign = md5_hex(param + credentials.key + credentials.account).upper()
    return Call(path=QUERY, form={"customer": credentials.account, "sign": sign, "param": param})


def _query_not_answered(body: str) -> NotAnswered | None:
    """The key is over, or what was paid for is used up; that there is no track (yet) is an answer, with its code."""
    try:
        code = Fields(parse_json(body, "the answer"), "the answer").find_text("returnCode")
    except CannotRead as why:
        return NotAnswered(str(why))
    return NotAnswered(f"returnCode {code}", refused=Refused.WHO) if code in NOBODY else None


def as_push(body: str, at: datetime) -> Delivery | None:
    """An answer is what a push has as `lastResult`; one that has no track says why."""
    answer = parse_json(body, "the answer")
    if not answer.get("data"):
        return None
    param = {"status": "polling", "lastResult": answer}
    return Delivery(body=body, form={"param": json.dumps(param, ensure_ascii=False)})


def _against(body: str) -> str | None:
    """Why a parcel is not watched: a second subscription is one, too."""
    code = _code(body)
    return None if code in WATCHED else f"returnCode {code}"


def _not_answered(body: str) -> NotAnswered | None:
    """An application that is not known, or a service that fails, says nothing about the parcel; a track has no code."""
    try:
        code = _code(body)
    except CannotRead as why:
        return NotAnswered(str(why))
    who = Refused.WHO if code in NOBODY else None
    return NotAnswered(f"returnCode {code}", refused=who) if code in UNANSWERED else None


def _code(body: str) -> str:
    return Fields(parse_json(body, "the answer"), "the answer").text("returnCode")[:20]


WATCHING = Watching(
    address=ADDRESS,
    subscribe=subscription,
    needs_phone=frozenset({"sf", "zto"}),
    against=_against,
    not_answered=_not_answered,
    query=query,
    query_address=ADDRESS,
    query_not_answered=_query_not_answered,
    as_push=as_push,
    needs_account=True,
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
