"""Outcomes of tasks that are actions: a task ends by the deed.

Where an outcome means what an action does, whoever says it takes that action: the same input, roles, permission and
refusals, booked once. And who takes the action ends the task, whose matter is settled then.
"""

from collections.abc import Callable, Iterable
from typing import Annotated, Any

from pydantic import AfterValidator, Field, create_model

from domain.case.action import ActionContext, S
from domain.case.declare import ActionRule, Input, OutcomeRule, StockWanted
from domain.case.story import Story
from domain.case.work import WorkItem
from domain.errors import Refusal
from domain.invalid import InvalidValue


def by_action(outcome: str, action: ActionRule[S, Input], **means: object) -> OutcomeRule[S, Input]:
    """The outcome by which a task ends with that action.

    Args:
        outcome: its name in the catalogue.
        action: what whoever says it takes.
        means: fields of the action's input that the outcome says by itself (`conforming=True`): they may be left out,
            and must not say anything else.
    """

    def refusals(context: ActionContext[S, Input], item: WorkItem) -> Iterable[Refusal]:
        return action.refusals(context)

    def take(context: ActionContext[S, Input], item: WorkItem, story: Story) -> dict[str, Any]:
        return action.take(context, story)

    def wants(state: S, item: WorkItem, input_: Input) -> StockWanted | None:
        return action.wants(state, input_) if action.wants else None

    return OutcomeRule(
        name=outcome,
        data=_saying(action.input, means) if means else action.input,
        take=take,
        roles=action.roles,
        refusals=refusals,
        wants=wants,
        permission=action.permission,
        action=action,
    )


def _saying(model: type[Input], means: dict[str, object]) -> type[Input]:
    """The input with these fields said already."""
    fields: dict[str, Any] = {}
    for name, value in means.items():
        known = model.model_fields[name]
        only = AfterValidator(_only(value))
        fields[name] = (
            Annotated[(known.annotation, *known.metadata, only)],
            Field(default=value, json_schema_extra={"const": value if isinstance(value, bool) else str(value)}),
        )
    said: type[Input] = create_model(model.__name__, __base__=model, __doc__=model.__doc__, **fields)
    return said


def _only(value: object) -> Callable[[object], object]:
    def check(said: object) -> object:
        if said != value:
            raise InvalidValue(f"this outcome says {value}", f"这个处理结果的值只能是 {value}")
        return said

    return check
