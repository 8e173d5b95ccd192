"""What goes wrong on the way, each kind with its own path (S2-58..61, S2-93..95, S4-41..46)."""

from collections.abc import Callable, Iterable

from domain.after_sale.opening import RequestAfterSale
from domain.after_sale.state import Reason
from domain.after_sale.tasks import CLAIM_FROM_CARRIER
from domain.case.declare import Nothing, OutcomeRule, StockWanted, TaskRule
from domain.case.errand import SendToBuyer, WriteMemo
from domain.case.parcel import Parcel, Said
from domain.case.story import Story
from domain.case.units import Quantities, meant
from domain.case.work import WorkItem
from domain.errors import Refusal
from domain.order.children.shop_requests import against_request, open_agreed, refund_of, reship_of, stock_for
from domain.order.context import OrderContext
from domain.order.ending import keeps_open
from domain.order.parcels.clock import SUSPECTED_FAKE_SHIPMENT, TRACKING_STALLED, is_watched
from domain.order.parcels.doubled import DOUBLED_TASK
from domain.order.parcels.facts import (
    BACK,
    PARCEL_EXCEPTION,
    REFUSED_PARCEL,
    STANDSTILL,
    standstill_since,
    undecided_lines,
)
from domain.order.parcels.named import ITS_NUMBER, OF_ITS_PARCEL, parcel_of
from domain.order.parcels.unowed import STOP_TASK
from domain.order.shipping.gone import gone_with
from domain.order.shipping.handover import carried_by
from domain.order.shipping.packing import pack
from domain.order.state import OrderState
from domain.parcels.carriers import carrier_name
from domain.parcels.facts import ExceptionKind
from domain.parcels.journey import GONE, Where, first_scan_at, last_scan_at, note, where_is
from domain.partners.templates import MessageTemplate
from domain.times import iso_instant

_SENT_OR_PAID = (ExceptionKind.ACCIDENT, ExceptionKind.LOST, ExceptionKind.DAMAGED, BACK)
"""The forms in which the goods are sent again or paid back at once."""
_GONE = {ExceptionKind.LOST: Where.LOST, ExceptionKind.WRONG_SIGN: Where.ASTRAY}
"""Where a parcel is as long as it has gone wrong so."""

Wanted = Callable[[Quantities, Reason], RequestAfterSale | None]


def _request_for(state: OrderState, item: WorkItem, wanted: Wanted) -> RequestAfterSale | None:
    """The lines of the parcel; damaged goods have a fault, the others never came."""
    parcel = parcel_of(state, item)
    reason = Reason.QUALITY if item.variant == ExceptionKind.DAMAGED else Reason.NOT_RECEIVED
    return wanted(_unsettled(state, parcel), reason)


def _unsettled(state: OrderState, parcel: Parcel) -> Quantities:
    """What a parcel carries, as far as it is not paid back; of one that is gone, what nothing has made up for."""
    units = parcel.carries
    if where_is(parcel) in GONE:
        gone = [(line, one) for line in state.lines for one in gone_with(state, line) if one.parcel is parcel]
        units = {line.line_id: one.units for line, one in gone}
    rest = {line.line_id: line.quantity - line.settled for line in state.lines}
    return meant(dict(units), rest)


def _opening_outcome(outcome: str, wanted: Wanted) -> OutcomeRule[OrderState, Nothing]:
    def refusals(context: OrderContext[object], item: WorkItem) -> Iterable[Refusal]:
        return against_request(context, _request_for(context.state, item, wanted))

    def take(context: OrderContext[object], item: WorkItem, story: Story) -> None:
        about = parcel_of(context.state, item).subject
        open_agreed(context, _request_for(context.state, item, wanted), story, about)

    def stock(state: OrderState, item: WorkItem, input_: object) -> StockWanted | None:
        return stock_for(state, _request_for(state, item, wanted))

    return OutcomeRule(name=outcome, data=Nothing, take=take, variants=_SENT_OR_PAID, refusals=refusals, wants=stock)


def _on_lost(context: OrderContext[object], item: WorkItem, story: Story) -> None:
    """Gone: the carrier owes for it, and the buyer is asked whether they still want the goods (S2-94, S4-44)."""
    state, parcel = context.state, parcel_of(context.state, item)
    note(parcel, Said.LOST, story.cause, state.version)
    pack(state)
    story.ask_for(CLAIM_FROM_CARRIER, matter=parcel.subject)
    story.ask_for(PARCEL_EXCEPTION, matter=f"{parcel.subject}@{item.item_id}", variant=ExceptionKind.LOST)


def _on_found(context: OrderContext[object], item: WorkItem, story: Story) -> None:
    """It is there after all, and goes on to the buyer: its tracking goes on (S2-95)."""
    parcel = parcel_of(context.state, item)
    note(parcel, Said.FOUND, story.cause, context.state.version)
    _watch_on(context.state, parcel, story)
    pack(context.state)
    story.tell("parcel.found", f"{parcel.subject} was found")


