"""Parcels that leave with goods nobody is owed: paid back, sent twice, or of an order that is closed (S4-50, S4-51).

Somebody stops it: here, while the carrier does not have it, or by an interception, if the shop has signed for those.
What cannot be stopped the buyer is asked to refuse at the door, or to give back, or the shop lets it go.
"""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from domain.case.child import open_child, shared_fields
from domain.case.declare import Nothing, OutcomeRule, TaskRule
from domain.case.ids import CaseKind
from domain.case.parcel import Parcel, ParcelSeen, Said
from domain.case.story import Story
from domain.case.units import plus
from domain.case.work import WorkItem
from domain.errors import Refusal
from domain.intercept.eligibility import against_parcel, against_shop
from domain.intercept.fees import fee
from domain.intercept.life import standing
from domain.intercept.opening import InterceptOpening, begin
from domain.intercept.state import Initiator
from domain.order.context import OrderContext
from domain.order.parcels.named import ITS_NUMBER, OF_ITS_PARCEL, asked_about, parcel_of
from domain.order.shipping.gone import is_sent_twice
from domain.order.shipping.packing import pack
from domain.order.state import OrderState
from domain.parcels.journey import GONE, Where, first_scan_at, note, where_is
from domain.policy import intercept_terms
from domain.roles import SHOP_STAFF
from domain.shop.accounts import Permission

STOP_PARCEL = "stop_parcel"

DELIVERED, AWAITED = "delivered", "awaited"
"""The forms of the task once the buyer has the goods, and once they are to come back from them."""

COMES_BACK_WITHIN = timedelta(days=7)
"""For goods that a buyer gives back; then somebody asks. No source says how long."""

_WHERE: Mapping[str, tuple[Where, ...]] = {
    "": (Where.CONSIGNED, Where.ON_THE_WAY),
    DELIVERED: (Where.DELIVERED,),
    AWAITED: (Where.DELIVERED,),
}
"""Where a parcel is as long as that is to be done about it."""


def ask_to_stop(state: OrderState, parcel: Parcel, story: Story) -> None:
    """A parcel has left, by the seller's word or by the carrier's: it is stopped if its goods are not owed."""
    if _is_unowed(state, parcel) and where_is(parcel) in _WHERE[""]:
        stop(state, parcel, story)


def stop(state: OrderState, parcel: Parcel, story: Story) -> None:
    """Somebody stops it; once the buyer has the goods, they are asked for them."""
    if where_is(parcel) is Where.DELIVERED:
        story.ask_for(STOP_PARCEL, matter=f"{parcel.subject}@{DELIVERED}", variant=DELIVERED)
    else:
        story.ask_for(STOP_PARCEL, matter=parcel.subject)


def ask_for_goods(state: OrderState, parcel: Parcel, story: Story, *, reappeared: bool) -> None:
    """It was not stopped, or came to light when it was paid back: the buyer is asked for the goods.

    Not where the shop has let it go.
    """
    asked = asked_about(state, parcel, STOP_PARCEL)
    meant = asked or (reappeared and _is_unowed(state, parcel))
    if meant and not any(item.outcome == "let_go" for item in asked) and where_is(parcel) is Where.DELIVERED:
        stop(state, parcel, story)


def _is_unowed(state: OrderState, parcel: Parcel) -> bool:
    """Whether more of its goods is out than the buyer is owed: the rest was paid back before they had it.

    Or a request has sent them again, and so has the seller.
    """
    out = plus(*(one.carries for one in state.parcels if where_is(one) not in GONE))
    lines = [line for line in state.lines if line.line_id in parcel.carries]
    if is_sent_twice(state, parcel):
        return True
    return state.closed_at is not None or any(out.get(line.line_id, 0) > line.quantity - line.forgone for line in lines)


def _still_there(state: OrderState, item: WorkItem) -> bool:
    return where_is(parcel_of(state, item)) in _WHERE[item.variant]


def _seen(context: OrderContext[object], item: WorkItem) -> ParcelSeen | None:
    subject = parcel_of(context.state, item).subject
    return next((seen for seen in context.goods if seen.subject == subject), None)


