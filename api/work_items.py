"""The inbox: people's tasks in all cases of the shop."""

from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import BaseModel, Field

from api import documented
from api.auth import Caller, allowed_for
from api.context import Here
from api.paging import ListPage, shown
from api.schemas import Page
from domain.case.work import Group, WorkState, WorkType
from domain.lives import TASKS
from domain.roles import SHOP_STAFF, Actor, Role
from domain.times import Instant
from store import work_items
from store.work_items import WorkItemFilter, WorkItemRecord

router = APIRouter(prefix="/v1/work-items", tags=["work items"], responses=documented.PROBLEMS)

Reader = Annotated[Actor, allowed_for((*SHOP_STAFF, Role.PLATFORM, Role.OPS), "Reading work items")]


class WorkItemShown(BaseModel):
    """A task: who, by when, what to say, and what may come of it."""

    item_id: str
    type: str = Field(examples=["unshipped_48h"])
    title: str = Field(examples=["48 小时未发货 · Unshipped for 48 hours"])
    case_id: str = Field(examples=["order:demo:taobao:T1001"])
    group: str = Field(examples=["aftersale"])
    assignee: str | None = None
    state: str = Field(examples=["open"])
    due_at: Instant
    created_at: Instant
    script: str
    outcomes: list[str] = Field(examples=[["out_of_stock", "shipped_not_reported", "will_ship"]])


@router.get("")
async def list_work_items(
    caller: Caller,
    reader: Reader,
    here: Here,
    page: ListPage,
    state: WorkState | None = None,
    group: Group | None = None,
    assignee: str | None = None,
    type: str | None = None,  # noqa: A002 - the contract's name
    case_id: str | None = None,
    due_before: Instant | None = None,
) -> Page[WorkItemShown]:
    """The shop's tasks, the one due first first."""
    wanted = WorkItemFilter(
        state=state, group=group, assignee=assignee, type=type, case_id=case_id, due_before=due_before
    )
    return shown(await work_items.list_items(here.db, caller.merchant, wanted, page.limit, page.cursor), _shown)


def _shown(item: WorkItemRecord) -> WorkItemShown:
    task: WorkType = TASKS[item.type]
    shown_fields: dict[str, Any] = {
        name: getattr(item, name) for name in WorkItemShown.model_fields if hasattr(item, name)
    }
    return WorkItemShown(
        title=task.title, script=task.script_for(item.matter), outcomes=list(task.outcomes), **shown_fields
    )
