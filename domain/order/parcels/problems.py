"""What goes wrong on the way, each kind with its own path (S2-58..61, S2-93..95, S4-41..46)."""

from collections.abc import Callable, Iterable

from domain.after_sale.opening import RequestAfterSale
from domain.after_sale.state import Reason
from domain.after_sale.tasks import CLAIM_FROM_CARRIER
from domain.case.declare import AnyOutcome, Nothing, OutcomeRule, StockWanted
from domain.case.errand import SendToBuyer, WriteMemo
from domain.case.parcel import Parcel
from domain.case.story import Story
from domain.case.work import WorkItem
from domain.errors import Refusal
from domain.order.asked import Order
from domain.order.children.shop_requests import against, open_agreed, refund, reship, stock_for
from domain.order.parcels.facts import BACK
from domain.order.state import Line, OrderState
from domain.order.tasks import PARCEL_EXCEPTION, REFUSED_PARCEL, TRACKING_STALLED
from domain.parcels.carriers import carrier_name
from domain.parcels.facts import ExceptionKind
from domain.partners.templates import MessageTemplate

Wanted = Callable[[list[Line], Reason], RequestAfterSale]


def parcel_of(state: OrderState, item: WorkItem) -> Parcel:
    """The parcel that a task is about; its matter begins with it."""
    return state.parcel_named(item.matter.partition("@")[0])


def _asked_for(state: OrderState, item: WorkItem, wanted: Wanted) -> RequestAfterSale:
    """The lines of the parcel; damaged goods have a fault, the others never came."""
    parcel = parcel_of(state, item)
    reason = Reason.QUALITY if item.variant == ExceptionKind.DAMAGED else Reason.NOT_RECEIVED
    return wanted([line for line in state.remaining() if line.line_id in parcel.line_ids], reason)


def _opens(wanted: Wanted) -> OutcomeRule[OrderState, Nothing]:
    def refusals(asked: Order[object], item: WorkItem) -> Iterable[Refusal]:
        return against(asked, _asked_for(asked.state, item, wanted))

    def take(asked: Order[object], item: WorkItem, story: Story) -> None:
        open_agreed(asked, _asked_for(asked.state, item, wanted), story)

    def stock(state: OrderState, item: WorkItem, given: object) -> StockWanted | None:
        return stock_for(state, _asked_for(state, item, wanted))

    return OutcomeRule(data=Nothing, take=take, refusals=refusals, wants=stock)


def _lost(asked: Order[object], item: WorkItem, story: Story) -> None:
    """Gone: the carrier owes for it, and the buyer is asked whether she still wants the goods (S2-94, S4-44)."""
    state, parcel = asked.state, parcel_of(asked.state, item)
    parcel.lost_at, parcel.version = parcel.lost_at or story.cause.at, state.version
    story.ask_for(CLAIM_FROM_CARRIER, matter=parcel.subject)
    story.ask_for(PARCEL_EXCEPTION, matter=f"{parcel.subject}@{item.item_id}", variant=ExceptionKind.LOST)


def _found(asked: Order[object], item: WorkItem, story: Story) -> None:
    """It is there after all: its tracking goes on."""
    parcel = parcel_of(asked.state, item)
    parcel.lost_at, parcel.version = None, asked.state.version
    story.tell("parcel.found", f"{parcel.subject} was found")


def _tell_buyer(asked: Order[object], item: WorkItem, story: Story) -> None:
    """She hears how it goes on (S2-56)."""
    parcel = parcel_of(asked.state, item)
    values = {"carrier": carrier_name(parcel.carrier), "tracking_no": parcel.tracking_no}
    story.send(SendToBuyer(template=MessageTemplate.PARCEL_LOOKED_INTO, values=values))


def _coming_back(asked: Order[object], item: WorkItem, story: Story) -> None:
    """The memo names parcel and refusal, for those who take it in (S2-23)."""
    parcel = parcel_of(asked.state, item)
    memo = f"顾客拒收，快递退回 {carrier_name(parcel.carrier)} {parcel.tracking_no}"
    story.send(WriteMemo(text=memo, by=story.cause.actor, tracking_no=parcel.tracking_no))


_RESHIP, _REFUND = _opens(reship), _opens(refund)

EXCEPTION_OUTCOMES: dict[tuple[str, str], AnyOutcome[OrderState]] = {
    **{
        (f"{PARCEL_EXCEPTION}/{kind}", outcome): rule
        for kind in (ExceptionKind.ACCIDENT, ExceptionKind.LOST, ExceptionKind.DAMAGED, BACK)
        for outcome, rule in (("reship", _RESHIP), ("refund", _REFUND))
    },
    (f"{PARCEL_EXCEPTION}/{ExceptionKind.LOST}", "found"): OutcomeRule(data=Nothing, take=_found),
    (f"{PARCEL_EXCEPTION}/{ExceptionKind.WRONG_SIGN}", "lost"): OutcomeRule(data=Nothing, take=_lost),
    (TRACKING_STALLED, "lost"): OutcomeRule(data=Nothing, take=_lost),
    (TRACKING_STALLED, "moving"): OutcomeRule(data=Nothing, take=_tell_buyer),
    (TRACKING_STALLED, "wait"): OutcomeRule(data=Nothing, take=_tell_buyer),
    (REFUSED_PARCEL, "returning"): OutcomeRule(data=Nothing, take=_coming_back),
}
