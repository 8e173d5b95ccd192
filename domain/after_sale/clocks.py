"""The clocks of a request, each with its consequence (part 2.3 of the rules; the numbers are the edition's)."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from operator import attrgetter

from domain.after_sale import transitions
from domain.after_sale.late_returns import is_looked_for
from domain.after_sale.replacing import awaited_since, coming_back_times
from domain.after_sale.return_checks import check_form
from domain.after_sale.services import SERVICES
from domain.after_sale.state import AfterSaleOutcome, AfterSaleStage, AfterSaleState
from domain.after_sale.tasks import (
    ASK_RETURN_WAYBILL,
    CHECK_RETURN,
    PLATFORM_FOLLOW_UP,
    check_matter,
    follow_up_matter,
    has_arrived,
    waybill_matter,
)
from domain.case.asking import DAILY
from domain.case.cause import Evidence
from domain.case.deadline import Because, Deadline, DeadlineState, Plan, find, withdrawn
from domain.case.declare import ClockRule
from domain.case.story import Story
from domain.policy import Policy

SELLER_ANSWER = "seller_answer"
RETURN_WAYBILL = "return_waybill"
BUYER_RETURN, BUYER_REACTION = "buyer_return", "buyer_reaction"

Since = tuple[datetime | None, Evidence | None]
"""Since when a clock runs, and what set it going."""


def _plan(
    state: AfterSaleState, policy: Policy, kind: str, since: Since, stage: AfterSaleStage, rule: str, extra: int = 0
) -> Iterable[Plan]:
    """A clock that runs while the request stands at one stage; beyond it, what it waited for has happened."""
    started_at, by = since
    if started_at is None or by is None:
        return
    term = attrgetter(rule)(policy)
    yield Plan(
        kind=kind,
        started_at=started_at,
        due_at=started_at + term.value + timedelta(days=extra),
        because=Because(event_type=by.type, event_id=by.id, rule=rule, policy=policy.id, value=term.text),
        outcome=_outcome(state, kind, stage),
    )


def _outcome(state: AfterSaleState, kind: str, stage: AfterSaleStage) -> DeadlineState | None:
    if state.at is stage:
        return None
    kept = find(state.deadlines, kind)
    if state.at is AfterSaleStage.CLOSED or (kept and kept.state is DeadlineState.ELAPSED):
        return DeadlineState.CANCELLED
    return DeadlineState.MET


def seller_answer_plans(state: AfterSaleState, policy: Policy) -> Iterable[Plan]:
    """The seller's answer: sooner while the goods have not left."""
    rule = "after_sale.answer_shipped" if state.surroundings.shipped else "after_sale.answer_unshipped"
    since = (state.requested_at, state.requested_by)
    return _plan(state, policy, SELLER_ANSWER, since, AfterSaleStage.AWAITING_SELLER, rule)


def pass_seller_answer(state: AfterSaleState, policy: Policy, deadline: Deadline, story: Story) -> None:
    """Silence is consent: unshipped goods are refunded, anything else is agreed to."""
    story.tell("seller_answer.elapsed", f"The seller did not answer within {deadline.because.value}")
    transitions.agree(state, policy, story, None, by_seller=False)


def buyer_return_plans(state: AfterSaleState, policy: Policy) -> Iterable[Plan]:
    """The buyer's sending the goods back."""
    if not SERVICES[state.demand.service].goods_back and find(state.deadlines, BUYER_RETURN) is None:
        return ()
    since, extra = (state.agreed_at, state.agreed_by), sum(state.return_extensions)
    stage = AfterSaleStage.AWAITING_BUYER_RETURN
    return _plan(state, policy, BUYER_RETURN, since, stage, "after_sale.buyer_returns", extra)


def pass_buyer_return(state: AfterSaleState, policy: Policy, deadline: Deadline, story: Story) -> None:
    """The request closes; nothing is refunded."""
    transitions.close(
        state, AfterSaleOutcome.TIMED_OUT, story, f"Closed: not sent back within {deadline.because.value}"
    )


