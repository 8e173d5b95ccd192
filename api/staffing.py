"""Tasks change hands: one goes to a colleague, or all of somebody who is away."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator

from api import documented
from api.dependencies import Caller, Here, allowed_for
from api.language import InLanguage
from api.routing import Router
from api.tasks import WorkItemShown, task_shown
from api.work_items import Item
from domain.invalid import InvalidValue
from domain.roles import SHOP_STAFF, Actor, Group
from domain.shop.staff import Account
from services import work
from services.work import LEADS

router = Router(prefix="/v1/work-items", tags=["work items"], responses=documented.PROBLEMS)


Colleague = Annotated[Actor, allowed_for(SHOP_STAFF, "Handing a task over")]
Lead = Annotated[Actor, allowed_for(LEADS, "Handing over what somebody else has")]


class AssignmentRequest(BaseModel):
    """To whom a task goes."""

    model_config = ConfigDict(extra="forbid")

    account: Account = Field(examples=["demo-agent"])


class HandOverRequest(BaseModel):
    """Whose open tasks go to whom, all of them or those of one group; without `to` they go back to their groups."""

    model_config = ConfigDict(extra="forbid")

    from_: Account = Field(alias="from", examples=["demo-agent"])
    to: Account | None = Field(None, examples=["demo-supervisor"])
    group: Group | None = None

    @field_validator("to")
    @classmethod
    def _somebody_else(cls, to: str | None, others: ValidationInfo) -> str | None:
        if to is not None and to == others.data.get("from_"):
            raise InvalidValue("must be another account than from", "须与 from 是不同的账号")
        return to


class HandedOver(BaseModel):
    """How many tasks went over."""

    moved: int = Field(examples=[3])


@router.post("/{item_id}/assign")
async def assign_item(
    item: Item, colleague: Colleague, request: AssignmentRequest, caller: Caller, here: Here, language: InLanguage
) -> WorkItemShown:
    """Hands one's own task over. Supervisors and the owner hand over anybody's, and give out what nobody has."""
    return await task_shown(here, caller, await work.assign_task(here, caller, item, request.account), language)


@router.post("/hand-over")
async def hand_over_items(lead: Lead, request: HandOverRequest, caller: Caller, here: Here) -> HandedOver:
    """Hands over all open tasks of one who is away, or gives them back. For: supervisor, owner."""
    moved = await work.hand_over_tasks(here, caller.merchant, request.from_, request.to, request.group)
    return HandedOver(moved=moved)
