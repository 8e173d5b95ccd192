"""The life of an interception, from top to bottom.

Asked for, it awaits the carrier's word. Stopped, the fee is booked, the refund goes on, and the parcel comes back,
or is lost or damaged and claimed. Not stopped, it costs nothing and says why; the branch may be asked by phone, and
after a day without success the parcel goes on to the buyer.

The workflow `workflows/intercept.py` runs this declaration.
"""

from typing import Annotated

from pydantic import BaseModel, StringConstraints

from domain.case.child import tell_parents
from domain.case.declare import FactRule, Life, SubjectKind
from domain.case.errand import AskCarrier, ErrandResult, PendingErrand
from domain.case.ids import CaseKind
from domain.case.parcel import ParcelStatus, Said
from domain.case.reopening import end_if_decided
from domain.case.story import Story
from domain.case.waiting import first_party
from domain.intercept import transitions
from domain.intercept.actions import ACTIONS
from domain.intercept.clocks import CLOCKS
from domain.intercept.state import InterceptStage, InterceptStanding, InterceptState
from domain.intercept.task_rules import TASKS
from domain.intercept.tasks import CLAIM_RETURN
from domain.intercept.waiting import waits_for
from domain.parcels.facts import (
    PARCEL_WORDS,
    WITHDRAWN,
    ExceptionKind,
    ParcelException,
    ReportWithdrawn,
    Scan,
    parcel_facts,
)
from domain.parcels.journey import Where, note, take_back, where_is
from domain.parcels.scans import take_scan
from domain.policy import Policy
from domain.roles import Role

MOVED = "intercept.moved"


class InterceptResult(BaseModel):
    """The carrier's word on an interception that it could not give at once."""

    intercept_case_id: Annotated[str, StringConstraints(min_length=1, max_length=250)]
    intercepted: bool
    reason: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,63}$")] | None = None


def on_intercept_result(state: InterceptState, data: InterceptResult, story: Story) -> None:
    """Reported later, by the carrier itself."""
    cause = story.cause
    transitions.take_answer(
        state, story, intercepted=data.intercepted, reason=data.reason, at=cause.at, by=cause.evidence
    )


def on_scan(state: InterceptState, data: Scan, story: Story) -> None:
    """A scan of the parcel on its way back; its return ends the way, and who signs after that is the sender."""
    status = take_scan(state.parcel, story.cause, state.version)
    story.tell(story.cause.name, f"{state.parcel_name} {PARCEL_WORDS[status]}")
    if status is ParcelStatus.RETURNED:
        transitions.bring_back(state, story)
    elif status is ParcelStatus.SIGNED and where_is(state.parcel) is Where.DELIVERED:
        transitions.deliver(state, story)


def on_exception(state: InterceptState, data: ParcelException, story: Story) -> None:
    """Something went wrong on the way back."""
    note(state.parcel, Said(data.kind), story.cause, state.version)
    story.tell("parcel.exception", f"{state.parcel_name}: {data.kind}", kind=data.kind)
    if (
        data.kind in (ExceptionKind.LOST, ExceptionKind.DAMAGED)
        and state.at is InterceptStage.INTERCEPTED
        and state.claim is None
    ):
        story.ask_for(CLAIM_RETURN, matter=data.kind)


def on_withdrawn(state: InterceptState, data: ReportWithdrawn, story: Story) -> None:
    """What was said of the parcel is not so; what was decided by it stands."""
    if take_back(state.parcel, data.event_id, state.version):
        story.tell(WITHDRAWN, f"{state.parcel_name}: a report of it was withdrawn")


def after_change(state: InterceptState, policy: Policy, story: Story) -> None:
    """After every change: the carrier is asked once."""
    if state.version == 1:
        story.send(AskCarrier(carrier=state.carrier, tracking_no=state.tracking_no))
    end_if_decided(state)


def tell_others(state: InterceptState, story: Story) -> None:
    """Tells request and order, if anything but the version changed since they were last told."""
    parents = [case_id for case_id in (state.after_sale_case_id, state.order_case_id) if case_id]
    state.told_others = tell_parents(story, MOVED, standing(state), state.told_others, parents)


def standing(state: InterceptState) -> InterceptStanding:
    """How the interception stands now."""
    return InterceptStanding(
        case_id=state.case_id,
        version=state.version,
        parcel=state.parcel_name,
        units=state.units,
        stage=state.stage,
        open=state.open,
        waits_for=first_party(waits_for, state),
        intercepted=None if state.at is InterceptStage.REQUESTED else state.at is not InterceptStage.FAILED,
    )


def on_errand_result(
    state: InterceptState, policy: Policy, pending: PendingErrand, result: ErrandResult, story: Story
) -> None:
    """The carrier answered at once; `yes` None: it will say later."""
    if isinstance(pending.errand, AskCarrier) and (result.yes is not None or result.refused):
        at, cause = result.at or story.cause.at, story.cause
        transitions.take_answer(
            state, story, intercepted=bool(result.yes), reason=result.reason, at=at, by=cause.evidence
        )


_RESULT = FactRule(
    event_type="intercept.result",
    title="The carrier's word on an interception",
    subject=SubjectKind.ORDER,
    data=InterceptResult,
    senders=(Role.CARRIER,),
    take_in=on_intercept_result,
    target=lambda data: data.intercept_case_id,
)

PARCEL_INTERCEPT = Life(
    kind=CaseKind.PARCEL_INTERCEPT,
    state=InterceptState,
    facts=(_RESULT, *parcel_facts(on_scan, on_exception, on_withdrawn)),
    actions=ACTIONS,
    clocks=CLOCKS,
    tasks=TASKS,
    after_change=after_change,
    tell=tell_others,
    script_values={
        "carrier": lambda state, policy: state.carrier,
        "tracking_no": lambda state, policy: state.tracking_no,
        "fee": lambda state, policy: str(state.fee),
    },
    always_known=frozenset({"carrier", "tracking_no"}),
    on_errand_result=on_errand_result,
    waits_for=waits_for,
)