def _on_recognised(context: OrderContext[object], item: WorkItem, story: Story) -> None:
    """Whoever signed for it took it in for the buyer, who has it (S4-42)."""
    state, parcel = context.state, parcel_of(context.state, item)
    note(parcel, Said.RECOGNISED, story.cause, state.version)
    pack(state)
    story.tell("parcel.recognised", f"{parcel.subject}: the buyer knows who signed for it")


def _watch_on(state: OrderState, parcel: Parcel, story: Story) -> None:
    """From now on it has its time again; silent for as long once more, somebody is asked again."""
    parcel.watched_since, parcel.watches, parcel.version = story.cause.at, parcel.watches + 1, state.version


def _tell_buyer(context: OrderContext[object], item: WorkItem, story: Story) -> None:
    """The buyer hears how it goes on (S2-56), and the parcel is watched on."""
    parcel = parcel_of(context.state, item)
    _watch_on(context.state, parcel, story)
    values = {"carrier": carrier_name(parcel.carrier), "tracking_no": parcel.tracking_no}
    story.send(SendToBuyer(template=MessageTemplate.PARCEL_LOOKED_INTO, values=values))


def _on_returning(context: OrderContext[object], item: WorkItem, story: Story) -> None:
    """The memo names parcel and refusal, for those who take it in (S2-23)."""
    parcel = parcel_of(context.state, item)
    memo = f"顾客拒收，快递退回 {carrier_name(parcel.carrier)} {parcel.tracking_no}"
    story.send(WriteMemo(text=memo, by=story.cause.actor, tracking_no=parcel.tracking_no))


def _no_first_scan(state: OrderState, item: WorkItem) -> bool:
    return not state.over and first_scan_at(parcel_of(state, item)) is None


def _no_next_scan(state: OrderState, item: WorkItem) -> bool:
    parcel, since = parcel_of(state, item), item.matter.rpartition("@")[2].partition("#")[0]
    scanned = last_scan_at(parcel)
    return is_watched(state, parcel) and (scanned is None or iso_instant(scanned) == since)


def _not_solved(state: OrderState, item: WorkItem) -> bool:
    """Goods that are gone stay so until they are paid back or sent again; the rest is over when the parcel moves on."""
    parcel = parcel_of(state, item)
    if item.variant == BACK:
        return bool(undecided_lines(state, parcel))
    if state.closed_at:
        return False
    lines = [line for line in state.remaining() if parcel in carried_by(state, line)]
    if item.variant == ExceptionKind.DAMAGED:
        return bool(lines)
    if item.variant in _GONE:
        gone = [one.parcel for line in lines for one in gone_with(state, line)]
        return where_is(parcel) is _GONE[ExceptionKind(item.variant)] and parcel in gone
    if item.variant in STANDSTILL and standstill_since(parcel, item.variant) is None:
        return False
    return where_is(parcel) in (Where.CONSIGNED, Where.ON_THE_WAY)


def _not_back(state: OrderState, item: WorkItem) -> bool:
    parcel = parcel_of(state, item)
    return is_watched(state, parcel) and where_is(parcel) is Where.COMING_BACK


_SILENT = (
    OutcomeRule(name="lost", data=Nothing, take=_on_lost),
    OutcomeRule(name="moving", data=Nothing, take=_tell_buyer),
    OutcomeRule(name="wait", data=Nothing, take=_tell_buyer),
)
_WENT_WRONG = (
    _opening_outcome("reship", reship_of),
    _opening_outcome("refund", refund_of),
    OutcomeRule(name="found", data=Nothing, take=_on_found, variants=(ExceptionKind.LOST,)),
    OutcomeRule(name="recognised", data=Nothing, take=_on_recognised, variants=(ExceptionKind.WRONG_SIGN,)),
    OutcomeRule(name="recovered", data=Nothing, take=_on_found, variants=(ExceptionKind.WRONG_SIGN,)),
    OutcomeRule(name="lost", data=Nothing, take=_on_lost, variants=(ExceptionKind.WRONG_SIGN,)),
)
_REFUSED = (OutcomeRule(name="returning", data=Nothing, take=_on_returning),)

PARCEL_TASKS = (
    TaskRule(name=SUSPECTED_FAKE_SHIPMENT, needed=_no_first_scan, script_values=OF_ITS_PARCEL, always_known=ITS_NUMBER),
    TaskRule(
        name=TRACKING_STALLED,
        needed=_no_next_scan,
        outcomes=_SILENT,
        script_values=OF_ITS_PARCEL,
        always_known=ITS_NUMBER,
    ),
    TaskRule(
        name=PARCEL_EXCEPTION,
        needed=_not_solved,
        outcomes=_WENT_WRONG,
        script_values=OF_ITS_PARCEL,
        always_known=ITS_NUMBER,
    ),
    TaskRule(
        name=REFUSED_PARCEL, needed=_not_back, outcomes=_REFUSED, script_values=OF_ITS_PARCEL, always_known=ITS_NUMBER
    ),
    STOP_TASK,
    DOUBLED_TASK,
    TaskRule(name=CLAIM_FROM_CARRIER, needed=keeps_open, script_values=OF_ITS_PARCEL, always_known=ITS_NUMBER),
)
