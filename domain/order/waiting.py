"""Whom an order waits for where it stands."""

from collections.abc import Iterable

from domain.case.waited import Awaited
from domain.case.waiting import Wait
from domain.order.payment.cash_on_delivery import awaits_confirmation
from domain.order.payment.invoices import invoice_owed
from domain.order.payment.receiving import PAYMENT
from domain.order.payment.unpaid import MONEY_AT_THE_DOOR, is_unpaid_out, waits_for_money
from domain.order.receipt.clock import AUTO_CONFIRM
from domain.order.shipping.clock import SHIP_BY
from domain.order.shipping.handover import all_consigned_at, to_hand_over
from domain.order.state import OrderStage, OrderState

_PAYMENT = Wait(Awaited.BUYER, "payment", ("payment.received",), PAYMENT)
_CONFIRMATION = Wait(Awaited.SELLER, "confirmation", ("confirm_cod",))
_SHIPMENT = Wait(Awaited.WAREHOUSE, "shipment", ("parcel.consigned",), SHIP_BY)
_PICK_UP = Wait(Awaited.CARRIER, "pick_up", ("parcel.picked_up",), SHIP_BY)
_DELIVERY = Wait(Awaited.CARRIER, "delivery", ("parcel.signed",), AUTO_CONFIRM)
_RECEIPT = Wait(Awaited.BUYER, "receipt", ("confirm_receipt",), AUTO_CONFIRM)
_PAID_BY_HAND = Wait(Awaited.FINANCE, "refund", ("confirm_refund_paid",))
_MONEY = Wait(Awaited.CARRIER, "money", ("payment.received",), MONEY_AT_THE_DOOR)
_INVOICE = Wait(Awaited.FINANCE, "invoice", ("issue_invoice",))


def waits_for(state: OrderState) -> Iterable[Wait]:
    """Whoever has to act next. Where the goods have their own matter, the tasks and children about it come on top."""
    match OrderStage(state.stage):
        case OrderStage.AWAITING_PAYMENT:
            yield _PAYMENT
        case OrderStage.AWAITING_SHIPMENT if awaits_confirmation(state):
            yield _CONFIRMATION
        case OrderStage.AWAITING_SHIPMENT:
            yield _PICK_UP if all_consigned_at(state) else _SHIPMENT
        case OrderStage.IN_TRANSIT:
            yield _DELIVERY
        case OrderStage.DELIVERED:
            yield _RECEIPT
    if waits_for_money(state) or (state.at_the_door and is_unpaid_out(state)):
        yield _MONEY
    if state.owed_by_hand():
        yield _PAID_BY_HAND
    if invoice_owed(state):
        yield _INVOICE


def may_rest(state: OrderState) -> bool:
    """An order that was set aside (S2-19), and custom goods, whose time to ship nobody set (S2-83)."""
    missing = to_hand_over(state)
    left = [line for line in state.lines if line.line_id in missing]
    return not state.over and (state.parked or (bool(left) and all(line.made_to_order for line in left)))
