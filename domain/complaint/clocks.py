"""The clocks of a complaint: the seller's answer, both sides' evidence, and the daily look while the platform decides.

No source gives complaints numbers of their own, so they take those of a request on the same goods.
"""

from collections.abc import Iterable

from domain.after_sale.tasks import PLATFORM_FOLLOW_UP
from domain.case.asking import DAILY
from domain.case.deadline import Because, Deadline, DeadlineState, Plan, find
from domain.case.declare import ClockRule
from domain.case.story import Story
from domain.complaint import transitions
from domain.complaint.state import ComplaintStage, ComplaintState
from domain.policy import Policy

SELLER_ANSWER = "seller_answer"
EVIDENCE = "evidence"
FOLLOW_UP = "platform_follow_up"


def seller_answer_plans(state: ComplaintState, policy: Policy) -> Iterable[Plan]:
    """`seller_answer`: as long as for a request, sooner while the goods have not left."""
    name = "answer_shipped" if state.shipped else "answer_unshipped"
    term = getattr(policy.after_sale, name)
    over = None if state.at is ComplaintStage.AWAITING_SELLER else DeadlineState.CANCELLED
    yield Plan(
        kind=SELLER_ANSWER,
        started_at=state.opened_at,
        due_at=state.opened_at + term.value,
        because=Because(
            event_type=state.filed_by.type,
            event_id=state.filed_by.id,
            rule=f"after_sale.{name}",
            policy=policy.id,
            value=term.text,
        ),
        outcome=DeadlineState.MET if state.answered_at else over,
    )


def pass_seller_answer(state: ComplaintState, policy: Policy, deadline: Deadline, story: Story) -> None:
    """The platform decides without the seller's word."""
    transitions.go_on_without_seller(state, story)


def evidence_plans(state: ComplaintState, policy: Policy) -> Iterable[Plan]:
    """`evidence`: for both sides, from the answer or from its failing to come."""
    if state.evidence_from is None or state.evidence_by is None:
        return
    term = policy.after_sale.evidence_within
    undecided = state.at in (ComplaintStage.ANSWERED, ComplaintStage.PLATFORM_INTERVENTION)
    yield Plan(
        kind=EVIDENCE,
        started_at=state.evidence_from,
        due_at=state.evidence_from + term.value,
        because=Because(
            event_type=state.evidence_by.type,
            event_id=state.evidence_by.id,
            rule="after_sale.evidence_within",
            policy=policy.id,
            value=term.text,
        ),
        outcome=None if undecided else DeadlineState.CANCELLED,
    )


def pass_evidence(state: ComplaintState, policy: Policy, deadline: Deadline, story: Story) -> None:
    """From now on the platform decides on what is there, unless the buyer withdraws."""
    state.evidence_closed = True
    story.tell("evidence.closed", "No more evidence is taken")
    if state.at is ComplaintStage.ANSWERED:
        transitions.hand_to_platform(state, story, "Not withdrawn: the platform decides on what is there")


def follow_up_plans(state: ComplaintState, policy: Policy) -> Iterable[Plan]:
    """`platform_follow_up`: somebody looks every day what the platform's agent asks for (S4-67)."""
    if state.decides_from is None or state.decides_by is None:
        return
    kept = find(state.deadlines, FOLLOW_UP)
    withdrawn = state.at is ComplaintStage.WITHDRAWN or (kept is not None and kept.state is DeadlineState.ELAPSED)
    over = DeadlineState.CANCELLED if withdrawn else DeadlineState.MET
    yield Plan(
        kind=FOLLOW_UP,
        started_at=state.decides_from,
        due_at=state.decides_from + (state.follow_ups + 1) * DAILY,
        because=Because(
            event_type=state.decides_by.type,
            event_id=state.decides_by.id,
            rule="S4-67",
            policy=policy.id,
            value="P1D",
        ),
        outcome=None if state.at is ComplaintStage.PLATFORM_INTERVENTION else over,
    )


def pass_follow_up(state: ComplaintState, policy: Policy, deadline: Deadline, story: Story) -> None:
    """A task for today, and the clock goes on to tomorrow."""
    state.follow_ups += 1
    story.ask_for(PLATFORM_FOLLOW_UP, matter=str(state.follow_ups))


CLOCKS: tuple[ClockRule[ComplaintState], ...] = (
    ClockRule(kind=SELLER_ANSWER, title="Seller's answer", plans=seller_answer_plans, consequence=pass_seller_answer),
    ClockRule(kind=EVIDENCE, title="Evidence", plans=evidence_plans, consequence=pass_evidence),
    ClockRule(kind=FOLLOW_UP, title="Daily follow-up", plans=follow_up_plans, consequence=pass_follow_up),
)
