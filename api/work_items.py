"""The inbox: people's tasks in all cases of the shop."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Annotated, Any

from fastapi import Depends, Query
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from api import documented
from api.beside import stage_title
from api.dependencies import Caller, Here, Key, allowed_for
from api.forms import form_in
from api.language import InLanguage
from api.naming import outcome_in, with_outcomes_named, without_codes
from api.paging import ListPage
from api.routing import Router
from api.schemas import PageShown
from domain.case.ids import kind_of
from domain.case.work import WorkState
from domain.errors import Refusal
from domain.language import Language, said_in
from domain.money import Yuan
from domain.policy import policy
from domain.policy.catalogue import Text
from domain.policy.refusal_words import refusal_in
from domain.roles import SHOP_STAFF, Actor, Group
from domain.times import Instant
from services import words, work, work_rows
from services.case_pages import TASK_READERS
from services.context import Context
from services.work_rows import Row
from store import work_items
from store.tokens import Principal
from store.work_items import WorkItemFilter, WorkItemRecord

router = Router(prefix="/v1/work-items", tags=["work items"], responses=documented.PROBLEMS)


ME = "me"
"""The caller, where an account is asked for."""

Reader = Annotated[Actor, allowed_for(TASK_READERS, "Reading work items")]


async def _item(item_id: str, caller: Caller, here: Here) -> WorkItemRecord:
    return await work.find_task(here, caller, item_id)


Item = Annotated[WorkItemRecord, Depends(_item)]
"""The task in the address, which must be of the caller's shop; looked for before anything else of the request is."""


Staff = Annotated[Actor, allowed_for(SHOP_STAFF, "Holding a task")]


async def _may_settle(item: Item, caller: Caller) -> None:
    work.require_settler(caller, item)


class OutcomeShown(BaseModel):
    """What may come of a task, what that leads to, and what is to be said with it."""

    outcome: str = Field(examples=["out_of_stock"])
    title: str = Field(examples=["缺货"])
    leads_to: str
    data_schema: dict[str, Any]
    action: str | None = Field(
        None, description="The action of the case that it is: the same input, roles and refusals", examples=["agree"]
    )
    roles: list[str] = Field(examples=[["agent", "supervisor", "owner"]])
    reasons: list[Refusal] | None = Field(
        None, description="Why the caller may not say it now, whatever the data; only where one task is asked for"
    )


class WorkItemShown(BaseModel):
    """A task: who, by when, what to say, and what may come of it; in Chinese, or English with Accept-Language: en."""

    item_id: str
    type: str = Field(examples=["unshipped_48h"])
    variant: str = Field("", description="In which form of its type; empty: the usual one", examples=["lost"])
    title: str = Field(examples=["48 小时未发货"])
    case_id: str = Field(examples=["order:demo:taobao:T1001"])
    group: str = Field(examples=["aftersale"])
    assignee: str | None = None
    state: str = Field(examples=["open"])
    not_before: Instant | None = Field(None, description="From when it can be done: a call, in its window (S2-27)")
    due_at: Instant
    created_at: Instant
    script: str = Field(description="What to say or do")
    outcomes: list[str] = Field(examples=[["out_of_stock", "shipped_not_reported", "will_ship"]])
    outcome_details: list[OutcomeShown] = []
    outcome: str | None = Field(None, description="What came of it")
    data: dict[str, Any] = {}
    done_at: Instant | None = None
    done_by: str | None = None


class NextDeadline(BaseModel):
    """What passes next in a case, and when."""

    kind: str = Field(examples=["ship_by"])
    due_at: Instant


class TaskInRow(WorkItemShown):
    """A task with what a row of an inbox shows of its case; `buyer` for the shop's staff only, and masked."""

    order_id: str = Field(examples=["T1001"])
    platform: str = Field(examples=["taobao"])
    stage: str = Field(examples=["awaiting_shipment"])
    stage_title: str = Field(examples=["待发货"])
    amount: Yuan = Field(description="Of the order, with freight", examples=["209.00"])
    buyer: str | None = Field(None, examples=["陈**"])
    overdue: bool
    next_deadline: NextDeadline | None = None


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


