"""What each type of complaint is about: when there can be such a matter, and which lines it concerns (S2-79..101)."""

from collections.abc import Callable, Iterable
from datetime import datetime

from domain.case.deadline import DeadlineState, find
from domain.case.live import ENDED
from domain.case.parcel import Parcel
from domain.case.units import Quantities, plus
from domain.complaint.state import ComplaintType
from domain.errors import Refusal
from domain.order.context import OrderContext
from domain.order.money import paid_for
from domain.order.parcels.clock import TRACKING_START
from domain.order.receipt.clock import is_confirmed_by_timeout
from domain.order.receipt.return_window import RETURN_WINDOW
from domain.order.shipping.clock import SHIP_BY, clock_start
from domain.order.shipping.handover import first_consigned_at, is_virtual, signed_at
from domain.order.shipping.lateness import late_units
from domain.order.state import OrderState
from domain.parcels.journey import Where, first_scan_at, where_is
from domain.times import china_clock, iso_instant

CLOSED = Refusal(code="already_closed", message="This order is closed and its goods are paid back.")


def against_matter(context: OrderContext[object], type_: ComplaintType) -> Iterable[Refusal]:
    """Why there cannot be such a matter, not yet or no more."""
    if not context.state.open and type_ is not ComplaintType.NOT_RECEIVED:
        yield ENDED
    yield from _MATTERS[type_](context)


def units_concerned(state: OrderState, type_: ComplaintType) -> Quantities:
    """The units that a complaint is about, as its order knows it when it is filed."""
    faked = plus(*(parcel.units for parcel in traceless(state) or _carried(state)))
    if type_ is ComplaintType.FAKE_SHIPMENT:
        return faked
    if type_ is ComplaintType.LATE_SHIPMENT:
        return late_units(state) or faked
    return {line.line_id: line.quantity for line in state.lines}


def _carried(state: OrderState) -> list[Parcel]:
    return [parcel for parcel in state.parcels if not is_virtual(state, parcel)]


def traceless(state: OrderState) -> list[Parcel]:
    """The parcels that the carrier never scanned, though it had its time (S2-81)."""

    def overdue(parcel: Parcel) -> bool:
        clock = find(state.deadlines, TRACKING_START, parcel.subject)
        return clock is not None and clock.state is DeadlineState.ELAPSED

    return [parcel for parcel in _carried(state) if first_scan_at(parcel) is None and overdue(parcel)]


def _against_fake_shipment(context: OrderContext[object]) -> Iterable[Refusal]:
    """Said shipped, and no trace in the time that one may take, or one that belongs to other goods (S2-80, S2-81)."""
    state, carried = context.state, _carried(context.state)
    if not carried:
        yield _too_soon("The seller has not said yet that the goods are shipped.")
    elif not traceless(state) and all(first_scan_at(parcel) is None for parcel in carried):
        until = min(parcel.consigned_at for parcel in carried) + context.policy.tracking.start_within.value
        yield _too_soon(f"The carrier's first scan may take until {china_clock(until)} (China time).")


def _against_late_shipment(context: OrderContext[object]) -> Iterable[Refusal]:
    """The ship deadline has not passed, or was kept; nothing is out of stock and nothing was faked (S2-81, S2-83)."""
    state, ship_by = context.state, find(context.state.deadlines, SHIP_BY)
    if late_units(state):
        return
    if ship_by is None and clock_start(state) is None:
        yield _too_soon("The order is not paid or confirmed yet, so its time to ship does not run.")
    elif ship_by is None:
        yield Refusal(code="not_late", message="Goods made to order have no ship deadline.")
    elif ship_by.state is DeadlineState.PAUSED:
        yield _too_soon("The time to ship stands still while a refund is open.")
    elif ship_by.state is DeadlineState.RUNNING:
        until = china_clock(ship_by.due_at)
        yield _too_soon(f"The seller may ship until {until} (China time).", until=iso_instant(ship_by.due_at))
    elif not traceless(state):
        yield Refusal(code="not_late", message="By the carrier's records nothing of this order was shipped late.")


def _against_not_received(context: OrderContext[object]) -> Iterable[Refusal]:
    """The trade counts as succeeded, or a parcel as delivered or lost, and the buyer has nothing (S2-91..95)."""
    state = context.state
    ended = any(where_is(parcel) in (Where.DELIVERED, Where.ASTRAY, Where.LOST) for parcel in state.parcels)
    if state.closed_at:
        yield CLOSED
    elif state.completed_at and is_confirmed_by_timeout(state):
        yield from _against_after_timeout(context, state.completed_at)
    elif not state.open:
        yield ENDED
    elif first_consigned_at(state) is None and state.completed_at is None:
        yield _too_soon("The goods have not been shipped yet: a refund can be asked for.")
    elif not ended and state.completed_at is None:
        yield _too_soon("The goods are on their way and receipt is not confirmed: a refund can be asked for.")


def _against_after_timeout(context: OrderContext[object], completed_at: datetime) -> Iterable[Refusal]:
    """A trade that succeeded by timeout can be complained of for a while, also after its end (S2-91, S2-92)."""
    until = completed_at + context.policy.complaint.after_timeout.value
    if until <= context.now:
        yield Refusal(
            code="window_closed",
            message=f"Receipt was confirmed by timeout; that nothing came could be said until {china_clock(until)} "
            "(China time).",
            figures={"until": iso_instant(until)},
        )


def _against_service_refused(context: OrderContext[object]) -> Iterable[Refusal]:
    if not paid_for(context.state):
        yield _too_soon("The order has not been paid, so no after-sale service is owed yet.")


def _against_return_refused(context: OrderContext[object]) -> Iterable[Refusal]:
    """Seven days from the carrier's signed time, also once the trade has succeeded (S2-96, S2-100)."""
    state, window = context.state, find(context.state.deadlines, RETURN_WINDOW)
    if state.closed_at:
        yield CLOSED
    elif window is None or (signed_at(state) is None and state.completed_at is None):
        yield _too_soon("The goods have not been received yet, so there is nothing to return.")
    elif window.state is DeadlineState.ELAPSED or window.due_at <= context.now:
        yield Refusal(code="window_closed", message="The seven days after signing are over: no return without reason.")


def _against_nothing(context: OrderContext[object]) -> Iterable[Refusal]:
    """What is promised binds from the first word on, the way to pay as well (S2-87)."""
    return ()


_MATTERS: dict[ComplaintType, Callable[[OrderContext[object]], Iterable[Refusal]]] = {
    ComplaintType.FAKE_SHIPMENT: _against_fake_shipment,
    ComplaintType.LATE_SHIPMENT: _against_late_shipment,
    ComplaintType.BREACH_OF_PROMISE: _against_nothing,
    ComplaintType.NOT_RECEIVED: _against_not_received,
    ComplaintType.CONSUMER_PROTECTION: _against_service_refused,
    ComplaintType.NO_REASON_RETURN: _against_return_refused,
}


def _too_soon(message: str, **figures: str) -> Refusal:
    return Refusal(code="too_soon", message=message, figures=figures)
