"""Tasks past due are told to the supervisors, then to the owner; steps beyond an account's authority to the owner.

The task itself stays where it is: an escalation is a task of its own about it, that goes away when it is settled.
"""

from collections.abc import Iterable

from domain.case.deadline import Because, Deadline, DeadlineState, Plan
from domain.case.declare import ClockRule
from domain.case.state import CaseState
from domain.case.story import Story
from domain.case.work import WorkItem, WorkState
from domain.policy import Policy
from domain.roles import Group

ESCALATION = "escalation"
PAST_DUE, OVER_AUTHORITY = "past_due", "over_authority"
"""The forms of an escalation."""

TASK_DUE = "task_due"


def task_plans(state: CaseState, policy: Policy) -> Iterable[Plan]:
    """`task_due`: a clock for every task that somebody above hears of when it is past due."""
    counted: dict[str, int] = {}
    for item in state.work_items:
        counted[item.type] = counted.get(item.type, 0) + 1
        if item.escalates:
            within = policy.work.tasks[item.type].within
            yield Plan(
                kind=TASK_DUE,
                subject=f"{item.type}/{counted[item.type]}",
                started_at=item.created_at,
                due_at=item.due_at,
                because=Because(
                    event_type="work_item.made",
                    event_id=item.item_id,
                    rule=f"work.tasks.{item.type}.within",
                    policy=policy.id,
                    value=within.text,
                ),
                outcome=_OUTCOMES[item.state],
            )


_OUTCOMES = {
    WorkState.OPEN: None,
    WorkState.DONE: DeadlineState.MET,
    WorkState.SUPERSEDED: DeadlineState.CANCELLED,
}


def _task_passed(state: CaseState, policy: Policy, deadline: Deadline, story: Story) -> None:
    """The supervisors hear of a task past due; when they have not settled it in time either, the owner does."""
    item = state.task(deadline.because.event_id)
    assert item is not None, "the clock is the task's"
    if item.type != ESCALATION:
        story.ask_for(ESCALATION, matter=item.item_id, variant=PAST_DUE, group=Group.SUPERVISOR)
    elif item.group is Group.SUPERVISOR:
        item.group, item.due_at, item.version = Group.OWNER, story.due(ESCALATION), state.version
        story.tell("work_item.handed_up", "Task for owner: past due with the supervisors", item_id=item.item_id)


TASK_DUE_CLOCK: ClockRule[CaseState] = ClockRule(
    kind=TASK_DUE,
    title="Task due",
    plans=task_plans,
    passed=_task_passed,
)


def escalation_needed(state: CaseState, item: WorkItem) -> bool:
    """Whether what was escalated is still to be settled."""
    if item.variant == PAST_DUE:
        about = state.task(item.matter)
        return about is not None and about.state is WorkState.OPEN
    task = state.task(item.proposal.given.get("item_id", "")) if item.proposal else None
    return state.open and (task is None or task.state is WorkState.OPEN)
