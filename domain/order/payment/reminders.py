"""Calling about payment: in the call windows only, not too often, never twice for one matter (S2-27..48).

The first call is asked for some time after placing. After every call the buyer gets the marketplace's own reminder and
a message, and a memo says so (S2-32, S2-35); what the buyer said decides whether and when they are called again. A task
that was not done in its window moves on to the next.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict

from domain.case.deadline import Because, Deadline, DeadlineState, Plan, find
from domain.case.declare import Nothing, OutcomeRule, TaskRule
from domain.case.errand import SendToBuyer, WriteMemo
from domain.case.story import Story
from domain.case.work import WorkItem
from domain.errors import Refusal
from domain.order.context import OrderContext
from domain.order.ending import close
from domain.order.payment.clock import GRACE
from domain.order.payment.closing import CLOSE_UNPAID, CloseUnpaid, close_refusals
from domain.order.payment.receiving import PAYMENT
from domain.order.payment.remittances import is_verifying
from domain.order.people.interactions import Call, UnpaidReason
from domain.order.state import OrderOutcome, OrderState
from domain.order.words import attempt
from domain.partners.templates import MessageTemplate
from domain.policy import Policy
from domain.privacy import OwnWords
from domain.roles import Group
from domain.shop.hours import Window
from domain.times import Instant, chinese_clock

PAYMENT_REMINDER = "payment_reminder"
"""The task, and the clock that asks for it."""

FOLLOW_UP = "follow_up"
"""The form of a call to a buyer who said when they would pay."""


def _or_other(reason: object) -> object:
    return reason if not isinstance(reason, str) or reason in set(UnpaidReason) else UnpaidReason.OTHER


UnpaidSaid = Annotated[
    UnpaidReason,
    BeforeValidator(_or_other, json_schema_input_type=UnpaidReason | str),
    OwnWords(frozenset(UnpaidReason)),
]
"""One of the reasons; any other words count as `other`, and stay with the note."""


class Reached(BaseModel):
    """What the buyer said: why they have not paid yet (S2-31, S2-42), and when they will."""

    model_config = ConfigDict(extra="forbid")

    reason: UnpaidSaid = UnpaidReason.OTHER
    promised_pay_at: Instant | None = None


class NotWanted(BaseModel):
    """The buyer does not want the goods any more; the order is closed only with their consent (S2-40)."""

    model_config = ConfigDict(extra="forbid")

    reason: UnpaidSaid = UnpaidReason.NOT_WANTED
    buyer_consent: bool = False


def reminder_plans(state: OrderState, policy: Policy) -> Iterable[Plan]:
    """`payment_reminder`: first some time after placing, then the end of the call window that the open task is for."""
    if state.at_the_door:
        return
    first_after = policy.calls.first_after
    placed = state.pays_online_since or state.placed_at
    first = max(placed + first_after.value, state.opened_at + GRACE)
    task = _open_task(state)
    paid = state.paid_at() is not None or state.fell_unpaid_at() is not None
    done = DeadlineState.MET if paid else DeadlineState.CANCELLED
    waits = task is not None or not any(item.type == PAYMENT_REMINDER for item in state.work_items)
    yield Plan(
        kind=PAYMENT_REMINDER,
        started_at=placed,
        due_at=task.due_at if task else first,
        because=Because(
            event_type="order.placed",
            event_id=state.case_id,
            rule="calls.first_after",
            policy=policy.id,
            value=first_after.text,
        ),
        outcome=None if waits and not paid and _may_call(state, policy) else done,
    )


def pass_reminder(state: OrderState, policy: Policy, deadline: Deadline, story: Story) -> None:
    """Somebody is asked to call; a call that was not made in its window is for the next one."""
    window = _next_window(state, policy, story.cause.now)
    task = _open_task(state)
    if task is None:
        _ask_to_call(state, story, window)
    else:
        task.not_before, task.due_at, task.version = window.start, window.end, state.version


def _on_reached(context: OrderContext[Reached], item: WorkItem, story: Story) -> None:
    """Called again after the time that the buyer named; where they named none, they are left alone for a day."""
    now, promised = story.cause.now, context.input.promised_pay_at
    _note_call(context, item, story, promised or now + timedelta(days=1), promised)


def _on_not_reached(context: OrderContext[object], item: WorkItem, story: Story) -> None:
    """Called again in the next window, not in the one that runs."""
    now = story.cause.now
    running = _next_window(context.state, context.policy, now)
    _note_call(context, item, story, running.end if running.start <= now else now)


def _note_call(
    context: OrderContext[object], item: WorkItem, story: Story, again: datetime, promised: datetime | None = None
) -> None:
    """Notes the call, sends what follows every call (S2-32, S2-35), and asks for the next one, not sooner than that."""
    state = context.state
    state.calls.append(Call(at=story.cause.now, outcome=str(item.outcome), promised_pay_at=promised))
    cutoff = context.policy.ship.cutoff.value.strftime("%H:%M")
    story.send(SendToBuyer(template=MessageTemplate.REMIND_TO_PAY))
    story.send(SendToBuyer(template=MessageTemplate.PAYMENT_REMINDER, values={"cutoff": cutoff}))
    _write_memo(story, "已催付" + (f"，顾客{chinese_clock(promised)}前付款" if promised else ""))
    if len(state.calls) < context.policy.calls.attempts.value:
        _ask_to_call(state, story, _next_window(state, context.policy, again), FOLLOW_UP if promised else "")


def _on_not_wanted(context: OrderContext[NotWanted], item: WorkItem, story: Story) -> None:
    """No more calls; with the buyer's consent the order is closed (S2-40)."""
    state = context.state
    state.calls.append(Call(at=story.cause.now, outcome=str(item.outcome)))
    _write_memo(story, "已催付，顾客不需要了" + ("，同意关闭订单" if context.input.buyer_consent else ""))
    if context.input.buyer_consent:
        close(state, OrderOutcome.UNPAID, story, "Closed: the buyer does not want it any more, and agreed")


