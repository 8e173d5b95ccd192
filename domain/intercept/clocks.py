"""The clocks of an interception: the carrier's answer, the branch's, the way back, the time for a claim."""

from collections.abc import Iterable
from datetime import timedelta

from domain.case.cause import Evidence
from domain.case.deadline import Because, Deadline, DeadlineState, Plan, find
from domain.case.declare import ClockRule
from domain.case.story import Story
from domain.intercept import transitions
from domain.intercept.state import InterceptStage, InterceptState
from domain.intercept.tasks import CARRIER_SILENT, CLAIM_RETURN, CLAIM_UNPAID
from domain.policy import Policy
from domain.times import Instant, iso_duration

CARRIER_ANSWERS = timedelta(hours=1)
"""Carriers answer in seconds (S1-03); after an hour somebody asks."""
GIVEN_UP = timedelta(days=30)
"""Without any answer for so long, the parcel was not stopped."""
BRANCH_ANSWERS = timedelta(hours=24)
"""A branch that is asked by phone answers within 24 hours (S1-42)."""
COMES_BACK = timedelta(days=15)
"""For a stopped parcel to come back; then somebody claims it (S1-35)."""
CLAIMED_WITHIN = timedelta(days=30)
"""For a claim after the parcel came back, or did not."""
SETTLED_WITHIN = timedelta(days=15)
"""For the carrier to settle a claim, offline; then finance asks (S1-09)."""


def _plan(
    state: InterceptState,
    policy: Policy,
    kind: str,
    since: tuple[Instant | None, Evidence | None],
    within: timedelta,
    rule: str,
    *,
    waits: bool,
) -> Iterable[Plan]:
    started_at, by = since
    if started_at is None or by is None:
        return
    kept = find(state.deadlines, kind)
    over = kept is not None and kept.state is DeadlineState.ELAPSED
    yield Plan(
        kind=kind,
        started_at=started_at,
        due_at=started_at + within,
        because=Because(event_type=by.type, event_id=by.id, rule=rule, policy=policy.id, value=iso_duration(within)),
        outcome=None if waits else DeadlineState.CANCELLED if over or not state.open else DeadlineState.MET,
    )


def carrier_answer_plans(state: InterceptState, policy: Policy) -> Iterable[Plan]:
    """The carrier's answer."""
    waits, since = state.at is InterceptStage.REQUESTED, (state.opened_at, state.asked_by)
    return _plan(state, policy, "carrier_answer", since, CARRIER_ANSWERS, "S1-03", waits=waits)


def pass_carrier_answer(state: InterceptState, policy: Policy, deadline: Deadline, story: Story) -> None:
    """Somebody asks the carrier; until it answers, nothing is booked and nothing refunded."""
    story.ask_for(CARRIER_SILENT, matter="answer")


def any_answer_plans(state: InterceptState, policy: Policy) -> Iterable[Plan]:
    """The last time for any answer at all."""
    waits, since = state.at is InterceptStage.REQUESTED, (state.opened_at, state.asked_by)
    return _plan(state, policy, "any_answer", since, GIVEN_UP, "S1-36", waits=waits)


def pass_any_answer(state: InterceptState, policy: Policy, deadline: Deadline, story: Story) -> None:
    """Neither the carrier nor a person who asked it said anything: it ends, free."""
    state.reason = "no_answer"
    transitions.end(state, story, InterceptStage.FAILED, "The carrier never answered: not stopped, no fee")


def branch_answer_plans(state: InterceptState, policy: Policy) -> Iterable[Plan]:
    """The branch's answer, where the online interception failed."""
    waits, since = state.open and state.at is InterceptStage.FAILED, (state.failed_at, state.failed_by)
    return _plan(state, policy, "branch_answer", since, BRANCH_ANSWERS, "S1-42", waits=waits)


def pass_branch_answer(state: InterceptState, policy: Policy, deadline: Deadline, story: Story) -> None:
    """The fallback has had its time: the parcel goes on to the buyer."""
    transitions.end(state, story, InterceptStage.FAILED, "Not stopped: the parcel goes on to the buyer")


def comes_back_plans(state: InterceptState, policy: Policy) -> Iterable[Plan]:
    """The stopped parcel's way back."""
    if state.at in (InterceptStage.REQUESTED, InterceptStage.FAILED):
        return ()
    since, waits = (state.answered_at, state.answered_by), state.at is InterceptStage.INTERCEPTED and not state.claim
    return _plan(state, policy, "comes_back", since, COMES_BACK, "S1-35", waits=waits)


def pass_comes_back(state: InterceptState, policy: Policy, deadline: Deadline, story: Story) -> None:
    """Somebody asks the carrier, and claims (S1-35)."""
    story.ask_for(CLAIM_RETURN, matter="return")


def claim_plans(state: InterceptState, policy: Policy) -> Iterable[Plan]:
    """The time for a claim, also for damage found when the parcel is back."""
    if state.at in (InterceptStage.REQUESTED, InterceptStage.FAILED):
        return ()
    since = (state.answered_at, state.answered_by)
    waits = state.open and state.claim is None
    return _plan(state, policy, "claim", since, CLAIMED_WITHIN, "S1-32", waits=waits)


def pass_claim(state: InterceptState, policy: Policy, deadline: Deadline, story: Story) -> None:
    """Nobody claimed: it ends as it stands."""
    transitions.end(state, story, state.at, "Ended: no claim was filed")


def claim_settled_plans(state: InterceptState, policy: Policy) -> Iterable[Plan]:
    """The carrier's payment of a claim."""
    since = (state.claim.filed_at, state.claim.filed_by) if state.claim else (None, None)
    return _plan(state, policy, "claim_settled", since, SETTLED_WITHIN, "S1-09", waits=state.open)


def pass_claim_settled(state: InterceptState, policy: Policy, deadline: Deadline, story: Story) -> None:
    """Finance asks the carrier."""
    story.ask_for(CLAIM_UNPAID, matter="claim")


CLOCKS: tuple[ClockRule[InterceptState], ...] = (
    ClockRule(
        kind="carrier_answer", title="Carrier's answer", plans=carrier_answer_plans, consequence=pass_carrier_answer
    ),
    ClockRule(kind="any_answer", title="Any answer at all", plans=any_answer_plans, consequence=pass_any_answer),
    ClockRule(kind="branch_answer", title="Branch's answer", plans=branch_answer_plans, consequence=pass_branch_answer),
    ClockRule(kind="comes_back", title="Parcel back", plans=comes_back_plans, consequence=pass_comes_back),
    ClockRule(kind="claim", title="Time for a claim", plans=claim_plans, consequence=pass_claim),
    ClockRule(kind="claim_settled", title="Claim settled", plans=claim_settled_plans, consequence=pass_claim_settled),
)
