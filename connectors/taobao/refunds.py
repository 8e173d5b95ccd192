"""A refund as `taobao.refund.get` answers it: the request, and the steps that its status stands for."""

from collections.abc import Iterator

from connectors.carriers import carrier_by_name
from connectors.reading import CannotRead, Fields
from connectors.requests import Request, reason_of
from connectors.taobao.values import (
    CS_STATUS,
    DISPUTE_TYPE,
    PLATFORM_IN,
    REFUND_DEADLINES,
    REFUND_STATUS,
    RULED,
    SERVICES,
)
from connectors.telling import order_subject
from connectors.told import Told
from connectors.translation import Shop, Step, Translation
from domain.after_sale.services import SERVICES as RULES
from domain.shop.service import Service

AGREED = ("WAIT_BUYER_RETURN_GOODS", "WAIT_SELLER_CONFIRM_GOODS", "SUCCESS")
SENT_BACK = ("WAIT_SELLER_CONFIRM_GOODS", "SUCCESS")


def read_refund(refund: Fields, before: Fields | None, shop: Shop) -> Translation:
    """What a snapshot tells beyond the last one; an older one tells nothing."""
    if before and refund.china_time("modified") < before.china_time("modified"):
        return Translation(stale=True)
    request = _request(refund, shop)
    known = _told(before, _request(before, shop)) if before else None
    amended = request.amended(_request(before, shop)) if before else []
    told = _told(refund, request)
    return told.beyond(known, amended, notes=tuple(_notes(refund)))


def _status(refund: Fields) -> str:
    status = refund.text("status")
    if status not in REFUND_STATUS.names:
        raise CannotRead(f"status {status[:40]} of a refund is not known")
    return status


def _request(refund: Fields, shop: Shop) -> Request:
    return Request(
        order=order_subject(shop.platform, refund.word("tid")),
        name=f"refund/{refund.word('refund_id')}",
        service=_service(refund),
        reason=reason_of(refund.find_text("reason")),
        units=(refund.word("oid"),),
        amount=refund.find_yuan("refund_fee"),
        description=refund.find_text("desc"),
        at=refund.china_time("created"),
        version=refund.china_time("modified").isoformat(),
    )


def _service(refund: Fields) -> Service:
    if refund.find_text("special_refund_type") == "priceProtect":
        return Service.PRICE_PROTECTION
    asked = refund.find_text("dispute_type")
    if asked is not None and asked not in DISPUTE_TYPE.names:
        raise CannotRead(f"dispute_type {asked[:40]} is not known")
    if asked is not None and asked in SERVICES:
        return SERVICES[asked][1]
    return Service.RETURN_REFUND if refund.find_truth("has_good_return") else Service.REFUND_ONLY


def _told(refund: Fields, request: Request) -> Told:
    until = refund.find_part("refund_remind_timeout")
    at = until.find_china_time("timeout") if until and until.find_truth("exist_timeout") is not False else None
    timeouts = request.until(REFUND_DEADLINES.get(_status(refund)), at)
    return Told(steps=tuple(_steps(refund, request, _status(refund))), timeouts=tuple(timeouts))


def _steps(refund: Fields, request: Request, status: str) -> Iterator[Step]:
    """All that must have happened for the refund to stand where it stands."""
    yield request.opened()
    if status == "SELLER_REFUSE_BUYER":
        yield request.refused()
    yield from _platform_steps(refund, request)
    if status in AGREED:
        yield request.agreed()
    number = refund.find_word("sid")
    if status in SENT_BACK and number is not None:
        yield request.sent_back(carrier_by_name(refund.text("company_name")), number)
    rule = RULES[request.service]
    if status == "SUCCESS" and rule.goods_back and number is not None:
        yield request.inspected(conforming=True)
    if status == "SUCCESS" and rule.pays is not None:
        yield request.paid()
    if status == "CLOSED":
        yield request.withdrawn()


def _platform_steps(refund: Fields, request: Request) -> Iterator[Step]:
    agent = refund.find_text("cs_status") or "1"
    if agent not in CS_STATUS.names | {"0"}:
        raise CannotRead(f"cs_status {agent[:10]} is not known")
    if agent in PLATFORM_IN:
        yield request.platform_asked()
    if agent in RULED:
        yield request.ruled(RULED[agent])


def _notes(refund: Fields) -> Iterator[str]:
    if (advanced := refund.find_text("advance_status")) not in (None, "0"):
        yield f"the platform pays in advance: {advanced[:10] if advanced else ''}"
    if constraint := refund.find_text("operation_contraint"):
        yield f"the platform says: {constraint[:40]}"