def return_waybill_plans(state: AfterSaleState, policy: Policy) -> Iterable[Plan]:
    """The buyer's naming how the goods come back, again and again while they may (S4-55).

    Not for instant refunds, and not where the shop may fill the number in (S4-56).
    """
    asks = SERVICES[state.demand.service].goods_back and not (state.instant_refund or state.demand.agent_may_return)
    kept = find(state.deadlines, RETURN_WAYBILL)
    if state.agreed_at is None or state.agreed_by is None or not (asks or kept):
        return
    term, outcome = (
        policy.after_sale.ask_waybill_after,
        _outcome(state, RETURN_WAYBILL, AfterSaleStage.AWAITING_BUYER_RETURN),
    )
    yield Plan(
        kind=RETURN_WAYBILL,
        started_at=state.agreed_at,
        due_at=state.agreed_at + (state.waybill_asked + 1) * term.value,
        because=Because(
            event_type=state.agreed_by.type,
            event_id=state.agreed_by.id,
            rule="after_sale.ask_waybill_after",
            policy=policy.id,
            value=term.text,
        ),
        outcome=outcome if asks else DeadlineState.CANCELLED,
    )


def pass_return_waybill(state: AfterSaleState, policy: Policy, deadline: Deadline, story: Story) -> None:
    """Somebody asks the buyer for it, in place of the time before; the clock goes on."""
    state.waybill_asked += 1
    story.ask_for(ASK_RETURN_WAYBILL, matter=waybill_matter(state))


def seller_receipt_plans(state: AfterSaleState, policy: Policy) -> Iterable[Plan]:
    """The seller's taking in of what the buyer sent; over where it came back to them."""
    if state.sent_back is None:
        return withdrawn(state.deadlines, "seller_receipt")
    since, extra = (state.sent_back.sent_at, state.sent_back.by), sum(state.receipt_extensions)
    stage = AfterSaleStage.AWAITING_SELLER_RECEIPT
    return _plan(state, policy, "seller_receipt", since, stage, "after_sale.seller_receives", extra)


def pass_seller_receipt(state: AfterSaleState, policy: Policy, deadline: Deadline, story: Story) -> None:
    """The goods count as taken in."""
    story.tell("seller_receipt.elapsed", f"Not taken in within {deadline.because.value}: it counts as taken in")
    transitions.take_goods_back(state, policy, story)


def buyer_reaction_plans(state: AfterSaleState, policy: Policy) -> Iterable[Plan]:
    """The buyer's reaction to a refusal."""
    since = (state.refused_at, state.refused_by)
    return _plan(state, policy, BUYER_REACTION, since, AfterSaleStage.REFUSED, "after_sale.buyer_reacts")


def pass_buyer_reaction(state: AfterSaleState, policy: Policy, deadline: Deadline, story: Story) -> None:
    """The refusal stands."""
    within = deadline.because.value
    transitions.close(state, AfterSaleOutcome.REJECTED, story, f"Closed: no reaction to the refusal within {within}")


def replacement_receipt_plans(state: AfterSaleState, policy: Policy) -> Iterable[Plan]:
    """The buyer's confirmation of the replacement, as long as an order's receipt takes.

    It stands still while the replacement comes back, and has no reason while it is to be sent again.
    """
    since = (awaited_since(state), state.replacement_by)
    stage = AfterSaleStage.AWAITING_BUYER_RECEIPT
    for plan in _plan(state, policy, "replacement_receipt", since, stage, "receipt.auto_confirm"):
        again = state.at is AfterSaleStage.AWAITING_REPLACEMENT
        outcome = DeadlineState.CANCELLED if again else plan.outcome
        yield plan.model_copy(update={"outcome": outcome, "stands_still": tuple(coming_back_times(state))})


def pass_replacement_receipt(state: AfterSaleState, policy: Policy, deadline: Deadline, story: Story) -> None:
    """Receipt of the replacement is confirmed by timeout."""
    story.tell("replacement.confirmed", "The replacement counts as received")
    transitions.finish_replacement(state, policy, story)


def evidence_plans(state: AfterSaleState, policy: Policy) -> Iterable[Plan]:
    """Both sides' evidence for the platform's agent."""
    if state.intervention is None:
        return ()
    since = (state.intervention.asked_at, state.intervention.by)
    stage = AfterSaleStage.PLATFORM_INTERVENTION
    return _plan(state, policy, "evidence", since, stage, "after_sale.evidence_within")


def pass_evidence(state: AfterSaleState, policy: Policy, deadline: Deadline, story: Story) -> None:
    """From now on the agent decides on what is there."""
    if state.intervention:
        state.intervention.evidence_closed = True
    story.tell("evidence.closed", "No more evidence is taken: the platform decides on what is there")


