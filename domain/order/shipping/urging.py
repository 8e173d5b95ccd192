"""A buyer who wants it sooner, and ship times that the shop promises: only those that the warehouse can keep.

Nothing is promised rashly (S2-53, S2-54, S2-86): the warehouse is asked first. A promise that stands has a clock;
missed, the buyer hears of it from the shop before they complain (S2-89).
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict

from domain.after_sale.opening import RequestAfterSale
from domain.after_sale.state import Reason
from domain.case.asking import ask_again
from domain.case.deadline import Because, Deadline, DeadlineState, Plan, find
from domain.case.declare import ActionRule, AnyOutcome, Nothing, OutcomeRule, TaskRule
from domain.case.story import Story
from domain.case.work import WorkItem
from domain.errors import Refusal
from domain.order.children.shop_requests import against_request, open_agreed, refund_of
from domain.order.context import OrderContext
from domain.order.people.interactions import Promise
from domain.order.shipping.clock import clock_start
from domain.order.shipping.handover import handed_over_at, still_to_ship, to_hand_over
from domain.order.state import OrderState
from domain.order.words import only
from domain.policy import Policy
from domain.roles import SELLER, Role
from domain.times import Instant, china_clock, iso_instant

SHIP_URGE, CONFIRM_PROMISE, PROMISE_MISSED = "ship_urge", "confirm_promise", "promise_missed"
PROMISE_ANSWERED = "promise_answered"
"""Presale hears what the warehouse said, and tells the buyer; in these forms:"""
FEASIBLE, NOT_FEASIBLE = "feasible", "not_feasible"
PROMISE = "promised_ship"


class ShipTime(BaseModel):
    """When it is to be with the carrier."""

    model_config = ConfigDict(extra="forbid")

    ship_by: Instant


def _against_shipped(context: OrderContext[object]) -> Iterable[Refusal]:
    state = context.state
    if state.over:
        yield Refusal(code="already_closed", message="This order is over.")
    if clock_start(state) is None:
        yield Refusal(code="not_paid", message="The order is not paid or confirmed yet, so nothing ships.")
    if not to_hand_over(state):
        yield Refusal(code="already_shipped", message="The carrier already has the goods.")


def _urge_refusals(context: OrderContext[object]) -> Iterable[Refusal]:
    yield from _against_shipped(context)
    if any(item.type == SHIP_URGE for item in context.state.open_work()):
        yield Refusal(code="already_urged", message="Somebody is looking into it already.")


def _urge(context: OrderContext[object], story: Story) -> dict[str, Any]:
    story.tell("shipment.urged", "The buyer asks for it to be shipped")
    story.ask_for(SHIP_URGE, matter=story.cause.id)
    return {}


def _promise_refusals(context: OrderContext[ShipTime | None]) -> Iterable[Refusal]:
    yield from _against_shipped(context)
    if context.input is not None:
        yield from _against_past(context, context.input.ship_by)


def _against_past(context: OrderContext[object], ship_by: datetime) -> Iterable[Refusal]:
    if ship_by <= context.now:
        yield Refusal(code="ship_by_in_past", message="The time to be promised has passed already.")


def _promise_ship_by(context: OrderContext[ShipTime], story: Story) -> dict[str, Any]:
    return {"promise_id": ask_warehouse(context.state, context.input.ship_by, story)}


def ask_warehouse(state: OrderState, ship_by: datetime, story: Story) -> str:
    """Can it be kept? Answers the promise's id."""
    promise = Promise(id=f"promise-{len(state.promises) + 1}", ship_by=ship_by)
    state.promises.append(promise)
    story.tell("promise.asked", f"Can it ship by {china_clock(ship_by)} (China time)? The warehouse is asked")
    story.ask_for(CONFIRM_PROMISE, matter=promise.id)
    return promise.id


def _on_feasible(context: OrderContext[object], item: WorkItem, story: Story) -> None:
    promise = promise_of(context.state, item)
    promise.feasible_since = story.cause.at
    story.tell("promise.made", f"May be promised: ships by {china_clock(promise.ship_by)} (China time)")
    story.ask_for(PROMISE_ANSWERED, matter=promise.id, variant=FEASIBLE)


def _feasible_refusals(context: OrderContext[object], item: WorkItem) -> Iterable[Refusal]:
    return _against_past(context, promise_of(context.state, item).ship_by)


def _on_not_feasible(context: OrderContext[object], item: WorkItem, story: Story) -> None:
    story.tell("promise.not_made", "Must not be promised: the warehouse cannot keep it")
    story.ask_for(PROMISE_ANSWERED, matter=item.matter, variant=NOT_FEASIBLE)


