"""The life of a ship hold, from top to bottom.

Asked for, it stamps a memo and tells the buyer. With an ERP that locks it awaits the ERP's word, and only that makes it
locked; without, the memo is all there is. It ends when the refund goes through, or released: by a person, or because
the goods left all the same. Meanwhile the ship deadline runs, so somebody is asked to decide before it passes.

The workflow `workflows/hold.py` runs this declaration.
"""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, StringConstraints

from domain.case.child import ORDER_MOVED, fact_of_surroundings, tell_parents
from domain.case.deadline import DeadlineState, find
from domain.case.declare import FactRule, Life, SubjectKind
from domain.case.errand import ErrandResult, LockOrder, PendingErrand
from domain.case.ids import CaseKind
from domain.case.reopening import end_if_decided
from domain.case.story import Story
from domain.case.units import in_words
from domain.case.waiting import first_party
from domain.hold import transitions
from domain.hold.actions import RELEASE
from domain.hold.clocks import CLOCKS
from domain.hold.state import HoldStage, HoldStanding, HoldState, HoldSurroundings
from domain.hold.task_rules import TASKS
from domain.hold.tasks import HOLD_FOLLOW_UP, REFUNDS_OPEN
from domain.hold.waiting import waits_for
from domain.policy import Policy
from domain.roles import Role
from domain.times import iso_instant

MOVED = "hold.moved"


class LockResult(BaseModel):
    """The ERP's word on a lock (S0-19)."""

    hold_case_id: Annotated[str, StringConstraints(min_length=1, max_length=250)]
    locked: bool
    reason: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,63}$")] | None = None


def on_lock_result(state: HoldState, data: LockResult, story: Story) -> None:
    """Reported by the ERP itself."""
    transitions.take_lock_answer(state, story, locked=data.locked, reason=data.reason)


def on_order_moved(state: HoldState, data: HoldSurroundings, story: Story) -> None:
    """The order tells what changed around the hold; a request that was taken back leaves the question open (S0-29)."""
    taken_back = state.surroundings.refund_open and not data.refund_open
    state.surroundings = data
    story.tell(ORDER_MOVED, "The order moved on")
    opens = find(state.deadlines, REFUNDS_OPEN)
    if taken_back and not data.over and (opens is None or opens.state is DeadlineState.ELAPSED):
        story.ask_for(HOLD_FOLLOW_UP, matter=f"{iso_instant(opens.due_at) if opens else ''}#{state.version}")


def after_change(state: HoldState, policy: Policy, story: Story) -> None:
    """After every change: what the order's moves mean."""
    surroundings = state.surroundings
    if state.at is HoldStage.REQUESTED:
        transitions.place(state, story)
    transitions.hold_what_is_here(state, story)
    if state.open and surroundings.refunded:
        transitions.end_refunded(state, story)
    elif state.open and (surroundings.shipped or surroundings.over):
        transitions.release(
            state, story, "Released: the goods left" if surroundings.shipped else "Released: the order is over"
        )
    end_if_decided(state)
    if not state.open and state.told_order and state.told_order.open:
        story.tell("case.ended", f"The case has ended: {state.outcome}")


def tell_order(state: HoldState, story: Story) -> None:
    """Tells the order, if anything but the version changed since it was last told."""
    state.told_order = tell_parents(story, MOVED, standing(state), state.told_order, (state.order_case_id,))


def standing(state: HoldState) -> HoldStanding:
    """How the hold stands now."""
    return HoldStanding(
        case_id=state.case_id,
        version=state.version,
        stage=state.stage,
        open=state.open,
        waits_for=first_party(waits_for, state),
        units=state.units,
        asked=state.asked,
        by_hand=state.by_hand,
    )


def on_errand_result(
    state: HoldState, policy: Policy, pending: PendingErrand, result: ErrandResult, story: Story
) -> None:
    """What the ERP answered at once; `yes` None to a lock: it will say later."""
    errand = pending.errand
    if not isinstance(errand, LockOrder):
        return
    if not errand.lock:
        transitions.take_unlock_answer(state, story, refused=result.refused)
    elif result.yes is not None or result.refused:
        transitions.take_lock_answer(state, story, locked=bool(result.yes), reason=result.reason)
    else:
        story.tell("hold.lock_asked", "The ERP took the lock and will report its result")


def _clock(at: datetime | None) -> str:
    return iso_instant(at) if at else ""


_FACTS = (
    FactRule(
        event_type="erp.lock_result",
        title="The ERP's word on a lock",
        subject=SubjectKind.ORDER,
        data=LockResult,
        senders=(Role.ERP,),
        take_in=on_lock_result,
        target=lambda data: data.hold_case_id,
    ),
    fact_of_surroundings(HoldSurroundings, on_order_moved),
)

SHIP_HOLD = Life(
    kind=CaseKind.SHIP_HOLD,
    state=HoldState,
    facts=_FACTS,
    actions=(RELEASE,),
    clocks=CLOCKS,
    tasks=TASKS,
    after_change=after_change,
    tell=tell_order,
    script_values={
        "lines": lambda state, policy: in_words(state.units, "、"),
        "refunds_open": lambda state, policy: _clock(state.surroundings.refunds_open_at),
        "ship_by": lambda state, policy: _clock(state.surroundings.ship_by),
        "late_since": lambda state, policy: _clock(state.surroundings.ship_by),
    },
    always_known=frozenset({"lines"}),
    on_errand_result=on_errand_result,
    waits_for=waits_for,
)
