"""Completing a work item: a person says what came of her task, and the case acts on it."""

from collections.abc import Iterable
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, StringConstraints

from domain.case.declare import ActionRule, Asked, Life
from domain.case.state import CaseState
from domain.case.story import Story
from domain.case.work import WorkItem, WorkState
from domain.errors import Refusal
from domain.privacy import NoteText
from domain.roles import SHOP_STAFF

COMPLETE = "complete_work_item"
"""The name of the update that carries it; a case offers it by its tasks, not among its actions."""


class Completion(BaseModel):
    """What came of a task; the note stays in the store."""

    model_config = ConfigDict(extra="forbid")

    item_id: str
    outcome: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,63}$")]
    note: NoteText = ""


def completing(life: Life[Any]) -> ActionRule[Any]:
    """The step by which a task of this kind of case is completed."""

    def refusals(asked: Asked[CaseState]) -> Iterable[Refusal]:
        if asked.given is None:
            return
        item = _item(asked.state, asked.given.item_id)
        if item is None:
            yield Refusal(code="unknown_item", message="The case has no such task.")
        elif item.state is not WorkState.OPEN:
            yield Refusal(code="already_settled", message=f"This task is {item.state} already.")
        elif asked.given.outcome not in life.task(item.type).outcomes:
            outcomes = ", ".join(life.task(item.type).outcomes)
            yield Refusal(code="unknown_outcome", message=f"The outcome must be one of {outcomes}.")

    def take(asked: Asked[CaseState], story: Story) -> dict[str, Any]:
        item = _item(asked.state, asked.given.item_id)
        assert item is not None, "refused above"
        item.state, item.outcome, item.version = WorkState.DONE, asked.given.outcome, asked.state.version
        note = {"note": asked.given.note} if asked.given.note else {}
        story.tell("work_item.done", f"Task done: {item.type}, {item.outcome}", item_id=item.item_id, **note)
        if life.completed:
            life.completed(asked.state, asked.policy, item, story)
        return {"item_id": item.item_id, "outcome": item.outcome}

    return ActionRule(
        name=COMPLETE,
        title="Complete a task",
        input=Completion,
        roles=SHOP_STAFF,
        refusals=refusals,
        take=take,
    )


def _item(state: CaseState, item_id: str) -> WorkItem | None:
    return next((item for item in state.work_items if item.item_id == item_id), None)