@router.get("")
async def list_work_items(
    caller: Caller,
    reader: Reader,
    here: Here,
    page: ListPage,
    language: InLanguage,
    state: WorkState | None = None,
    group: Annotated[list[Group] | None, Query(description="Of these groups; none = of all")] = None,
    assignee: Annotated[str | None, Query(description="Whose they are; `me`: the caller's own")] = None,
    type: str | None = None,  # noqa: A002 - the contract's name
    case_id: str | None = None,
    due_before: Instant | None = None,
) -> PageShown[TaskInRow]:
    """The shop's tasks, the one due first first, each with what a row shows of its case."""
    wanted = WorkItemFilter(
        state=state,
        groups=tuple(dict.fromkeys(group or ())),
        assignee=caller.account if assignee == ME else assignee,
        type=type,
        case_id=case_id,
        due_before=due_before,
    )
    found = await here.db.read(work_items.list_items, caller.merchant, wanted, page.limit, page.cursor)
    tasks = await tasks_shown(here, caller, found.items, language)
    rows = await work_rows.rows(here, caller, found.items)
    items = [_in_row(task, row, language) for task, row in zip(tasks, rows, strict=True)]
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


async def task_shown(
    here: Context,
    caller: Principal,
    item: WorkItemRecord,
    language: Language,
    reasons: Mapping[str, list[Refusal]] | None = None,
) -> WorkItemShown:
    """A task, its words in that language; `reasons` speak against its outcomes, where that was looked at."""
    (script,) = await here.db.read(words.scripts, caller.merchant, [item], await here.clock.now())
    return worded_task(item, script, language, reasons or {})


async def tasks_shown(
    here: Context, caller: Principal, items: Sequence[WorkItemRecord], language: Language
) -> list[WorkItemShown]:
    """Several tasks, in the same order."""
    scripts = await here.db.read(words.scripts, caller.merchant, items, await here.clock.now())
    return [worded_task(item, script, language, {}) for item, script in zip(items, scripts, strict=True)]


def worded_task(
    item: WorkItemRecord, script: Text, language: Language, reasons: Mapping[str, list[Refusal]]
) -> WorkItemShown:
    """A task with its script, in that language; `reasons` speak against its outcomes."""
    kind, catalogue = work.work_type(item), policy(item.policy).work
    fields: dict[str, Any] = {name: getattr(item, name) for name in WorkItemShown.model_fields if hasattr(item, name)}
    details = [
        OutcomeShown(
            outcome=outcome,
            title=outcome_in(language, outcome),
            leads_to=without_codes(language, said_in(language, leads_to), catalogue),
            data_schema=form_in(language, work.outcome_data(item, outcome)),
            action=work.outcome_action(item, outcome),
            roles=list(work.may_say(item, outcome)),
            reasons=_reasons(reasons.get(outcome), language),
        )
        for outcome, leads_to in kind.outcomes_for(item.variant).items()
    ]
    return WorkItemShown(
        title=said_in(language, kind.title),
        script=with_outcomes_named(language, said_in(language, script), kind.outcomes_for(item.variant)),
        outcomes=[detail.outcome for detail in details],
        outcome_details=details,
        **fields,
    )


def _reasons(reasons: Sequence[Refusal] | None, language: Language) -> list[Refusal] | None:
    return None if reasons is None else [refusal_in(language, reason) for reason in reasons]


def _in_row(task: WorkItemShown, row: Row, language: Language) -> TaskInRow:
    case = row.case
    return TaskInRow(
        **{name: getattr(task, name) for name in WorkItemShown.model_fields},
        order_id=case.order_id,
        platform=case.platform,
        stage=case.stage,
        stage_title=stage_title(kind_of(task.case_id), case.stage, language),
        amount=case.amount,
        buyer=row.buyer,
        overdue=row.overdue,
        next_deadline=NextDeadline(kind=case.next_deadline[0], due_at=case.next_deadline[1])
        if case.next_deadline
        else None,
    )
