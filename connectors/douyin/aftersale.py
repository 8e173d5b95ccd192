"""A request as `afterSale.Detail` answers it, and the steps that its status stands for."""

from collections.abc import Iterator, Mapping

from connectors.douyin.order import carrier_of, order_named
from connectors.douyin.values import (
    ARBITRATION,
    DEADLINES,
    NOT_PAID,
    PAID,
    PLATFORM_IN,
    REFUND_STATUS,
    REQUEST_STATUS,
    RULED,
    SERVICES,
)
from connectors.reading import CannotRead, Fields
from connectors.requests import Request, reason_of
from connectors.told import Told
from connectors.translation import Shop, Step, Translation
from domain.after_sale.services import SERVICES as RULES
from domain.shop.service import Service

AGREED = frozenset({"7", "8", "11", "12", "13", "3", "14", "29", "51", "53"})
SENT_BACK = AGREED - {"7"}
CAME_BACK = frozenset({"8", "12", "13", "3", "14", "53"})
SENT_OUT = frozenset({"13", "3", "14", "12", "53"})
DONE = frozenset({"12", "51", "53"})
REFUSED, CLOSED, REFUSED_GOODS, RECEIVED = "27", "28", "29", "14"


def read_request(data: Fields, before: Fields | None, shop: Shop) -> Translation:
    """What a snapshot tells beyond the last one; an older one tells nothing."""
    if before and _info(data).epoch("update_time") < _info(before).epoch("update_time"):
        return Translation(stale=True)
    request, told = _request(data), _told(data)
    amended = request.amended(_request(before)) if before else []
    return told.beyond(_told(before) if before else None, amended)


def request_name(request_id: str) -> str:
    """The platform's name of the request."""
    return f"aftersale/{request_id}"


def _info(data: Fields) -> Fields:
    return data.part("process_info").part("after_sale_info")


def _status(data: Fields) -> str:
    status = _info(data).text("after_sale_status")
    if status not in REQUEST_STATUS.names:
        raise CannotRead(f"after_sale_status {status[:20]} is not known")
    return status


def _money(data: Fields) -> str:
    money = _info(data).find_text("refund_status") or "0"
    if money not in REFUND_STATUS.names:
        raise CannotRead(f"refund_status {money[:20]} is not known")
    return money


def _request(data: Fields) -> Request:
    info, order = _info(data), data.part("order_info")
    kind = info.text("after_sale_type")
    if kind not in SERVICES:
        raise CannotRead(f"after_sale_type {kind[:20]} is not known")
    wanted = info.find_part("exchange_sku_info")
    return Request(
        order=order_named(order.word("shop_order_id")).subject,
        name=request_name(info.word("after_sale_id")),
        service=SERVICES[kind][1],
        reason=reason_of(info.find_text("reason")),
        units=_units(info, order),
        amount=info.find_fen("refund_total_amount"),
        description=info.find_text("reason_remark"),
        at=info.epoch("apply_time"),
        version=info.epoch("update_time").isoformat(),
        wanted_sku=(wanted.find_text("out_sku_id") or wanted.find_text("sku_id")) if wanted else None,
    )


def _units(info: Fields, order: Fields) -> tuple[str, ...] | Mapping[str, int]:
    """The lines, or so many units of the one line."""
    lines = {item.word("sku_order_id"): item.find_count("item_quantity") for item in order.parts("sku_order_infos")}
    if not lines:
        raise CannotRead("the request names no line")
    asked = info.find_count("after_sale_apply_count")
    if len(lines) == 1 and asked:
        ((line, quantity),) = lines.items()
        if quantity is not None and asked < quantity:
            return {line: asked}
    return tuple(sorted(lines))


def _told(data: Fields) -> Told:
    request, status = _request(data), _status(data)
    timeouts = request.until(DEADLINES.get(status), _info(data).find_epoch("status_deadline"))
    failed = (request.payment_failed(),) if _money(data) == NOT_PAID else ()
    return Told(steps=tuple(_steps(data, request, status)), timeouts=tuple(timeouts), refunds_failed=failed)


def _steps(data: Fields, request: Request, status: str) -> Iterator[Step]:
    """All that must have happened for the request to stand where it stands."""
    rule, parcels = RULES[request.service], data.part("process_info").find_part("logistics_info")
    back = parcels.find_part("return") if parcels else None
    number = back.find_word("tracking_no") if back else None
    yield request.opened()
    if status == REFUSED:
        yield request.refused()
    yield from _platform_steps(data, request)
    if status in AGREED:
        yield request.agreed()
    if status in SENT_BACK and back and number:
        yield request.sent_back(carrier_of(back, "company_code"), number)
    if rule.goods_back and number and status in CAME_BACK:
        yield request.inspected(conforming=True)
    if status == REFUSED_GOODS:
        yield request.inspected(conforming=False)
    if rule.goods_out and status in SENT_OUT and parcels and (sent := _sent(parcels, request.service)):
        yield request.replaced(carrier_of(sent, "company_code"), sent.word("tracking_no"))
    if rule.goods_out and status == RECEIVED:
        yield request.replacement_confirmed()
    if rule.pays is not None and status in DONE and _money(data) in PAID:
        yield request.paid()
    if status == CLOSED:
        yield request.withdrawn()


def _sent(parcels: Fields, service: Service) -> Fields | None:
    sent = parcels.find_part("resend" if service is Service.RESHIP else "exchange")
    return sent if sent and sent.find_word("tracking_no") else None


def _platform_steps(data: Fields, request: Request) -> Iterator[Step]:
    arbitration = data.part("process_info").find_part("arbitrate_info")
    status = (arbitration.find_text("arbitrate_status") if arbitration else None) or "0"
    if status not in ARBITRATION.names:
        raise CannotRead(f"arbitrate_status {status[:20]} is not known")
    if status in PLATFORM_IN:
        yield request.platform_asked()
    if status in RULED:
        yield request.ruled(RULED[status])
