"""Refunds before receipt, service orders after it, and their money, as JD's answers have them."""

from collections.abc import Iterator

from connectors.jd.order import order_named
from connectors.jd.values import MONEY_STATUS, REFUND_STATUS, SERVICE_STATUS, SERVICES, SERVICES_CALL, WANTED, is_told
from connectors.reading import CannotRead, Fields
from connectors.requests import Request, reason_of
from connectors.tables import Table
from connectors.told import Told
from connectors.translation import Enquiry, RefundFailed, Shop, Step, Translation
from domain.after_sale.state import Reason
from domain.shop.service import Service

DONE = "10010"


def read_refund(refund: Fields, before: Fields | None, shop: Shop) -> Translation:
    """A refund before receipt: of all that is left of the order, for JD names no lines."""
    request, status = _refund(refund), _status(refund, "status", REFUND_STATUS)
    told = _told_refund(request, status)
    known = _status(before, "status", REFUND_STATUS) if before else None
    if known is not None and _rank(REFUND_STATUS, status) < _rank(REFUND_STATUS, known):
        return Translation(stale=True)
    meaning = next(row.meaning for row in REFUND_STATUS.rows if row.name == status)
    notes = (f"JD says of the refund: {meaning}",) if is_told(REFUND_STATUS, status, "notes") else ()
    earlier = _told_refund(_refund(before), known) if before and known else None
    return told.beyond(earlier, request.amended(_refund(before)) if before else (), notes=notes)


def _told_refund(request: Request, status: str) -> Told:
    failed = _failed(request, REFUND_STATUS, status)
    return Told(steps=tuple(_refund_steps(request, status)), refunds_failed=failed)


def _failed(request: Request, table: Table, status: str) -> tuple[RefundFailed, ...]:
    return (request.payment_failed(),) if is_told(table, status, "refunds_failed") else ()


def _refund(refund: Fields) -> Request:
    words = refund.find_text("reason") or refund.find_text("refundReason")
    return Request(
        order=order_named(refund.word("orderId")).subject,
        name=f"refundapply/{refund.word('id')}",
        service=Service.REFUND_ONLY,
        reason=reason_of(words),
        units=(),
        amount=refund.find_fen("applyRefundSum"),
        description=None,
        at=refund.find_china_time("applyTime"),
        version=refund.find_text("checkTime") or refund.find_text("applyTime") or "",
    )


def _refund_steps(request: Request, status: str) -> Iterator[Step]:
    yield request.opened()
    if is_told(REFUND_STATUS, status, "refuse"):
        yield request.refused()
    if is_told(REFUND_STATUS, status, "agree"):
        yield request.agreed()
    if is_told(REFUND_STATUS, status, "confirm_refund_paid"):
        yield request.paid()
    if is_told(REFUND_STATUS, status, "withdraw"):
        yield request.withdrawn()


def read_service(service: Fields, before: Fields | None, shop: Shop) -> Translation:
    """A service order: of so many pieces of one article."""
    request, status = _service(service), _status(service, "serviceStatus", SERVICE_STATUS)
    known = _status(before, "serviceStatus", SERVICE_STATUS) if before else None
    if known is not None and _rank(SERVICE_STATUS, status) < _rank(SERVICE_STATUS, known):
        return Translation(stale=True)
    earlier = Told(steps=tuple(_service_steps(_service(before), known))) if before and known else None
    asked = status == DONE and known != DONE
    return Told(steps=tuple(_service_steps(request, status))).beyond(
        earlier,
        request.amended(_service(before)) if before else (),
        enquiries=(Enquiry(call=SERVICES_CALL, about=service.word("orderId")),) if asked else (),
    )


def _service(service: Fields) -> Request:
    wanted = service.text("customerExpect")
    if wanted not in WANTED.names:
        raise CannotRead(f"customerExpect {wanted[:20]} is no service of ours")
    line, count = service.find_word("skuId") or service.word("wareId"), service.find_count("serviceCount")
    return Request(
        order=order_named(service.word("orderId")).subject,
        name=service_name(service.word("serviceId")),
        service=SERVICES[wanted][1],
        reason=Reason.OTHER,
        units={line: count} if count else (line,),
        amount=None,
        description=service.find_text("questionDesc"),
        at=service.find_china_time("applyTime"),
        version=service.find_text("applyTime") or "",
    )


def service_name(service_id: str) -> str:
    """The platform's name of the request."""
    return f"service/{service_id}"


def _service_steps(request: Request, status: str) -> Iterator[Step]:
    yield request.opened()
    if is_told(SERVICE_STATUS, status, "refuse"):
        yield request.refused()
    if is_told(SERVICE_STATUS, status, "agree"):
        yield request.agreed()
    if is_told(SERVICE_STATUS, status, "withdraw"):
        yield request.withdrawn()


def read_money(row: Fields, before: Fields | None, shop: Shop) -> Translation:
    """What became of a service order's money: the request itself is told by the service order."""
    status, bill = row.text("status"), row.part("sameOrderServiceBill")
    request = Request(
        order=order_named(bill.word("orderId")).subject,
        name=service_name(bill.word("serviceId")),
        service=Service.RETURN_REFUND,
        reason=Reason.OTHER,
        units=(),
        amount=None,
        description=None,
        at=None,
        version=row.find_text("afsRefundId") or "",
    )
    paid = (request.paid(),) if is_told(MONEY_STATUS, status, "confirm_refund_paid") else ()
    told = Told(steps=paid, refunds_failed=_failed(request, MONEY_STATUS, status))
    same = before is not None and before.text("status") == status
    return told.beyond(told if same else None)


def _status(fields: Fields, name: str, table: Table) -> str:
    status = fields.text(name)
    if status not in table.names:
        raise CannotRead(f"{name} {status[:20]} is not known")
    return status


def _rank(table: Table, status: str) -> int:
    """How far a state is along: JD says of no snapshot when it was taken, but a request never goes back."""
    if any(is_told(table, status, last) for last in ("withdraw", "confirm_refund_paid")) or status == DONE:
        return 2
    return 1 if any(is_told(table, status, answer) for answer in ("agree", "refuse")) else 0
