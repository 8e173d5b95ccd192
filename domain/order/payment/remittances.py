"""Money sent by bank transfer: the buyer says so, finance looks for it, and only then the order is paid (S2-24..26)."""

from collections.abc import Iterable
from typing import Annotated, Any

from pydantic import ConfigDict, Field, StringConstraints

from domain.case.declare import ActionRule, Nothing, OutcomeRule, TaskRule
from domain.case.errand import WriteMemo
from domain.case.pauses import Pause
from domain.case.story import Story
from domain.case.work import WorkItem, WorkState
from domain.errors import Refusal
from domain.money import InYuan, Yuan
from domain.order.context import OrderContext
from domain.order.payment.receiving import receive
from domain.order.state import OrderOutcome, OrderState, Source
from domain.privacy import Private
from domain.roles import Role
from domain.times import Instant, china_clock

VERIFY_REMITTANCE, REMITTANCE_NOT_FOUND = "verify_remittance", "remittance_not_found"
"""Finance looks for the money, presale asks the buyer for a proof of it."""


class ReportRemittance(InYuan):
    """What the buyer says they sent; account and bank (`details`) stay in the store, for finance to look for."""

    model_config = ConfigDict(extra="forbid")

    amount: Annotated[Yuan, Field(gt=0)]
    paid_at: Instant
    details: Annotated[str, StringConstraints(max_length=500), Private("remittance")] = ""


class Received(InYuan):
    """What arrived in the shop's account, yuan."""

    model_config = ConfigDict(extra="forbid")

    amount: Annotated[Yuan, Field(gt=0)]


def is_verifying(state: OrderState) -> bool:
    """Whether finance is looking for money that the buyer says they sent."""
    return any(item.type == VERIFY_REMITTANCE for item in state.open_work())


def looking_times(state: OrderState) -> Iterable[Pause]:
    """When finance looked: until it answered, or the order was paid."""
    for item in state.work_items:
        if item.type == VERIFY_REMITTANCE:
            paid_at = max(item.created_at, state.paid_at() or item.created_at)
            settled = paid_at if item.state is WorkState.SUPERSEDED else None
            yield Pause(since=item.created_at, until=item.done_at or settled)


def is_remitted(state: OrderState) -> bool:
    """Whether it is, or was, paid by bank transfer."""
    found = (item.type == VERIFY_REMITTANCE and item.outcome == "received" for item in state.work_items)
    return state.source is Source.REMITTANCE or any(found)


def _report_refusals(context: OrderContext[ReportRemittance | None]) -> Iterable[Refusal]:
    state = context.state
    if state.over and state.outcome != OrderOutcome.UNPAID:
        yield Refusal(code="already_closed", message="This order is over.")
    if state.at_the_door:
        yield Refusal(code="paid_at_the_door", message="This order is paid on delivery.")
    elif state.paid_at():
        yield Refusal(code="already_paid", message="This order is paid already.")
    if context.input and context.input.paid_at > context.now:
        yield Refusal(code="paid_in_future", message="The time of the transfer must not lie ahead.")


def _report(context: OrderContext[ReportRemittance], story: Story) -> dict[str, Any]:
    input_ = context.input
    details = {"details": input_.details} if input_.details else {}
    sent = f"Remittance of {input_.amount} yuan reported, sent {china_clock(input_.paid_at)} (China time)"
    story.tell(
        "remittance.reported",
        sent,
        amount=str(input_.amount),
        paid_at=input_.model_dump(mode="json")["paid_at"],
        **details,
    )
    if not is_verifying(context.state):  # one look for the money at a time
        story.ask_for(VERIFY_REMITTANCE, matter=story.cause.id)
    return {}


def _on_received(context: OrderContext[Received], item: WorkItem, story: Story) -> None:
    """The money is there: the order is paid as by any other payment, and a memo says how much (S2-25)."""
    state, amount = context.state, context.input.amount
    receive(state, story, item.item_id, amount, "S2-24")
    story.tell("remittance.received", f"Remittance of {amount} yuan received", amount=str(amount))
    story.send(WriteMemo(text=f"已收到汇款金额{amount}元", by=story.cause.actor))


def _on_not_found(context: OrderContext[object], item: WorkItem, story: Story) -> None:
    story.ask_for(REMITTANCE_NOT_FOUND, matter=item.item_id)


def _on_proof_sent(context: OrderContext[object], item: WorkItem, story: Story) -> None:
    if not is_verifying(context.state):
        story.ask_for(VERIFY_REMITTANCE, matter=item.item_id)


def _to_verify(state: OrderState, item: WorkItem) -> bool:
    """Until it is paid; also where the order was closed as unpaid meanwhile, for what came is booked all the same."""
    return state.paid_at() is None and (not state.over or state.outcome == OrderOutcome.UNPAID)


def _to_ask(state: OrderState, item: WorkItem) -> bool:
    return state.paid_at() is None and not state.over


REPORT_REMITTANCE = ActionRule(
    name="report_remittance",
    title="Report a remittance",
    input=ReportRemittance,
    roles=(Role.BUYER, Role.AGENT),
    refusals=_report_refusals,
    take=_report,
    after_end=True,
    example={"amount": "209.00", "paid_at": "2026-11-11T09:30:00+08:00", "details": "工商银行 尾号1234"},
)

_VERIFIED = (
    OutcomeRule(name="received", data=Received, take=_on_received, roles=(Role.FINANCE, Role.OWNER)),
    OutcomeRule(name="not_found", data=Nothing, take=_on_not_found),
)
_ASKED = (OutcomeRule(name="proof_sent", data=Nothing, take=_on_proof_sent),)
_WHAT_IS_OWED = frozenset({"amount"})

REMITTANCE_TASKS = (
    TaskRule(name=VERIFY_REMITTANCE, needed=_to_verify, outcomes=_VERIFIED, always_known=_WHAT_IS_OWED),
    TaskRule(name=REMITTANCE_NOT_FOUND, needed=_to_ask, outcomes=_ASKED, always_known=_WHAT_IS_OWED),
)