def _intercept_refusals(context: OrderContext[object], item: WorkItem) -> Iterable[Refusal]:
    yield from against_shop(context.shop)
    if seen := _seen(context, item):
        yield from against_parcel(seen, intercept_terms(context.policy))
        if seen.being_stopped:
            yield Refusal(code="already_requested", message=f"{seen.subject} is being intercepted already.")


def _on_intercept(context: OrderContext[object], item: WorkItem, story: Story) -> dict[str, Any] | None:
    """The carrier is asked to bring it back; what comes of that is a case of its own (S1-02)."""
    state, seen, terms = context.state, _seen(context, item), intercept_terms(context.policy)
    if seen is None:
        return None
    cost = fee(seen.carrier, terms)
    opening = InterceptOpening(
        **shared_fields(state, CaseKind.PARCEL_INTERCEPT, context.actor, story),
        carrier=seen.carrier,
        tracking_no=seen.tracking_no,
        units=seen.units,
        worth=seen.worth,
        fee=cost.amount,
        fee_rule=cost.rule,
        claim_limit=terms.claim_limit.value,
        initiator=Initiator.SELLER,
        asked_by=story.cause.evidence,
    )
    story.tell("intercept.requested", f"Interception of {seen.subject}: {opening.case_id}")
    open_child(state, opening, standing(begin(opening).state), story)
    return {"case_id": opening.case_id}


def _kept_refusals(context: OrderContext[object], item: WorkItem) -> Iterable[Refusal]:
    if first_scan_at(parcel_of(context.state, item)):
        yield Refusal(code="already_picked_up", message="The carrier has the parcel: it cannot be kept back any more.")


def _on_kept_back(context: OrderContext[object], item: WorkItem, story: Story) -> None:
    """It never left: that is as good as back."""
    state, parcel = context.state, parcel_of(context.state, item)
    note(parcel, Said.RETURNED, story.cause, state.version)
    pack(state)
    story.tell("parcel.kept_back", f"{parcel.subject} never left")


def _on_let_go(context: OrderContext[object], item: WorkItem, story: Story) -> None:
    """The shop decided it: the buyer has goods and money."""
    story.tell("parcel.let_go", f"{parcel_of(context.state, item).subject}: the shop lets its goods go")


def _on_comes_back(context: OrderContext[object], item: WorkItem, story: Story) -> None:
    """Somebody looks whether it does."""
    matter = f"{parcel_of(context.state, item).subject}@{item.item_id}"
    story.ask_for(STOP_PARCEL, matter, story.cause.now + COMES_BACK_WITHIN, variant=AWAITED)


def _on_arrived(context: OrderContext[object], item: WorkItem, story: Story) -> None:
    """The goods are here again."""
    state, parcel = context.state, parcel_of(context.state, item)
    note(parcel, Said.RETURNED, story.cause, state.version)
    pack(state)
    story.tell("parcel.handed_back", f"{parcel.subject}: the buyer has given its goods back")


_OUTCOMES = (
    OutcomeRule(
        name="intercept",
        data=Nothing,
        take=_on_intercept,
        variants=("",),
        refusals=_intercept_refusals,
        permission=Permission.LOGISTICS_TOOLS,
        sees_goods=True,
    ),
    OutcomeRule(name="kept_back", data=Nothing, take=_on_kept_back, variants=("",), refusals=_kept_refusals),
    OutcomeRule(name="let_go", data=Nothing, take=_on_let_go, roles=SHOP_STAFF),
    OutcomeRule(name="comes_back", data=Nothing, take=_on_comes_back, variants=(DELIVERED, AWAITED)),
    OutcomeRule(name="arrived", data=Nothing, take=_on_arrived, variants=(AWAITED,)),
)

STOP_TASK = TaskRule(
    name=STOP_PARCEL,
    needed=_still_there,
    outcomes=_OUTCOMES,
    script_values=OF_ITS_PARCEL,
    always_known=ITS_NUMBER,
)
