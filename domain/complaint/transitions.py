"""The transitions of a complaint's life, whoever takes them: a person, a clock or a partner's answer."""

from decimal import Decimal

from domain.case.ledger import EntryKind
from domain.case.payouts import let_go, owe
from domain.case.story import Story
from domain.complaint.state import ComplaintOutcome, ComplaintStage, ComplaintState, ComplaintType


def move(state: ComplaintState, stage: ComplaintStage, story: Story, summary: str) -> None:
    """The complaint stands elsewhere now."""
    state.stage = stage
    story.tell(f"complaint.{stage}", summary, stage=stage)


def answer(state: ComplaintState, story: Story, reason: str) -> None:
    """The seller was heard; both sides may bring evidence now."""
    state.answered_at, state.answer_reason = story.cause.at, reason
    _take_evidence(state, story)
    move(state, ComplaintStage.ANSWERED, story, f"Answered by the seller: {reason}")


def go_on_without_seller(state: ComplaintState, story: Story) -> None:
    """Whoever does not answer is not waited for."""
    _take_evidence(state, story)
    hand_to_platform(state, story, "The seller did not answer: the platform decides")


def hand_to_platform(state: ComplaintState, story: Story, summary: str) -> None:
    """It is up to the platform's agent now, and somebody follows that up every day."""
    state.decides_from, state.decides_by = story.cause.at, story.cause.evidence
    move(state, ComplaintStage.PLATFORM_INTERVENTION, story, summary)


def add_evidence(state: ComplaintState, story: Story, by: str, kind: str, **data: str) -> int:
    """Notes a piece of evidence; answers its number."""
    state.evidence.append(f"{by}:{kind}")
    story.tell("evidence.submitted", f"Evidence by the {by}: {kind}", **data)
    return len(state.evidence)


def uphold(state: ComplaintState, story: Story, amount: Decimal) -> None:
    """The buyer is right. What lateness costs the order books, once (S2-85); another compensation is paid here.

    It goes once the order has set it aside: others may be granting the same money at this moment.
    """
    state.upheld, state.granted = True, amount
    if not amount:
        end(state, ComplaintOutcome.UPHELD, story, "Upheld by the platform")
        return
    move(state, ComplaintStage.COMPENSATING, story, f"Upheld by the platform: {amount} yuan go to the buyer")


def pay_set_aside(state: ComplaintState, story: Story) -> None:
    """The order has kept the money for the ruling, or what was left of it: that much goes to the buyer, once."""
    amount = state.surroundings.set_aside
    if amount is None or state.at is not ComplaintStage.COMPENSATING or state.payouts:
        return
    if amount < state.granted:
        story.tell("complaint.reduced", f"Of {state.granted} yuan ruled {amount} are left: the rest is granted already")
    if amount:
        owe(state, story, EntryKind.COMPENSATION, amount, RULES[state.type])
        let_go(state, story)
    else:
        end(state, ComplaintOutcome.UPHELD, story, "Upheld, and the price has gone back already")


def dismiss(state: ComplaintState, story: Story) -> None:
    """The seller is right."""
    state.upheld = False
    end(state, ComplaintOutcome.DISMISSED, story, "Dismissed by the platform")


def finish_paying(state: ComplaintState, story: Story) -> None:
    """The compensation has reached the buyer: the complaint ends."""
    if state.at is ComplaintStage.COMPENSATING and not state.unpaid_payouts():
        end(state, ComplaintOutcome.UPHELD, story, "Upheld, and the buyer is compensated")


def end(state: ComplaintState, outcome: ComplaintOutcome, story: Story, summary: str) -> None:
    """Nothing more happens in it."""
    state.outcome, state.open = outcome, False
    move(state, ComplaintStage(outcome), story, summary)


def _take_evidence(state: ComplaintState, story: Story) -> None:
    state.evidence_from, state.evidence_by = story.cause.at, story.cause.evidence


RULES = {
    ComplaintType.BREACH_OF_PROMISE: "S2-87",
    ComplaintType.NOT_RECEIVED: "S2-91",
    ComplaintType.CONSUMER_PROTECTION: "S2-79",
    ComplaintType.NO_REASON_RETURN: "S2-96",
}
"""By which rule a compensation is owed; lateness has its own in the order."""
