"""Tasks change hands: one goes to a colleague, or all of somebody who is away."""

from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator

from api import documented
from api.auth import Caller, allowed_for
from api.context import Context, Here
from api.problems import Conflict, Invalid, NotFound
from api.work_items import LEADS, InLanguage, WorkItemShown, get_work_item
from domain.case.work import WorkState
from domain.errors import Refusal
from domain.roles import SHOP_STAFF, Actor, Group
from domain.shop.staff import Account
from store import accounts, work_items
from store.work_items import WorkItemRecord

router = APIRouter(prefix="/v1/work-items", tags=["work items"], responses=documented.PROBLEMS)


async def _found(item_id: str, caller: Caller, here: Here) -> WorkItemRecord:
    item = await work_items.get_item(here.db, caller.merchant, item_id)
    if item is None:
        raise NotFound(f"There is no task {item_id}.")
    return item


Item = Annotated[WorkItemRecord, Depends(_found)]
Colleague = Annotated[Actor, allowed_for(SHOP_STAFF, "Handing a task over")]
Lead = Annotated[Actor, allowed_for(LEADS, "Handing over what somebody else has")]


class AssignmentAsked(BaseModel):
    """To whom a task goes."""

    model_config = ConfigDict(extra="forbid")

    account: Account = Field(examples=["demo-agent"])


class HandOverAsked(BaseModel):
    """Whose open tasks go to whom, all of them or those of one group; without `to` they go back to their groups."""

    model_config = ConfigDict(extra="forbid")

    from_: Account = Field(alias="from", examples=["demo-agent"])
    to: Account | None = Field(None, examples=["demo-supervisor"])
    group: Group | None = None

    @field_validator("to")
    @classmethod
    def _somebody_else(cls, to: str | None, others: ValidationInfo) -> str | None:
        if to is not None and to == others.data.get("from_"):
            raise ValueError("must be another account than from")
        return to


class HandedOver(BaseModel):
    """How many tasks went over."""

    moved: int = Field(examples=[3])


@router.post("/{item_id}/assign")
async def assign_item(
    item: Item, colleague: Colleague, asked: AssignmentAsked, caller: Caller, here: Here, language: InLanguage
) -> WorkItemShown:
    """Hands one's own task over. Supervisors and the owner hand over anybody's, and give out what nobody has."""
    await _may_act(here, caller.merchant, "account", asked.account)
    holder = None if any(role in LEADS for role in caller.roles) else caller.account
    if not await work_items.hand_over(here.db, caller.merchant, item.item_id, asked.account, holder):
        raise _not_ones_own(await _found(item.item_id, caller, here))
    return await get_work_item(item.item_id, caller, colleague, here, language)


@router.post("/hand-over")
async def hand_over_items(lead: Lead, asked: HandOverAsked, caller: Caller, here: Here) -> HandedOver:
    """Hands over all open tasks of one who is away, or gives them back. For: supervisor, owner."""
    if asked.to is not None:
        await _may_act(here, caller.merchant, "to", asked.to)
    moved = await work_items.hand_over_all(here.db, caller.merchant, asked.from_, asked.to, asked.group)
    return HandedOver(moved=moved)


async def _may_act(here: Context, merchant: str, field: str, account: str) -> None:
    """Raises Invalid for an account that is not of the shop's staff: a task that it had would lie there for ever."""
    found = await accounts.find(here.db, merchant, account)
    if found is None or not found.may_act:
        unknown = Refusal(code="unknown_account", message=f"{field}: nobody of the shop's staff has this account.")
        raise Invalid(unknown.message, code=unknown.code, reasons=[unknown])


def _not_ones_own(item: WorkItemRecord) -> Conflict:
    if item.state is not WorkState.OPEN:
        return Conflict(f"This task is {item.state} already.", code="already_settled")
    if item.assignee is None:
        return Conflict("Nobody has this task; claim it first, or have a supervisor give it out.", code="not_claimed")
    return Conflict(f"{item.assignee} has this task.", code="already_claimed")