def promise_plans(state: OrderState, policy: Policy) -> Iterable[Plan]:
    """`promised_ship`: one for every promise that the warehouse stands by."""
    for promise in state.promises:
        if promise.feasible_since is None:
            continue
        times = [handed_over_at(state, line) for line in state.remaining()]
        kept = bool(times) and all(time is not None and time <= promise.ship_by for time in times)
        gone = not state.remaining() or state.over
        yield Plan(
            kind=PROMISE,
            subject=promise.id,
            started_at=promise.feasible_since,
            due_at=promise.ship_by,
            because=Because(
                event_type="promise.made",
                event_id=promise.id,
                rule="order.promise",
                policy=policy.id,
                value=iso_instant(promise.ship_by),
            ),
            outcome=DeadlineState.MET if kept else DeadlineState.CANCELLED if gone else None,
        )


def pass_promise(state: OrderState, policy: Policy, deadline: Deadline, story: Story) -> None:
    """The buyer hears it from the shop first (S2-89)."""
    story.tell("promise.missed", f"Promised and not shipped: {china_clock(deadline.due_at)} (China time)")
    story.ask_for(PROMISE_MISSED, matter=deadline.subject)


def _on_new_time(context: OrderContext[ShipTime], item: WorkItem, story: Story) -> None:
    """The buyer took another time; it stands with those who ship like any promise."""
    state, ship_by = context.state, context.input.ship_by
    promise = Promise(id=f"promise-{len(state.promises) + 1}", ship_by=ship_by, feasible_since=story.cause.at)
    state.promises.append(promise)
    story.tell("promise.made", f"Another time was agreed: ships by {china_clock(ship_by)} (China time)")


def _new_time_refusals(context: OrderContext[ShipTime], item: WorkItem) -> Iterable[Refusal]:
    return _against_past(context, context.input.ship_by)


def _late_refund(context: OrderContext[object]) -> RequestAfterSale | None:
    return refund_of(to_hand_over(context.state), Reason.LATE)


def _refund_refusals(context: OrderContext[object], item: WorkItem) -> Iterable[Refusal]:
    return against_request(context, _late_refund(context))


def _on_refund(context: OrderContext[object], item: WorkItem, story: Story) -> None:
    open_agreed(context, _late_refund(context), story)


def not_shipped(state: OrderState, item: WorkItem) -> bool:
    """While goods are still to leave."""
    return still_to_ship(state)


def not_kept(state: OrderState, item: WorkItem) -> bool:
    """While goods are still to leave, and the promise is there."""
    return still_to_ship(state) and any(promise.id == item.matter.rstrip("+") for promise in state.promises)


def to_be_told(state: OrderState, item: WorkItem) -> bool:
    """While the promise is there; one that was made and missed is told by the call about that."""
    clock = find(state.deadlines, PROMISE, promise_of(state, item).id) if not_kept(state, item) else None
    missed = item.variant == FEASIBLE and clock is not None and clock.state is DeadlineState.ELAPSED
    return not_kept(state, item) and not missed


def _promised_at(state: OrderState, policy: Policy, item: WorkItem) -> str:
    """The ship time that the task is about."""
    return iso_instant(promise_of(state, item).ship_by)


def promise_of(state: OrderState, item: WorkItem) -> Promise:
    """The promise that a task is about; its matter begins with it."""
    return next(promise for promise in state.promises if promise.id == item.matter.rstrip("+"))


URGING_ACTIONS = (
    ActionRule(
        name="urge_shipment",
        title="Ask for the shipment",
        input=Nothing,
        roles=(Role.BUYER, Role.AGENT),
        refusals=_urge_refusals,
        take=_urge,
    ),
    ActionRule(
        name="promise_ship_by",
        title="Promise a ship time, if the warehouse can keep it",
        input=ShipTime,
        roles=SELLER,
        refusals=_promise_refusals,
        take=_promise_ship_by,
        example={"ship_by": "2026-11-12T16:00:00+08:00"},
    ),
)

_CAN_IT_BE_KEPT = (
    OutcomeRule(
        name=FEASIBLE,
        data=Nothing,
        take=_on_feasible,
        roles=(Role.WAREHOUSE, Role.OWNER),
        refusals=_feasible_refusals,
    ),
    OutcomeRule(name=NOT_FEASIBLE, data=Nothing, take=_on_not_feasible),
)
_MISSED: tuple[AnyOutcome[OrderState], ...] = (
    OutcomeRule(name="agreed_new_time", data=ShipTime, take=_on_new_time, refusals=_new_time_refusals),
    OutcomeRule(name="refund", data=Nothing, take=_on_refund, refusals=_refund_refusals),
    OutcomeRule(name="unreachable", data=Nothing, take=ask_again),
)
OF_ITS_PROMISE = {"items": only(to_hand_over), "promised_at": _promised_at, "promised_ship": _promised_at}
"""`promised_ship` is said as long as it lies ahead."""
ITS_TIME = frozenset({"promised_at"})

URGING_TASKS = (
    TaskRule(
        name=CONFIRM_PROMISE,
        needed=not_kept,
        outcomes=_CAN_IT_BE_KEPT,
        script_values=OF_ITS_PROMISE,
        always_known=ITS_TIME,
    ),
    TaskRule(
        name=PROMISE_MISSED,
        needed=not_shipped,
        outcomes=_MISSED,
        script_values=OF_ITS_PROMISE,
        always_known=ITS_TIME,
    ),
)