def _not_wanted_refusals(context: OrderContext[NotWanted], item: WorkItem) -> Iterable[Refusal]:
    """It closes the order as `close_unpaid` does: not one that holds the buyer's money, nor one that has left."""
    if not context.input.buyer_consent:
        return ()
    return close_refusals(context.with_input(CloseUnpaid(reason=context.input.reason, buyer_consent=True)))


def _reached_refusals(context: OrderContext[Reached], item: WorkItem) -> Iterable[Refusal]:
    promised = context.input.promised_pay_at
    if promised is not None and promised <= context.now:
        yield Refusal(code="promise_in_past", message="The time at which the buyer will pay must lie ahead.")


def _ask_to_call(state: OrderState, story: Story, window: Window, variant: str = "") -> None:
    """The next call, where its window begins before the order closes."""
    closes = find(state.deadlines, PAYMENT)
    if closes is not None and window.start >= closes.due_at:
        return
    story.ask_for(
        PAYMENT_REMINDER,
        matter=f"call-{1 + sum(item.type == PAYMENT_REMINDER for item in state.work_items)}",
        due_at=window.end,
        not_before=window.start,
        variant=variant,
    )


def _open_task(state: OrderState) -> WorkItem | None:
    return next((item for item in state.open_work() if item.type == PAYMENT_REMINDER), None)


def _next_window(state: OrderState, policy: Policy, after: datetime) -> Window:
    return state.hours.next_window(Group.PRESALE, policy.calls.windows.value, after)


def _may_call(state: OrderState, policy: Policy) -> bool:
    declined = any(call.outcome == "not_wanted" for call in state.calls)
    enough = len(state.calls) >= policy.calls.attempts.value
    return not (state.over or declined or enough or is_verifying(state) or _is_time_over(state))


def _call_needed(state: OrderState, item: WorkItem) -> bool:
    """Whether an open call is still to be made: the order is unpaid, and nobody is looking for the money."""
    return not (state.over or state.paid_at() or is_verifying(state) or _is_time_over(state))


def _is_time_over(state: OrderState) -> bool:
    """Whether the time to pay has passed: of goods that left unpaid finance hears, and nobody calls about them."""
    payment = find(state.deadlines, PAYMENT)
    return payment is not None and payment.state is DeadlineState.ELAPSED


def _write_memo(story: Story, text: str) -> None:
    story.send(WriteMemo(text=text, by=story.cause.actor))


_OUTCOMES = (
    OutcomeRule(name="reached", data=Reached, take=_on_reached, refusals=_reached_refusals),
    OutcomeRule(name="busy", data=Nothing, take=_on_not_reached),
    OutcomeRule(name="not_self", data=Nothing, take=_on_not_reached),
    OutcomeRule(name="unreachable", data=Nothing, take=_on_not_reached),
    OutcomeRule(
        name="not_wanted", data=NotWanted, take=_on_not_wanted, refusals=_not_wanted_refusals, roles=CLOSE_UNPAID.roles
    ),
)

REMINDER_TASK = TaskRule(
    name=PAYMENT_REMINDER,
    needed=_call_needed,
    outcomes=_OUTCOMES,
    script_values={
        "attempt": attempt,
        "amount": lambda state, policy, item: str(state.lacking),
        "paid": lambda state, policy, item: str(state.total - state.lacking),
    },
    always_known=frozenset({"attempt", "amount", "promised_at"}),
)
