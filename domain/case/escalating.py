"""Tasks past due are told to the supervisors, then to the owner; steps beyond an account's authority to the owner.

The task itself stays where it is: an escalation is a task of its own about it, that goes away when it is settled. The
owner's approval takes the step that it carries, as the approver would take it (S4-66).
"""

from collections.abc import Callable, Iterable
from typing import Any

from pydantic import BaseModel

from domain.case.action import ActionContext, S
from domain.case.deadline import Because, Deadline, DeadlineState, Plan
from domain.case.declare import AnyAction, ClockRule, Nothing, OutcomeRule, TaskRule
from domain.case.state import CaseState
from domain.case.story import Story
from domain.case.work import WorkItem, WorkState
from domain.errors import Refusal
from domain.policy import Policy
from domain.roles import Group
from domain.times import iso_instant

ESCALATION = "escalation"
PAST_DUE, OVER_AUTHORITY = "past_due", "over_authority"
"""The forms of an escalation."""

APPROVED = "done"
"""The outcome of an escalation that takes the step it carries."""

TASK_DUE = "task_due"


def task_due_plans(state: CaseState, policy: Policy) -> Iterable[Plan]:
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


def _pass_task_due(state: CaseState, policy: Policy, deadline: Deadline, story: Story) -> None:
    """The supervisors hear of a task past due; when they have not settled it in time either, the owner does."""
    item = state.task(deadline.because.event_id)
    assert item is not None, "the clock is the task's"
    if item.type != ESCALATION:
        story.ask_for(ESCALATION, matter=item.item_id, variant=PAST_DUE, group=Group.SUPERVISOR)
    elif item.group is Group.SUPERVISOR:
        item.group, item.due_at, item.version = Group.OWNER, story.due(ESCALATION), state.version
        said = "Task for owner: past due with the supervisors"
        story.tell("work_item.handed_up", said, item_id=item.item_id, type=item.type)


TASK_DUE_CLOCK: ClockRule[CaseState] = ClockRule(
    kind=TASK_DUE,
    title="Task due",
    plans=task_due_plans,
    consequence=_pass_task_due,
)


def escalation(step: Callable[[str], AnyAction[S]]) -> TaskRule[S]:
    """The task that every kind of case may make; `step` finds the action that a proposal names."""

    def against(context: ActionContext[S, Nothing], item: WorkItem) -> Iterable[Refusal]:
        action, proposed = _read_proposal(context, item, step)
        if why := action.forbids(context.actor):
            yield why
        yield from action.refusals(proposed)

    def approve(context: ActionContext[S, Nothing], item: WorkItem, story: Story) -> dict[str, Any]:
        action, proposed = _read_proposal(context, item, step)
        return {"result": action.take(proposed, story)}

    outcomes = (OutcomeRule(name=APPROVED, data=Nothing, take=approve, variants=(OVER_AUTHORITY,), refusals=against),)
    return TaskRule(
        name=ESCALATION,
        needed=_escalation_needed,
        outcomes=outcomes,
        script_values={"task": _task, "due_at": _due_at, "step": _step, "account": _account, "amount": _amount},
        always_known=frozenset({"task", "due_at", "step", "account"}),
    )


def _read_proposal(
    context: ActionContext[S, object], item: WorkItem, step: Callable[[str], AnyAction[S]]
) -> tuple[AnyAction[S], ActionContext[S, BaseModel]]:
    assert item.proposal is not None, "made with the step"
    action = step(item.proposal.action)
    return action, context.with_input(action.read(item.proposal.input, lambda: context.state))


def _escalation_needed(state: CaseState, item: WorkItem) -> bool:
    """Whether what was escalated is still to be settled."""
    if item.variant == PAST_DUE:
        about = state.task(item.matter)
        return about is not None and about.state is WorkState.OPEN
    task = _proposed_task(state, item)
    return state.open and (task is None or task.state is WorkState.OPEN)


def _proposed_task(state: CaseState, item: WorkItem) -> WorkItem | None:
    """The task that would be done by the step; None for another step."""
    return state.task(item.proposal.input.get("item_id", "")) if item.proposal else None


def _task(state: CaseState, policy: Policy, item: WorkItem) -> str:
    about = state.task(item.matter)
    return about.type if about else ""


def _due_at(state: CaseState, policy: Policy, item: WorkItem) -> str:
    about = state.task(item.matter)
    return iso_instant(about.due_at) if about else ""


def _step(state: CaseState, policy: Policy, item: WorkItem) -> str:
    if item.proposal is None:
        return ""
    task = _proposed_task(state, item)
    if task is None:
        return item.proposal.action
    return f"{task.type}/{item.proposal.input['outcome']}"


def _account(state: CaseState, policy: Policy, item: WorkItem) -> str:
    return item.proposal.by.account if item.proposal else ""


def _amount(state: CaseState, policy: Policy, item: WorkItem) -> str | None:
    """What the step names; where it names none, what the case itself is about."""
    amount = item.proposal.input.get("amount") if item.proposal else None
    if amount:
        return str(amount)
    return "" if _proposed_task(state, item) else None