def follow_up_plans(state: AfterSaleState, policy: Policy) -> Iterable[Plan]:
    """Somebody follows the platform's agent up every day (S4-67)."""
    if state.intervention is None:
        return
    asked_at, by, times = state.intervention.asked_at, state.intervention.by, state.intervention.follow_ups
    yield Plan(
        kind="platform_follow_up",
        started_at=asked_at,
        due_at=asked_at + (times + 1) * DAILY,
        because=Because(event_type=by.type, event_id=by.id, rule="S4-67", policy=policy.id, value="P1D"),
        outcome=_outcome(state, "platform_follow_up", AfterSaleStage.PLATFORM_INTERVENTION),
    )


def pass_follow_up(state: AfterSaleState, policy: Policy, deadline: Deadline, story: Story) -> None:
    """A task for today, and the clock goes on to tomorrow."""
    if state.intervention:
        state.intervention.follow_ups += 1
        story.ask_for(PLATFORM_FOLLOW_UP, matter=follow_up_matter(state))


def return_check_plans(state: AfterSaleState, policy: Policy) -> Iterable[Plan]:
    """Somebody looks every day where a return is that has not arrived (S4-57), be its request closed or not."""
    if state.sent_back is None:
        yield from withdrawn(state.deadlines, "return_check")
        return
    sent_at, by, times = state.sent_back.sent_at, state.sent_back.by, state.sent_back.checks
    over = _outcome(state, "return_check", AfterSaleStage.AWAITING_SELLER_RECEIPT) or DeadlineState.CANCELLED
    yield Plan(
        kind="return_check",
        started_at=sent_at,
        due_at=sent_at + (times + 1) * DAILY,
        because=Because(event_type=by.type, event_id=by.id, rule="S4-57", policy=policy.id, value="P1D"),
        outcome=None if is_looked_for(state) else DeadlineState.MET if has_arrived(state) else over,
    )


def pass_return_check(state: AfterSaleState, policy: Policy, deadline: Deadline, story: Story) -> None:
    """A task for today in place of yesterday's, and the clock goes on to tomorrow."""
    if state.sent_back:
        state.sent_back.checks += 1
        story.ask_for(CHECK_RETURN, matter=check_matter(state), variant=check_form(state))


def refund_approval_plans(state: AfterSaleState, policy: Policy) -> Iterable[Plan]:
    """The approval of a refund that the shop wants decided, as long as an answer to unshipped goods takes."""
    if state.approval is None:
        return
    asked_at, by, rule = state.approval.asked_at, state.approval.by, "after_sale.answer_unshipped"
    term = attrgetter(rule)(policy)
    yield Plan(
        kind="refund_approval",
        started_at=asked_at,
        due_at=asked_at + term.value,
        because=Because(event_type=by.type, event_id=by.id, rule=rule, policy=policy.id, value=term.text),
        outcome=DeadlineState.MET if state.approval.granted_by else None,
    )


def pass_refund_approval(state: AfterSaleState, policy: Policy, deadline: Deadline, story: Story) -> None:
    """What was granted is paid: nobody can keep it by saying nothing."""
    story.tell("refund_approval.elapsed", f"Not approved within {deadline.because.value}: the refund goes")
    transitions.release(state, story)


CLOCKS: tuple[ClockRule[AfterSaleState], ...] = (
    ClockRule(kind=SELLER_ANSWER, title="Seller's answer", plans=seller_answer_plans, consequence=pass_seller_answer),
    ClockRule(kind=BUYER_RETURN, title="Goods sent back", plans=buyer_return_plans, consequence=pass_buyer_return),
    ClockRule(
        kind=RETURN_WAYBILL,
        title="Return waybill asked for",
        plans=return_waybill_plans,
        consequence=pass_return_waybill,
    ),
    ClockRule(
        kind="seller_receipt", title="Goods taken in", plans=seller_receipt_plans, consequence=pass_seller_receipt
    ),
    ClockRule(
        kind=BUYER_REACTION, title="Buyer's reaction", plans=buyer_reaction_plans, consequence=pass_buyer_reaction
    ),
    ClockRule(
        kind="replacement_receipt",
        title="Replacement received",
        plans=replacement_receipt_plans,
        consequence=pass_replacement_receipt,
    ),
    ClockRule(
        kind="refund_approval", title="Refund approved", plans=refund_approval_plans, consequence=pass_refund_approval
    ),
    ClockRule(kind="evidence", title="Evidence", plans=evidence_plans, consequence=pass_evidence),
    ClockRule(kind="platform_follow_up", title="Daily follow-up", plans=follow_up_plans, consequence=pass_follow_up),
    ClockRule(
        kind="return_check", title="Daily look at a return", plans=return_check_plans, consequence=pass_return_check
    ),
)
