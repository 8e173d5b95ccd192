"""The clocks of a hold: the ERP's answer, refunds opening, the ship deadline coming near."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from domain.case.deadline import Because, Deadline, DeadlineState, Plan, find
from domain.case.declare import ClockRule
from domain.case.story import Story
from domain.hold.state import HoldStage, HoldState
from domain.hold.tasks import ERP_SILENT, HOLD_FOLLOW_UP, HOLD_RELEASE_DUE, REFUNDS_OPEN, RELEASE_DUE
from domain.policy import Policy
from domain.times import iso_instant

ERP_ANSWERS = timedelta(hours=1)
"""How long an ERP may take to answer a lock before somebody asks."""


def _plan(
    state: HoldState, policy: Policy, kind: str, due_at: datetime, rule: str, value: str, *, met: bool
) -> Iterable[Plan]:
    kept = find(state.deadlines, kind)
    over = not state.open or (met and kept is not None and kept.state is DeadlineState.ELAPSED)
    yield Plan(
        kind=kind,
        started_at=state.opened_at,
        due_at=due_at,
        because=Because(
            event_type=state.asked_by.type, event_id=state.asked_by.id, rule=rule, policy=policy.id, value=value
        ),
        outcome=DeadlineState.CANCELLED if over else DeadlineState.MET if met else None,
    )


def erp_answer_plans(state: HoldState, policy: Policy) -> Iterable[Plan]:
    """The ERP's answer to a lock."""
    if not state.locks:
        return ()
    due_at, met = state.opened_at + ERP_ANSWERS, state.at is not HoldStage.LOCKING
    return _plan(state, policy, "erp_answer", due_at, "S0-18", "PT1H", met=met)


def pass_erp_answer(state: HoldState, policy: Policy, deadline: Deadline, story: Story) -> None:
    """Somebody asks; silence is never called a success."""
    story.ask_for(ERP_SILENT, matter="lock")


def refunds_open_plans(state: HoldState, policy: Policy) -> Iterable[Plan]:
    """The moment from which the buyer can ask for a refund; it moves with its campaign.

    Where the campaign freezes refunds no longer, they are open from the moment the hold learns it.
    """
    opens, kept = state.surroundings.refunds_open_at, find(state.deadlines, REFUNDS_OPEN)
    if kept is None and (opens is None or opens <= state.opened_at):
        return ()
    if opens is None:
        assert kept is not None
        opens = min(kept.due_at, state.updated_at)
    due_at, met = max(opens, state.opened_at), state.surroundings.refund_open
    return _plan(state, policy, REFUNDS_OPEN, due_at, "campaign.refunds_frozen", iso_instant(opens), met=met)


def pass_refunds_open(state: HoldState, policy: Policy, deadline: Deadline, story: Story) -> None:
    """Locked and no refund asked for: are the goods still wanted? (S0-29)."""
    story.ask_for(HOLD_FOLLOW_UP, matter=iso_instant(deadline.due_at))


def release_due_plans(state: HoldState, policy: Policy) -> Iterable[Plan]:
    """Before the ship deadline, by as much as its alert comes before it (S0-30).

    While the ship deadline does not run, because all that is unshipped is asked back, this one stays where it was.
    """
    ship_by, kept = state.surroundings.ship_by, find(state.deadlines, RELEASE_DUE)
    if ship_by is not None:
        head_start = policy.ship.within.value - policy.ship.alert_after.value
        due_at = max(ship_by - head_start, state.opened_at + timedelta(minutes=1))
    elif kept is not None:
        due_at = kept.due_at
    else:
        return ()
    met = state.surroundings.refund_open
    return _plan(state, policy, RELEASE_DUE, due_at, "ship.alert_after", policy.ship.alert_after.text, met=met)


def pass_release_due(state: HoldState, policy: Policy, deadline: Deadline, story: Story) -> None:
    """Somebody decides before the shipment is late."""
    story.ask_for(HOLD_RELEASE_DUE, matter=iso_instant(deadline.due_at))


CLOCKS: tuple[ClockRule[HoldState], ...] = (
    ClockRule(kind="erp_answer", title="ERP's answer", plans=erp_answer_plans, consequence=pass_erp_answer),
    ClockRule(kind=REFUNDS_OPEN, title="Refunds open", plans=refunds_open_plans, consequence=pass_refunds_open),
    ClockRule(kind=RELEASE_DUE, title="Release in time", plans=release_due_plans, consequence=pass_release_due),
)
