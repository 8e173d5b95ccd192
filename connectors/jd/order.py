"""An order as `jingdong.pop.order.get` answers it: the opening, the payment, parcels, the memo."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

from connectors.jd.values import CANCELED, FINISHED, LOCKED, ORDER_STATE, PAUSED, REFUNDS_CALL, SPLIT
from connectors.orders import Order
from connectors.reading import CannotRead, Fields
from connectors.telling import cut, is_masked, opening
from connectors.told import Told
from connectors.translation import Enquiry, Shop, Step, Translation
from domain.events import CloudEvent
from domain.money import share_out
from domain.order.opening import OpenOrder
from domain.order.people.changes import MemoFlag
from domain.order.state import Source
from domain.policy import Platform

NAME = "jd"
CASH, LOCAL = "1", "75"
ONE_ARTICLE = "30"
BUYERS = ("openIdBuyer", "open_id_buyer", "xidBuyer", "xid_buyer", "openId", "pin")


def read_order(info: Fields, before: Fields | None, shop: Shop) -> Translation:
    """What a snapshot tells beyond the last one; an older one tells nothing."""
    if before and info.china_time("modified") < before.china_time("modified"):
        return Translation(stale=True)
    told, state = _told(info, shop), _state(info)
    asked = state in (CANCELED, LOCKED) and _paid_at(info) is not None
    known = before is not None and _state(before) == state
    return told.beyond(
        _told(before, shop) if before else None,
        opening=None if state == SPLIT else _opening(info, shop),
        enquiries=(Enquiry(call=REFUNDS_CALL, about=info.word("orderId")),) if asked and not known else (),
        notes=tuple(_notes(info, before)),
    )


def order_named(order_id: str) -> Order:
    """The order of that number."""
    return Order(NAME, Platform.JD, order_id, f"order/{order_id}")


def _state(info: Fields) -> str:
    state = info.text("orderState")
    if state not in ORDER_STATE.names:
        raise CannotRead(f"orderState {state[:40]} is not known")
    return state


def _told(info: Fields, shop: Shop) -> Told:
    order, state = order_named(info.word("orderId")), _state(info)
    if state == SPLIT:
        return Told()
    steps: list[Step] = []
    if state == FINISHED:
        steps.append(order.confirmed(info.find_china_time("orderEndTime")))
    if state == CANCELED and _paid_at(info) is None:
        steps.append(order.closed_unpaid(info.find_china_time("orderEndTime")))
    if (memo := info.find_text("venderRemark")) is not None:
        steps.append(order.memo(memo, MemoFlag.GREY))
    return Told((*_payments(info, order, state), *_parcels(info, order, shop)), tuple(steps))


def _paid_at(info: Fields) -> datetime | None:
    return info.find_china_time("paymentConfirmTime")


def _paid(info: Fields) -> Decimal:
    """What the buyer pays: with what is taken from their balance, which the order's own sum leaves out."""
    return info.yuan("orderPayment") + (info.find_yuan("balanceUsed") or Decimal(0))


def _payments(info: Fields, order: Order, state: str) -> list[CloudEvent]:
    """The payment; cash is paid at the door, when the order is done."""
    if info.find_text("payType") == CASH:
        return order.paid(_paid(info), info.find_china_time("orderEndTime")) if state == FINISHED else []
    at = _paid_at(info)
    return [] if at is None else order.paid(_paid(info), at)


def _parcels(info: Fields, order: Order, shop: Shop) -> Iterator[CloudEvent]:
    """Waybills by carrier. JD says neither when they were shipped nor what is in which."""
    numbers = (info.find_text("waybill") or "").split("|")
    carriers = (info.find_text("logisticsId") or "").split("|")
    for place, of_carrier in enumerate(numbers):
        for number in of_carrier.split(","):
            if number.strip():
                id_ = carriers[min(place, len(carriers) - 1)].strip()
                yield order.consigned(_carrier(id_, shop), number.strip(), (), None)


def _carrier(id_: str, shop: Shop) -> str:
    if id_ not in shop.carriers:
        raise CannotRead(f"logisticsId {id_[:20] or '(none)'} is not among the shop's carriers")
    return shop.carriers[id_]


def _opening(info: Fields, shop: Shop) -> OpenOrder:
    items, freight = info.parts("itemInfoList"), info.find_yuan("freightPrice") or Decimal(0)
    total = _paid(info) - freight
    if total < 0:
        raise CannotRead("orderPayment of the order is less than its freightPrice")
    amounts = share_out(total, _weights(info, items))
    seen: dict[str, int] = {}
    lines = [_line(info, item, amount, seen, shop) for item, amount in zip(items, amounts, strict=True)]
    return opening(
        platform=Platform.JD,
        order_id=info.word("orderId"),
        source=Source.CASH_ON_DELIVERY if info.find_text("payType") == CASH else Source.SILENT,
        placed_at=info.china_time("orderStartTime"),
        lines=lines,
        freight=freight,
        refunds_by_platform=True,
        buyer=_buyer(info),
        buyer_message=cut(info.find_text("orderRemark"), 1000),
    )


def _weights(info: Fields, items: list[Fields]) -> list[Decimal]:
    """What each article costs, less what is off it alone; what is off the whole is shared out by that."""
    off: dict[str, Decimal] = {}
    for coupon in info.parts("couponDetailList"):
        sku = coupon.find_text("skuId")
        if sku and (coupon.find_text("couponType") or "").startswith(ONE_ARTICLE):
            off[sku] = off.get(sku, Decimal(0)) + coupon.yuan("couponPrice")
    weights = []
    for item in items:
        price = item.yuan("jdPrice") * item.count("itemTotal")
        used = min(off.get(item.text("skuId"), Decimal(0)), price)
        off[item.text("skuId")] = off.get(item.text("skuId"), Decimal(0)) - used
        weights.append(price - used)
    return weights


def _line(info: Fields, item: Fields, amount: Decimal, seen: dict[str, int], shop: Shop) -> dict[str, Any]:
    """JD numbers no lines: the SKU does, and of the same one the second gets `-2`."""
    sku = item.word("skuId")
    seen[sku] = seen.get(sku, 0) + 1
    return {
        "line_id": sku if seen[sku] == 1 else f"{sku}-{seen[sku]}",
        "sku": (item.find_text("outerSkuId") or sku)[:64],
        "title": cut(item.find_text("skuName"), 200) or sku,
        "category": shop.category,
        "quantity": item.count("itemTotal"),
        "amount": f"{amount:.2f}",
        "virtual": info.find_text("orderType") == LOCAL,
    }


def _buyer(info: Fields) -> dict[str, str | None]:
    person = info.find_part("consigneeInfo")
    plain = {
        name: None if person is None or is_masked(text := person.find_text(name)) else text
        for name in ("fullname", "mobile", "telephone", "fullAddress", "province")
    }
    known = next((text for name in BUYERS if (text := info.find_text(name))), None)
    return {
        "id": cut(known, 100) or f"order-{info.word('orderId')}",
        "name": cut(plain["fullname"], 100),
        "phone": cut(plain["mobile"] or plain["telephone"], 40),
        "address": cut(plain["fullAddress"], 500),
        "region": cut(plain["province"], 40),
    }


def _notes(info: Fields, before: Fields | None) -> Iterator[str]:
    state = _state(info)
    if state == SPLIT:
        yield "the order was split into others, which are orders themselves"
    if state in (LOCKED, PAUSED):
        yield "the platform holds the shipment"
    if (parent := info.find_word("directParentOrderId")) and parent != "0":
        yield f"split from order {parent}"
    if before and _paid(info) != _paid(before):
        yield "an amount was changed"
