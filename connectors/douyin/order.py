"""An order as `order.orderDetail` answers it: the opening, payments, parcels, memos, what changed."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from connectors.carriers import BY_KUAIDI100, carrier_by_code, carrier_by_name
from connectors.douyin.values import CANCELLED, DONE, FLAGS, ORDER_STATUS, PAID_IN_PART, REQUESTS_CALL, UNPAID
from connectors.orders import STAGED, Order
from connectors.reading import CannotRead, Fields
from connectors.telling import cut, opening
from connectors.told import Told
from connectors.translation import Enquiry, Shop, Step, Translation
from domain.events import CloudEvent
from domain.money import share_out
from domain.order.opening import OpenOrder
from domain.order.people.changes import MemoFlag
from domain.order.state import Source
from domain.policy import Platform

NAME = "douyin"
CASH = "0"
DEPOSIT = "2"
CUSTOM = "13"
REFERENCES = ("encrypt_post_receiver", "encrypt_post_tel")


def read_order(detail: Fields, before: Fields | None, shop: Shop) -> Translation:
    """What a snapshot tells beyond the last one; an older one tells nothing."""
    if before and detail.epoch("update_time") < before.epoch("update_time"):
        return Translation(stale=True)
    references = {name: value for name in REFERENCES if (value := detail.find_text(name))}
    if _lacks_a_stage(detail):
        return Translation(references=references, notes=(STAGED,))
    if before and _lacks_a_stage(before):
        before = None
    told, known = _told(detail), _told(before) if before else None
    return told.beyond(
        known,
        steps=list(_other_articles(detail, before)) if before else (),
        opening=_opening(detail, shop),
        enquiries=tuple(_requests(detail, before)),
        references=references,
        notes=tuple(_notes(detail, before)),
    )


def order_named(order_id: str) -> Order:
    """The order of that number."""
    return Order(NAME, Platform.DOUYIN, order_id, f"order/{order_id}")


def _status(detail: Fields) -> str:
    status = detail.find_text("main_status") or detail.text("order_status")
    if status not in ORDER_STATUS.names:
        raise CannotRead(f"status {status[:20]} of an order is not known")
    return status


def _told(detail: Fields) -> Told:
    order, status = order_named(detail.word("order_id")), _status(detail)
    facts = [*_payments(detail, order, status), *_parcels(detail, order)]
    steps: list[Step] = []
    if status == DONE:
        steps.append(order.confirmed(detail.find_epoch("finish_time")))
    if status == CANCELLED and not _was_paid(detail):
        steps.append(order.closed_unpaid(detail.find_epoch("finish_time")))
    if (memo := detail.find_text("seller_words")) is not None:
        steps.append(order.memo(memo, flag_of(detail, "seller_remark_stars")))
    return Told(tuple(facts), tuple(steps), tuple(order.until("ship_by", _promised(detail))))


def flag_of(fields: Fields, name: str) -> MemoFlag:
    """A memo's flag. Raises CannotRead for one that nobody knows."""
    star = fields.find_text(name) or "0"
    if star not in FLAGS:
        raise CannotRead(f"{name} {star[:10]} is not known")
    return FLAGS[star][1]


def _phases(detail: Fields) -> list[Fields]:
    return [phase for phase in detail.parts("order_phase_list") if phase.find_epoch("phase_pay_time")]


def _lacks_a_stage(detail: Fields) -> bool:
    """Whether it is paid in stages, and not all of them are paid."""
    if _status(detail) not in (UNPAID, PAID_IN_PART, CANCELLED):
        return False
    phases = [phase for phase in detail.parts("order_phase_list") if phase.fen("phase_pay_amount")]
    return any(phase.find_epoch("phase_pay_time") is None for phase in phases)


def _was_paid(detail: Fields) -> bool:
    return detail.find_epoch("pay_time") is not None or bool(_phases(detail))


def _payments(detail: Fields, order: Order, status: str) -> Iterator[CloudEvent]:
    """The payment, or each stage of it; cash is paid at the door, when the order is done."""
    if detail.parts("order_phase_list"):
        for phase in _phases(detail):
            part = f"paid/{phase.word('phase_order_id')}"
            yield from order.paid(phase.fen("phase_pay_amount"), phase.epoch("phase_pay_time"), part)
    elif _is_cash(detail):
        if status == DONE:
            yield from order.paid(detail.fen("pay_amount"), detail.find_epoch("finish_time"))
    elif status != UNPAID and (at := detail.find_epoch("pay_time")):
        yield from order.paid(detail.fen("pay_amount"), at)


def _is_cash(detail: Fields) -> bool:
    return detail.find_text("pay_type") == CASH and detail.find_epoch("pay_time") is None


