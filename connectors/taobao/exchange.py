"""Taobao's messages: taken apart, checked, acknowledged, and handed to whoever reads their kind."""

import json
from datetime import datetime

from connectors.carriers import carrier_by_name
from connectors.connector import Connector
from connectors.orders import Order
from connectors.reading import CannotRead, Fields, parse_json
from connectors.signing import FORGED, OLD, in_order, is_fresh, is_same, md5_hex
from connectors.taobao.calls import CALLS
from connectors.taobao.fields import PAGE
from connectors.taobao.refunds import read_refund
from connectors.taobao.topics import MEMO_TOPIC, REFUND_CALL, TOPICS, TRACE_TOPIC, call_of
from connectors.taobao.trades import NAME, read_trade
from connectors.taobao.values import ACTIONS, FLAGS
from connectors.tracks import NO_TRACK, Node, parcel_of, state_of, tell_track
from connectors.translation import Answer, Credentials, Delivery, Enquiry, Message, Shop, Taken, Translation

TRADE, REFUND = "trade", "refund"
_ANSWERS = {"trade_fullinfo_get_response": (TRADE, "tid"), "refund_get_response": (REFUND, "refund_id")}
_PULLED = "tmc_messages_consume_response"


def split(delivery: Delivery) -> list[Message]:
    """The answer to a call of ours; or messages, as TMC is asked for them or as a client of it hands them on."""
    content = parse_json(delivery.body, "the body")
    if isinstance(content, list):
        return [_message(Fields(entry, f"message {number}")) for number, entry in enumerate(content, 1)]
    body = Fields(content, "the body")
    for name, (kind, id_) in _ANSWERS.items():
        if answer := body.find_part(name):
            snapshot = answer.part(kind)
            subject = f"{kind}/{snapshot.word(id_)}"
            return [Message(id=subject, kind=kind, subject=subject, content=snapshot.raw)]
    if answer := body.find_part(_PULLED):
        return [_message(entry) for entry in answer.parts("messages", wrapped_in="tmc_message")]
    return [_message(body)]


def _message(entry: Fields) -> Message:
    content = entry.part("content").raw
    return Message(
        id=entry.word("id"), kind=entry.text("topic"), content={**content, "pub_time": entry.find_text("pub_time")}
    )


def read(message: Message, before: Message | None, shop: Shop) -> Translation:
    """A trade, a refund, or what a topic says."""
    fields = Fields(message.content, message.kind)
    known = Fields(before.content, message.kind) if before else None
    if message.kind == TRADE:
        return read_trade(fields, known, shop)
    if message.kind == REFUND:
        return read_refund(fields, known, shop)
    if message.kind not in TOPICS.names:
        raise CannotRead(f"topic {message.kind[:60]} is not known")
    if message.kind == MEMO_TOPIC:
        return _memo(fields, shop)
    if message.kind == TRACE_TOPIC:
        return _trace(fields)
    call = call_of(message.kind)
    if call is None:
        return Translation()
    return Translation(
        enquiries=(Enquiry(call=call, about=fields.word("refund_id" if call == REFUND_CALL else "tid")),)
    )


def _memo(fields: Fields, shop: Shop) -> Translation:
    """The memo as it now is; without words there is only a flag, which is none here."""
    tid, text = fields.word("tid"), fields.find_text("seller_memo")
    flag = fields.find_text("seller_flag") or "0"
    if flag not in FLAGS:
        raise CannotRead(f"seller_flag {flag[:10]} is not known")
    if text is None:
        return Translation(notes=(f"the memo has no words, and the flag {FLAGS[flag][0]}",))
    order = Order(NAME, shop.platform, tid, f"trade/{tid}")
    return Translation(steps=(order.memo(text, FLAGS[flag][1], fields.find_china_time("pub_time")),))


def _trace(fields: Fields) -> Translation:
    """A node of a track."""
    state, number = state_of(fields.text("action"), ACTIONS), fields.find_word("out_sid")
    if state.event is None or number is None:
        return Translation()
    parcel = parcel_of(carrier_by_name(fields.text("company_name")), number)
    track = tell_track(NAME, parcel, [Node(fields.china_time("time"), state)], 0, None)
    return Translation(facts=track.beyond(NO_TRACK))


def sign(delivery: Delivery, secret: str) -> str:
    """As TOP signs its calls: the secret around headers, query and form in order, and the body."""
    listed = [name for name in delivery.headers.get("top-sign-list", "").split(",") if name]
    signed = {name: delivery.headers.get(name.lower(), "") for name in listed} | dict(delivery.query)
    params = signed | dict(delivery.form)
    return md5_hex(f"{secret}{in_order(params)}{delivery.body}{secret}").upper()


def against(delivery: Delivery, credentials: Credentials, now: datetime) -> str | None:
    """TOP's signature, and the time of the call."""
    if not is_same(sign(delivery, credentials.secret), delivery.query.get("sign")):
        return FORGED
    try:
        at = Fields(delivery.query, "the query").find_china_time("timestamp")
    except CannotRead:
        at = None
    return None if is_fresh(at, now) else OLD


def acknowledge(delivery: Delivery, taken: Taken) -> Answer:
    """What confirms messages to TMC; those that could not be kept come again by themselves."""
    return Answer(body=json.dumps({"s_message_ids": ",".join(taken.kept)}))


CONNECTOR = Connector(
    name=NAME, split=split, read=read, against=against, acknowledge=acknowledge, page=PAGE, calls=CALLS
)
