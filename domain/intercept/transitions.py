"""The transitions of an interception's life."""

from domain.case.cause import Evidence
from domain.case.story import Story
from domain.intercept.fees import book_fee
from domain.intercept.state import InterceptStage, InterceptState
from domain.intercept.tasks import CLAIM_RETURN, OFFLINE_INTERCEPT
from domain.parcels.journey import Where, where_is
from domain.times import Instant


def move(state: InterceptState, stage: InterceptStage, story: Story, summary: str, **data: str) -> None:
    """The interception stands elsewhere now."""
    state.stage = stage
    story.tell(f"intercept.{stage}", summary, stage=stage, **data)


def take_answer(
    state: InterceptState, story: Story, *, intercepted: bool, reason: str | None, at: Instant, by: Evidence
) -> None:
    """The carrier's word: a success costs its fee, a failure nothing (S1-36, S1-37).

    The carrier's own times settle a race with delivery: what the buyer signed for before was not stopped.
    """
    if intercepted and state.signed_at is not None and state.signed_at < at:
        intercepted, reason = False, "signed"
    if state.at is not InterceptStage.REQUESTED and not _is_late_success(state, intercepted=intercepted):
        story.tell("intercept.answer", "The carrier answered again: noted")
        return
    state.answered_at, state.answered_by, state.reason = at, by, None if intercepted else reason
    if intercepted:
        book_fee(state, story)
        stop(state, story)
    else:
        state.failed_at, state.failed_by = at, by
        said = f"{state.parcel_name} could not be stopped: {reason or 'no reason given'}"
        move(state, InterceptStage.FAILED, story, said, **({"carrier_reason": reason} if reason else {}))
        story.ask_for(OFFLINE_INTERCEPT, matter="branch")


def stop(state: InterceptState, story: Story) -> None:
    """The parcel comes back, or is back already where the answer came after its way."""
    state.outcome = None
    move(state, InterceptStage.INTERCEPTED, story, f"{state.parcel_name} is stopped and comes back")
    if where_is(state.parcel) is Where.RETURNED:
        move(state, InterceptStage.RETURNED, story, f"{state.parcel_name} is back with the sender")
    elif state.signed_at is not None:
        story.ask_for(CLAIM_RETURN, matter="signed")


def _is_late_success(state: InterceptState, *, intercepted: bool) -> bool:
    """The branch stopped what could not be stopped online (S1-42)."""
    return intercepted and state.open and state.at is InterceptStage.FAILED


def deliver(state: InterceptState, story: Story) -> None:
    """The buyer has the parcel: it came too late, or the carrier let a stopped parcel go (S1-35)."""
    cause = story.cause
    if state.at is InterceptStage.REQUESTED:
        take_answer(state, story, intercepted=False, reason="signed", at=cause.at, by=cause.evidence)
    elif state.at is InterceptStage.INTERCEPTED:
        story.ask_for(CLAIM_RETURN, matter="signed")


def bring_back(state: InterceptState, story: Story) -> None:
    """The goods are back with the sender; damage may still be claimed."""
    if state.at is InterceptStage.INTERCEPTED:
        move(state, InterceptStage.RETURNED, story, f"{state.parcel_name} is back with the sender")


def end(state: InterceptState, story: Story, stage: InterceptStage, summary: str) -> None:
    """Nothing more can come of it."""
    state.outcome, state.open = stage, False
    move(state, stage, story, summary)
