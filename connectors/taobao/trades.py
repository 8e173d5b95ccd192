"""A trade as `taobao.trade.fullinfo.get` answers it: the opening, payments, shipment, memos, what changed."""

from collections.abc import Iterator
from datetime import datetime

from connectors.carriers import carrier_by_name
from connectors.orders import STAGED, Order
from connectors.reading import CannotRead, Fields
from connectors.taobao.opening import line_items, open_trade, plain_address, promised_ship_by
from connectors.taobao.topics import REFUND_CALL
from connectors.taobao.values import (
    ALL_PAID,
    COD_STATUS,
    FINISHED,
    FLAGS,
    FORBIDDEN,
    NEVER_PAID,
    SHIPPED,
    STEP_STATUS,
    TRADE_STATUS,
    UNPAID,
)
from connectors.told import Told
from connectors.translation import Enquiry, Shop, Step, Translation
from domain.events import CloudEvent
from domain.policy import Platform

NAME = "taobao"
HOLDS = ("top_hold", "team_buy_hold", "share_group_hold", "ofp_hold", "forbid_consign")


def read_trade(trade: Fields, before: Fields | None, shop: Shop) -> Translation:
    """What a snapshot tells beyond the last one; an older one tells nothing."""
    if before and trade.china_time("modified") < before.china_time("modified"):
        return Translation(stale=True)
    oaid = trade.find_text("oaid")
    references = {"oaid": oaid} if oaid else {}
    if _lacks_a_stage(trade):
        return Translation(references=references, notes=(STAGED,))
    if before and _lacks_a_stage(before):
        before = None
    told, known = _told(trade, shop), _told(before, shop) if before else None
    return told.beyond(
        known,
        steps=list(_changes(trade, before, shop)) if before else (),
        opening=open_trade(trade, order_of(trade, shop), shop),
        enquiries=tuple(_refunds(trade, before)),
        references=references,
        notes=tuple(_notes(trade, before)),
    )


def order_of(trade: Fields, shop: Shop) -> Order:
    """The order; its sub-orders say whether it is Tmall's."""
    sellers = {item.find_text("seller_type") for item in trade.parts("orders", wrapped_in="order")} - {None}
    tid = trade.word("tid")
    platform = Platform.TMALL if "B" in sellers else Platform.TAOBAO if sellers else shop.platform
    return Order(NAME, platform, tid, f"trade/{tid}")


def _status(trade: Fields) -> str:
    status = trade.text("status")
    if status not in TRADE_STATUS.names:
        raise CannotRead(f"status {status[:40]} of a trade is not known")
    return status


def _told(trade: Fields, shop: Shop) -> Told:
    order, status = order_of(trade, shop), _status(trade)
    facts = [*_payments(trade, order, status), *_parcels(trade, order)]
    steps: list[Step] = []
    if status == FINISHED:
        steps.append(order.confirmed(trade.find_china_time("end_time")))
    if status == NEVER_PAID:
        steps.append(order.closed_unpaid(trade.find_china_time("end_time")))
    if (memo := trade.find_text("seller_memo")) is not None:
        steps.append(order.memo(memo, FLAGS[_flag(trade)][1]))
    timeouts = order.until("ship_by", promised_ship_by(trade))
    if status == SHIPPED:
        timeouts += order.until("auto_confirm", trade.find_china_time("timeout_action_time"))
    return Told(tuple(facts), tuple(steps), tuple(timeouts))


def _flag(trade: Fields) -> str:
    flag = trade.find_text("seller_flag") or "0"
    if flag not in FLAGS:
        raise CannotRead(f"seller_flag {flag[:10]} is not known")
    return flag


def _payments(trade: Fields, order: Order, status: str) -> list[CloudEvent]:
    """The payment, all its stages together; cash is paid at the door, when the trade is done."""
    at = trade.find_china_time("pay_time")
    if is_cash_on_delivery(trade):
        return order.paid(trade.yuan("payment"), trade.find_china_time("end_time")) if status == FINISHED else []
    if at is None or status in UNPAID or status == NEVER_PAID:
        return []
    return order.paid(trade.yuan("payment"), at)


def _lacks_a_stage(trade: Fields) -> bool:
    """Whether it is paid in stages, and not all of them are paid."""
    staged = trade.find_text("step_trade_status")
    if staged is not None and staged not in STEP_STATUS.names:
        raise CannotRead(f"step_trade_status {staged[:40]} is not known")
    return staged not in (None, ALL_PAID)


def is_cash_on_delivery(trade: Fields) -> bool:
    """Whether it is paid at the door."""
    return trade.find_text("type") == "cod"


def _parcels(trade: Fields, order: Order) -> Iterator[CloudEvent]:
    parcels: dict[tuple[str, str], list[str]] = {}
    times: dict[tuple[str, str], datetime | None] = {}
    for item in line_items(trade):
        number = item.find_word("invoice_no")
        if number is None:
            continue
        parcel = carrier_by_name(item.text("logistics_company")), number
        parcels.setdefault(parcel, []).append(item.word("oid"))
        times[parcel] = item.find_china_time("consign_time") or trade.find_china_time("consign_time")
    for (carrier, number), lines in parcels.items():
        yield order.consigned(carrier, number, lines, times[carrier, number])


def _changes(trade: Fields, before: Fields, shop: Shop) -> Iterator[Step]:
    """Another article or address than in the last snapshot."""
    order = order_of(trade, shop)
    was = {item.word("oid"): item for item in line_items(before)}
    for item in line_items(trade):
        old = was.get(item.word("oid"))
        if old and _sku(old) != _sku(item):
            yield order.other_sku(item.word("oid"), _sku(item))
    address = plain_address(trade)
    if address is not None and address != plain_address(before):
        yield order.other_address(address)


def _sku(item: Fields) -> str:
    return (item.find_text("outer_sku_id") or item.find_text("sku_id") or "")[:64]


def _refunds(trade: Fields, before: Fields | None) -> Iterator[Enquiry]:
    """Refunds whose status is another than in the last snapshot are asked for: only they say what happened."""
    was = {item.word("oid"): _refund(item) for item in line_items(before)} if before else {}
    for item in line_items(trade):
        number, status = _refund(item)
        if number and status != "NO_REFUND" and was.get(item.word("oid")) != (number, status):
            yield Enquiry(call=REFUND_CALL, about=number)


def _refund(item: Fields) -> tuple[str | None, str | None]:
    number = item.find_word("refund_id")
    return (None if number == "0" else number), item.find_text("refund_status")


def _notes(trade: Fields, before: Fields | None) -> Iterator[str]:
    held = _status(trade) == FORBIDDEN or any(trade.find_text(name) == "1" for name in HOLDS)
    if held:
        yield "the platform holds the shipment"
    cod = trade.find_text("cod_status")
    if cod is not None and any(row.name == cod and "notes" in row.ours for row in COD_STATUS.rows):
        yield f"cash on delivery: {cod}"
    if before is None:
        return
    if trade.find_text("oaid") != before.find_text("oaid") and plain_address(trade) is None:
        yield "the receiver was changed on the platform"
    if trade.find_yuan("payment") != before.find_yuan("payment") or trade.find_yuan("post_fee") != before.find_yuan(
        "post_fee"
    ):
        yield "an amount was changed"
