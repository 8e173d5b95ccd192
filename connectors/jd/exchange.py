"""JD's answers: taken apart, and handed to whoever reads their kind."""

from collections.abc import Callable, Mapping
from datetime import datetime

from connectors.connector import Connector
from connectors.jd.calls import CALLS
from connectors.jd.fields import PAGE
from connectors.jd.order import NAME, read_order
from connectors.jd.service import read_money, read_refund, read_service, service_name
from connectors.reading import CannotRead, Fields, parse_json
from connectors.translation import Answer, Credentials, Delivery, Message, Shop, Taken, Translation

ORDER, REFUND, SERVICE, MONEY = "order", "refundapply", "service", "money"
NOT_SIGNED = "JD signs nothing: let the source carry a token"

_READERS: Mapping[str, Callable[[Fields, Fields | None, Shop], Translation]] = {
    ORDER: read_order,
    REFUND: read_refund,
    SERVICE: read_service,
    MONEY: read_money,
}


def split(delivery: Delivery) -> list[Message]:
    """The answer to one of our calls, by its name: one message a row."""
    body = Fields(parse_json(delivery.body, "the body"), "the body")
    for name in body.raw:
        if name.endswith(("_responce", "_response")):
            return list(_messages(body.part(name)))
    raise CannotRead("the body is no answer of JOS")


def _messages(answer: Fields) -> list[Message]:
    if found := answer.find_part("orderDetailInfo"):
        info = found.part("orderInfo")
        return [_message(ORDER, f"order/{info.word('orderId')}", info)]
    if found := answer.find_part("searchorderinfo_result"):
        return [_message(ORDER, f"order/{one.word('orderId')}", one) for one in found.parts("orderInfoList")]
    if found := answer.find_part("queryResult"):
        refunds = [one.find_part("refundApplyVo") or one for one in found.parts("result")]
        return [_message(REFUND, f"refundapply/{one.word('id')}", one) for one in refunds]
    rows = answer.part("pageResult").parts("data")
    return [_row(one) for one in rows]


def _row(one: Fields) -> Message:
    """A service order, or what became of its money."""
    bill = one.find_part("sameOrderServiceBill")
    if bill is None:
        return _message(SERVICE, service_name(one.word("serviceId")), one)
    return _message(MONEY, f"money/{bill.word('serviceId')}", one)


def _message(kind: str, subject: str, content: Fields) -> Message:
    return Message(id=subject, kind=kind, subject=subject, content=content.raw)


def read(message: Message, before: Message | None, shop: Shop) -> Translation:
    """An order, a refund, a service order, or its money."""
    if message.kind not in _READERS:
        raise CannotRead(f"kind {message.kind[:20]} is not known")
    known = Fields(before.content, message.kind) if before else None
    return _READERS[message.kind](Fields(message.content, message.kind), known, shop)


def against(delivery: Delivery, credentials: Credentials, now: datetime) -> str | None:
    """JD pushes nothing that a public source shows, so nothing is signed by it."""
    return NOT_SIGNED


def acknowledge(delivery: Delivery, taken: Taken) -> Answer:
    """For whoever hands answers on."""
    return Answer(body='{"success": false}' if taken.failed else '{"success": true}')


CONNECTOR = Connector(
    name=NAME, split=split, read=read, against=against, acknowledge=acknowledge, page=PAGE, calls=CALLS
)
