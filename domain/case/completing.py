"""Completing a work item: a person says what came of her task, and the case acts on it."""

from collections.abc import Iterable
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, StringConstraints

from domain.case.declare import ActionRule, AnyAction, Asked, Life, Nothing, S, StockWanted, TaskForm
from domain.case.escalating import ESCALATION
from domain.case.story import Story
from domain.case.work import WorkItem, WorkState
from domain.errors import Refusal
from domain.policy import policy
from domain.privacy import NoteText
from domain.roles import SHOP_STAFF

COMPLETE = "complete_work_item"
"""The name of the update that carries it; a case offers it by its tasks, not among its actions."""

APPROVED = "done"
"""The outcome of an escalation that takes the step it carries."""


class Completion(BaseModel):
    """What came of a task; the note stays in the store, `data` is what its outcome asks for."""

    model_config = ConfigDict(extra="forbid")

    item_id: str
    outcome: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,63}$")]
    note: NoteText = ""
    data: dict[str, Any] = {}


def data_of(life: Life[Any], item: TaskForm, outcome: str) -> type[BaseModel]:
    """What a person says with that outcome of a task."""
    rule = life.outcome(item, outcome)
    return rule.data if rule else Nothing


def completing(life: Life[S]) -> ActionRule[S, Completion]:
    """The step by which a task of this kind of case is completed."""

    def refusals(asked: Asked[S, Completion | None]) -> Iterable[Refusal]:
        if asked.given is None:
            return
        item = asked.state.task(asked.given.item_id)
        if item is None:
            yield Refusal(code="unknown_item", message="The case has no such task.")
        elif item.state is not WorkState.OPEN:
            yield Refusal(code="already_settled", message=f"This task is {item.state} already.")
        else:
            yield from _against(life, asked.with_input(asked.given), item)

    def take(asked: Asked[S, Completion], story: Story) -> dict[str, Any]:
        given, item = asked.given, asked.state.task(asked.given.item_id)
        assert item is not None, "refused above"
        said = data_of(life, item, given.outcome).model_validate(given.data)
        item.state, item.outcome = WorkState.DONE, given.outcome
        item.data = said.model_dump(mode="json", exclude_none=True)
        item.done_at, item.done_by, item.version = story.cause.now, asked.actor.account, asked.state.version
        note = {"note": given.note} if given.note else {}
        story.tell(
            "work_item.done",
            f"Task done: {story.catalogue.tasks[item.type].title.both}, {item.outcome}",
            item_id=item.item_id,
            outcome=item.outcome,
            **note,
        )
        result: dict[str, Any] = {"item_id": item.item_id, "outcome": item.outcome}
        if step := _proposed(life, asked, item):
            action, inner = step
            return result | {"result": action.take(inner, story)}
        if rule := life.outcome(item, given.outcome):
            rule.take(asked.with_input(said), item, story)
        return result

    def wants(state: S, given: Completion) -> StockWanted | None:
        item = state.task(given.item_id)
        rule = life.outcome(item, given.outcome) if item else None
        if item is None or rule is None or rule.wants is None:
            return None
        return rule.wants(state, item, rule.data.model_validate(given.data))

    return ActionRule(
        name=COMPLETE,
        title="Complete a task",
        input=Completion,
        roles=SHOP_STAFF,
        refusals=refusals,
        take=take,
        wants=wants,
    )


def _against(life: Life[S], asked: Asked[S, Completion], item: WorkItem) -> Iterable[Refusal]:
    known = policy(asked.state.policy).work.tasks[item.type].outcomes_for(item.variant)
    if asked.given.outcome not in known:
        yield Refusal(code="unknown_outcome", message=f"The outcome must be one of {', '.join(known)}.")
        return
    if step := _proposed(life, asked, item):
        rule, inner = step
        if why := rule.forbids(asked.actor):
            yield Refusal(code="forbidden", message=why)
        yield from rule.refusals(inner)
    elif outcome := life.outcome(item, asked.given.outcome):
        if asked.actor.role not in outcome.roles:
            why = f"{asked.given.outcome} is for {', '.join(outcome.roles)}; you act as {asked.actor.role}."
            yield Refusal(code="forbidden", message=why)
        if outcome.refusals:
            yield from outcome.refusals(asked.with_input(outcome.data.model_validate(asked.given.data)), item)


def _proposed(
    life: Life[S], asked: Asked[S, Completion], item: WorkItem
) -> tuple[AnyAction[S], Asked[S, BaseModel]] | None:
    """The step that an approved escalation takes, as the approver would take it (S4-66)."""
    if item.type != ESCALATION or item.proposal is None or asked.given.outcome != APPROVED:
        return None
    rule: AnyAction[S] = completing(life) if item.proposal.action == COMPLETE else life.action(item.proposal.action)
    return rule, asked.with_input(rule.input.model_validate(item.proposal.given))
