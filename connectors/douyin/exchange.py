"""Douyin's pushes and answers: taken apart, checked, acknowledged, and handed to whoever reads their kind."""

import json
from datetime import datetime

from connectors.connector import Connector
from connectors.douyin.aftersale import read_request, request_name
from connectors.douyin.calls import CALLS
from connectors.douyin.fields import PAGE
from connectors.douyin.order import NAME, flag_of, order_named, read_order
from connectors.douyin.values import (
    ABOUT_ORDERS,
    ABOUT_REQUESTS,
    DEADLINE_TAG,
    DEADLINES,
    MEMO_TAG,
    ORDER_CALL,
    REQUEST_CALL,
)
from connectors.reading import CannotRead, Fields, parse_json
from connectors.signing import FORGED, is_same, md5_hex
from connectors.translation import (
    Answer,
    Credentials,
    Delivery,
    Enquiry,
    Message,
    Shop,
    StatedTimeout,
    Taken,
    Translation,
)

ORDER, REQUEST, LISTED = "order", "aftersale", "listed"


def split(delivery: Delivery) -> list[Message]:
    """Pushes come as a list; else it is the answer to a call of ours: an order, a request, or which requests are."""
    content = parse_json(delivery.body, "the body")
    if isinstance(content, list):
        return [_push(Fields(entry, f"message {number}")) for number, entry in enumerate(content, 1)]
    data = Fields(content, "the body").part("data")
    if order := data.find_part("shop_order_detail"):
        subject = f"{ORDER}/{order.word('order_id')}"
        return [Message(id=subject, kind=ORDER, subject=subject, content=order.raw)]
    if "items" in data.raw:
        return [_listed(item.part("aftersale_info")) for item in data.parts("items")]
    subject = request_name(data.part("process_info").part("after_sale_info").word("after_sale_id"))
    return [Message(id=subject, kind=REQUEST, subject=subject, content=data.raw)]


def _listed(info: Fields) -> Message:
    """Which request is in a list, and no more than that."""
    id_ = info.word("aftersale_id")
    return Message(
        id=f"{LISTED}/{id_}", kind=LISTED, content={"aftersale_id": id_, "update_time": info.count("update_time")}
    )


def _push(entry: Fields) -> Message:
    id_ = entry.find_text("msg_id") or entry.text("msgId")
    return Message(id=id_, kind=entry.text("tag"), content=entry.part("data").raw)


def read(message: Message, before: Message | None, shop: Shop) -> Translation:
    """An order, a request, or what a push says."""
    fields = Fields(message.content, "data")
    known = Fields(before.content, "data") if before else None
    if message.kind == ORDER:
        return read_order(fields, known, shop)
    if message.kind == REQUEST:
        return read_request(fields, known, shop)
    if message.kind == MEMO_TAG:
        return _memo(fields)
    if message.kind == DEADLINE_TAG:
        return _deadline(fields)
    if message.kind in ABOUT_ORDERS:
        return Translation(enquiries=(Enquiry(call=ORDER_CALL, about=fields.word("p_id")),))
    if message.kind in ABOUT_REQUESTS or message.kind == LISTED:
        return Translation(enquiries=(Enquiry(call=REQUEST_CALL, about=fields.word("aftersale_id")),))
    raise CannotRead(f"tag {message.kind[:20]} is not known")


def _memo(fields: Fields) -> Translation:
    order, flag, text = order_named(fields.word("p_id")), flag_of(fields, "star"), fields.find_text("remark")
    if text is None:
        return Translation(notes=(f"the memo has no words, and the flag {flag.name.lower()}",))
    return Translation(steps=(order.memo(text, flag, fields.find_epoch("update_time")),))


def _deadline(fields: Fields) -> Translation:
    """The time for the answer that the request waits for now."""
    name, at = request_name(fields.word("aftersale_id")), fields.epoch("status_deadline")
    deadline = DEADLINES.get(fields.text("aftersale_status"))
    return Translation(timeouts=(StatedTimeout(about=name, deadline=deadline, until=at),) if deadline else ())


def against(delivery: Delivery, credentials: Credentials, now: datetime) -> str | None:
    """MD5 over app key, body and secret. Pushes have no time."""
    expected = md5_hex(f"{credentials.key}{delivery.body}{credentials.secret}")
    return None if is_same(expected, delivery.headers.get("event-sign")) else FORGED


def acknowledge(delivery: Delivery, taken: Taken) -> Answer:
    """For the whole delivery: what was kept of it is told again, and is known then."""
    return Answer(body=json.dumps({"code": 1, "msg": "fail"} if taken.failed else {"code": 0, "msg": "success"}))


CONNECTOR = Connector(
    name=NAME, split=split, read=read, against=against, acknowledge=acknowledge, page=PAGE, calls=CALLS
)