def _parcels(detail: Fields, order: Order) -> Iterator[CloudEvent]:
    ordered = {item.word("order_id"): item.count("item_num") for item in detail.parts("sku_order_list")}
    for parcel in detail.parts("logistics_info"):
        units: dict[str, int] = {}
        for product in parcel.parts("product_info"):
            line, count = product.word("sku_order_id"), product.count("product_count")
            if line not in ordered or not count:
                raise CannotRead(f"a parcel holds {count} of {line}, which the order does not have")
            units[line] = units.get(line, 0) + count
        whole = not units or all(count == ordered[line] for line, count in units.items())
        lines: Mapping[str, int] | list[str] = list(units or ordered) if whole else units
        yield order.consigned(carrier_of(parcel), parcel.word("tracking_no"), lines, parcel.find_epoch("ship_time"))


def carrier_of(parcel: Fields, code: str = "company") -> str:
    """Ours, by the platform's code, which are Kuaidi100's, else by the name."""
    known = parcel.find_text(code)
    if known is not None:
        return carrier_by_code(known, BY_KUAIDI100)
    return carrier_by_name(parcel.text("company_name"))


def _promised(detail: Fields) -> datetime | None:
    return detail.find_epoch("appointment_ship_time") or detail.find_epoch("exp_ship_time")


def _opening(detail: Fields, shop: Shop) -> OpenOrder:
    items, freight = detail.parts("sku_order_list"), detail.find_fen("post_amount") or Decimal(0)
    total = detail.fen("pay_amount") - freight
    if total < 0:
        raise CannotRead("pay_amount of the order is less than its post_amount")
    promised = _promised(detail)
    amounts = share_out(total, [item.fen("pay_amount") for item in items])
    lines = [_line(item, amount, shop) for item, amount in zip(items, amounts, strict=True)]
    presale = any(
        item.find_text("pre_sale_type") in ("1", "2") or item.find_text("trade_type") == DEPOSIT for item in items
    )
    place = detail.find_part("post_addr")
    province = place.find_part("province") if place else None
    return opening(
        platform=Platform.DOUYIN,
        order_id=detail.word("order_id"),
        source=Source.CASH_ON_DELIVERY if _is_cash(detail) else Source.SILENT,
        placed_at=detail.epoch("create_time"),
        lines=lines,
        freight=freight,
        refunds_by_platform=True,
        buyer={
            "id": cut(detail.find_text("doudian_open_id"), 100) or f"order-{detail.word('order_id')}",
            "region": cut(province.find_text("name"), 40) if province else None,
        },
        presale=presale and promised is not None,
        promised_ship_by=promised,
        buyer_message=cut(detail.find_text("buyer_words"), 1000),
    )


def _line(item: Fields, amount: Decimal, shop: Shop) -> dict[str, Any]:
    return {
        "line_id": item.word("order_id"),
        "sku": _sku(item),
        "title": cut(item.find_text("product_name"), 200) or _sku(item),
        "category": shop.categories.get(item.find_text("first_cid") or "", shop.category),
        "quantity": item.count("item_num"),
        "amount": f"{amount:.2f}",
        "virtual": item.find_text("goods_type") == "1",
        "made_to_order": item.find_text("trade_type") == CUSTOM or bool(item.parts("sku_customization_info")),
    }


def _sku(item: Fields) -> str:
    names = ("out_sku_id", "code", "sku_id", "product_id")
    return next((known[:64] for name in names if (known := item.find_text(name))), item.word("order_id"))


def _other_articles(detail: Fields, before: Fields) -> Iterator[Step]:
    order = order_named(detail.word("order_id"))
    was = {item.word("order_id"): _sku(item) for item in before.parts("sku_order_list")}
    for item in detail.parts("sku_order_list"):
        line = item.word("order_id")
        if line in was and was[line] != _sku(item):
            yield order.other_sku(line, _sku(item))


def _requests(detail: Fields, before: Fields | None) -> Iterator[Enquiry]:
    """A line's request has another status than in the last snapshot: only the requests say what happened."""
    was = _request_states(before) if before else {}
    if any(state is not None and was.get(line) != state for line, state in _request_states(detail).items()):
        yield Enquiry(call=REQUESTS_CALL, about=detail.word("order_id"))


def _request_states(detail: Fields) -> dict[str, tuple[str, str | None] | None]:
    states: dict[str, tuple[str, str | None] | None] = {}
    for item in detail.parts("sku_order_list"):
        request = item.find_part("after_sale_info")
        status = (request.find_text("after_sale_status") if request else None) or "0"
        asked = request is not None and status != "0"
        states[item.word("order_id")] = (status, request.find_text("refund_status")) if request and asked else None
    return states


def _notes(detail: Fields, before: Fields | None) -> Iterator[str]:
    if before is None:
        return
    if any(detail.find_text(name) != before.find_text(name) for name in REFERENCES):
        yield "the receiver was changed on the platform"
    if detail.find_fen("pay_amount") != before.find_fen("pay_amount"):
        yield "an amount was changed"
