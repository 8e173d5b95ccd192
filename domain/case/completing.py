"""Completing a work item: a person says what came of their task, and the case acts on it."""

from collections.abc import Iterable
from functools import cache, partial
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, SerializeAsAny, StringConstraints, create_model, field_validator

from domain.case.action import ActionContext, S
from domain.case.declare import ActionRule, AnyAction, AnyOutcome, Life, Nothing, StockWanted, TaskForm, TaskRule
from domain.case.escalating import ESCALATION, escalation
from domain.case.idle import CASE_STANDS_STILL, stands_still
from domain.case.story import Story
from domain.case.work import WorkItem, WorkState
from domain.errors import Refusal
from domain.policy import policy
from domain.policy.labels import in_english
from domain.privacy import NoteText, own_words
from domain.roles import SHOP_STAFF

COMPLETE = "complete_work_item"
"""The name of the update that carries it; a case offers it by its tasks, not among its actions."""


OF_EVERY_KIND = (ESCALATION, CASE_STANDS_STILL)
"""The tasks that every kind of case may make."""


class Unread(BaseModel):
    """Data as it was sent, before the case has read it as its outcome asks for it."""

    model_config = ConfigDict(extra="allow")


class Completion(BaseModel):
    """What came of a task; the note stays in the store, `data` is what its outcome asks for."""

    model_config = ConfigDict(extra="forbid")

    item_id: str
    outcome: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,63}$")]
    note: NoteText = ""
    data: SerializeAsAny[BaseModel] = Unread()

    @field_validator("data", mode="before")
    @classmethod
    def _keep_as_sent(cls, data: object) -> object:
        return data if isinstance(data, BaseModel) else Unread.model_validate(data)

    def data_as_json(self) -> dict[str, Any]:
        """The data for the store, without what was left out."""
        return self.data.model_dump(mode="json", exclude_none=True)


def task_rule(life: Life[S], name: str) -> TaskRule[S]:
    """A task of this kind of case, or of every kind; KeyError if there is none of that name."""
    if name == ESCALATION:
        return escalation(partial(_proposable, life))
    return stands_still(life) if name == CASE_STANDS_STILL else life.task(name)


def _proposable(life: Life[S], name: str) -> AnyAction[S]:
    return completing(life) if name == COMPLETE else life.action(name)


def outcome_rule(life: Life[S], item: TaskForm, outcome: str) -> AnyOutcome[S] | None:
    """What the case does with that outcome of a task; None: it is noted only, as is all of a task it has no more."""
    try:
        return task_rule(life, item.type).outcome(outcome, item.variant)
    except KeyError:
        return None


def data_of(life: Life[S], item: TaskForm, outcome: str) -> type[BaseModel]:
    """What a person says with that outcome of a task."""
    rule = outcome_rule(life, item, outcome)
    return rule.data if rule else Nothing


def completing(life: Life[S]) -> ActionRule[S, Completion]:
    """The step by which a task of this kind of case is completed."""

    def reads(state: S, input_: Completion) -> Completion:
        """Reads the data; words of one's own in it may name people, so they go with the note."""
        item = state.task(input_.item_id)
        if item is None or input_.outcome not in policy(state.policy).work.tasks[item.type].outcomes_for(item.variant):
            return input_  # to be refused
        model, raw = data_of(life, item, input_.outcome), input_.data.model_dump()
        note = "；".join(words for words in (input_.note, *own_words(model, raw)) if words)
        return Completion(item_id=input_.item_id, outcome=input_.outcome, note=note, data=_read(model, raw))

    def refusals(context: ActionContext[S, Completion | None]) -> Iterable[Refusal]:
        if context.input is None:
            return
        item = context.state.task(context.input.item_id)
        if item is None:
            yield Refusal(code="unknown_item", message="The case has no such task.")
        elif item.state is not WorkState.OPEN:
            yield Refusal(code="already_settled", message=f"This task is {item.state} already.")
        else:
            yield from _against(life, context.with_input(context.input), item)

    def take(context: ActionContext[S, Completion], story: Story) -> dict[str, Any]:
        input_, item = context.input, context.state.task(context.input.item_id)
        assert item is not None, "refused above"
        item.state, item.outcome, item.data = WorkState.DONE, input_.outcome, input_.data_as_json()
        item.done_at, item.done_by, item.version = story.cause.now, context.actor.account, context.state.version
        note = {"note": input_.note} if input_.note else {}
        story.tell(
            "work_item.done",
            f"Task done: {story.catalogue.tasks[item.type].title.en}, {in_english('outcome', input_.outcome)}",
            item_id=item.item_id,
            type=item.type,
            outcome=item.outcome,
            **note,
        )
        rule = outcome_rule(life, item, input_.outcome)
        came = rule.take(context.with_input(input_.data), item, story) if rule else None
        return {"item_id": item.item_id, "outcome": item.outcome} | (came or {})

    def wants(state: S, input_: Completion) -> StockWanted | None:
        item = state.task(input_.item_id)
        rule = outcome_rule(life, item, input_.outcome) if item else None
        if item is None or rule is None or rule.wants is None:
            return None
        return rule.wants(state, item, input_.data)

    return ActionRule(
        name=COMPLETE,
        title="Complete a task",
        input=Completion,
        roles=SHOP_STAFF,
        refusals=refusals,
        take=take,
        wants=wants,
        reads=reads,
        sees_goods=any(outcome.sees_goods for task in life.tasks for outcome in task.outcomes),
    )


def _against(life: Life[S], context: ActionContext[S, Completion], item: WorkItem) -> Iterable[Refusal]:
    input_, known = context.input, context.policy.work.tasks[item.type].outcomes_for(item.variant)
    if input_.outcome not in known:
        yield Refusal(code="unknown_outcome", message=f"The outcome must be one of {', '.join(known)}.")
    elif rule := outcome_rule(life, item, input_.outcome):
        if why := rule.forbids(context.actor):
            yield why
        if rule.refusals:
            yield from rule.refusals(context.with_input(input_.data), item)


def _read(model: type[BaseModel], data: dict[str, Any]) -> BaseModel:
    """The data as that model; what is wrong with it is found under `data`."""
    outcome_data: BaseModel = dict(_with_data(model).model_validate({"data": data}))["data"]
    return outcome_data


@cache
def _with_data(model: type[BaseModel]) -> type[BaseModel]:
    return create_model("Completed", data=(model, ...))
