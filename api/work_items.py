"""The inbox: people's tasks in all cases of the shop."""

from dataclasses import asdict
from typing import Annotated, Any, Literal

from fastapi import Depends, Query
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from api import documented
from api.dependencies import Caller, Here, Key, allowed_for
from api.language import InLanguage
from api.paging import ListPage
from api.routing import Router
from api.schemas import PageShown
from api.tasks import TaskInRow, WorkItemShown, task_in_row, task_shown, tasks_shown
from domain.case.work import WorkState
from domain.language import said_in
from domain.roles import SHOP_STAFF, Actor, Group
from domain.times import Instant
from services import accounts, work, work_rows
from services.case_pages import TASK_READERS
from store import work_items
from store.work_items import WorkItemFilter, WorkItemRecord

router = Router(prefix="/v1/work-items", tags=["work items"], responses=documented.PROBLEMS)


ME = "me"
"""The caller, where an account is asked for."""
MINE: Literal["mine"] = "mine"
"""The groups that the caller looks after, where a group is asked for."""

Reader = Annotated[Actor, allowed_for(TASK_READERS, "Reading work items")]


async def _item(item_id: str, caller: Caller, here: Here) -> WorkItemRecord:
    return await work.find_task(here, caller, item_id)


Item = Annotated[WorkItemRecord, Depends(_item)]
"""The task in the address, which must be of the caller's shop; looked for before anything else of the request is."""


Staff = Annotated[Actor, allowed_for(SHOP_STAFF, "Holding a task")]


async def _may_settle(item: Item, caller: Caller) -> None:
    work.require_settler(caller, item)


class CountsShown(BaseModel):
    """How many open tasks there are; `mine` are the caller's own."""

    mine: int
    overdue: int
    by_group: dict[Group, int] = Field(examples=[{"presale": 12}])
    overdue_by_group: dict[Group, int] = Field(examples=[{"presale": 2}])
    by_type: dict[str, int] = Field(examples=[{"payment_reminder": 12}])
    type_titles: dict[str, str] = Field(
        description="What people call the types that there are", examples=[{"payment_reminder": "催付"}]
    )


class CompletionRequest(BaseModel):
    """What came of a task; `data` is what its outcome asks for."""

    model_config = ConfigDict(extra="forbid")

    outcome: str = Field(examples=["out_of_stock"])
    note: Annotated[str, StringConstraints(max_length=1000)] = Field("", examples=["缺货"])
    data: Annotated[dict[str, Any], BeforeValidator(lambda data: {} if data is None else data)] = Field(
        {}, examples=[{}]
    )


async def _wanted(
    caller: Caller,
    here: Here,
    state: WorkState | None = None,
    group: Annotated[
        list[Group | Literal["mine"]] | None,
        Query(description="Of these groups; none = of all; `mine`: the caller's own, of all for whoever has none"),
    ] = None,
    assignee: Annotated[str | None, Query(description="Whose they are; `me`: the caller's own")] = None,
    type: str | None = None,  # noqa: A002 - the contract's name
    case_id: str | None = None,
    due_before: Instant | None = None,
    overdue: Annotated[bool, Query(description="Only those past due")] = False,
) -> WorkItemFilter:
    groups = [one for one in group or () if one != MINE]
    if group and MINE in group:
        own = await accounts.own_groups(here, caller)
        groups = [*groups, *own] if own else []
    limits = [limit for limit in (due_before, await here.clock.now() if overdue else None) if limit]
    return WorkItemFilter(
        state=state,
        groups=tuple(dict.fromkeys(groups)),
        assignee=caller.account if assignee == ME else assignee,
        type=type,
        case_id=case_id,
        due_before=min(limits, default=None),
    )


Wanted = Annotated[WorkItemFilter, Depends(_wanted)]
"""Which tasks the address asks for."""


@router.get("")
async def list_work_items(
    caller: Caller,
    reader: Reader,
    here: Here,
    page: ListPage,
    language: InLanguage,
    wanted: Wanted,
    words: Annotated[
        bool, Query(description="Whether with `script` and `outcome_details`, of which a row shows nothing")
    ] = True,
) -> PageShown[TaskInRow]:
    """The shop's tasks, the one due first first, each with what a row shows of its case."""
    found = await here.db.read(work_items.list_items, caller.merchant, wanted, page.limit, page.cursor)
    tasks = await tasks_shown(here, caller, found.items, language, words=words)
    rows = await work_rows.rows(here, caller, found.items)
    items = [task_in_row(task, row, language) for task, row in zip(tasks, rows, strict=True)]
    return PageShown(items=items, next=found.next)


@router.get("/counts")
async def count_work_items(caller: Caller, reader: Reader, here: Here, language: InLanguage) -> CountsShown:
    """How many open tasks there are: by group, by type, the caller's own, those past due."""
    counts = await work_rows.counts(here, caller)
    titles = {type_: said_in(language, work.title_of(type_)) for type_ in counts.by_type}
    return CountsShown.model_validate(asdict(counts) | {"type_titles": titles})


@router.get("/{item_id}")
async def get_work_item(item: Item, caller: Caller, reader: Reader, here: Here, language: InLanguage) -> WorkItemShown:
    """One task, with what is to be said with each of its outcomes, and why the caller may not say it now."""
    reasons = await work.outcome_reasons(here, caller, item) if item.state is WorkState.OPEN else {}
    return await task_shown(here, caller, item, language, reasons)


@router.post("/{item_id}/claim")
async def claim_item(item: Item, staff: Staff, caller: Caller, here: Here, language: InLanguage) -> WorkItemShown:
    """Takes the task: nobody else holds it then. Claiming one's own again changes nothing."""
    return await task_shown(here, caller, await work.claim_task(here, caller, item.item_id), language)


@router.post("/{item_id}/release")
async def release_item(item: Item, staff: Staff, caller: Caller, here: Here, language: InLanguage) -> WorkItemShown:
    """Gives the task back to its group; supervisors and the owner may give back another's."""
    return await task_shown(here, caller, await work.give_back_task(here, caller, item.item_id), language)


@router.post("/{item_id}/complete")
async def complete_item(
    item: Item,
    may: Annotated[None, Depends(_may_settle)],
    request: CompletionRequest,
    caller: Caller,
    here: Here,
    language: InLanguage,
    key: Key = None,
) -> WorkItemShown:
    """Says what came of the task; the case acts on it. An outcome that the type does not know is invalid."""
    completed = work.Completed(request.outcome, request.note, request.data)
    return await task_shown(here, caller, await work.complete_task(here, caller, item, completed, key), language)
