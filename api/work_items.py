"""The inbox: people's tasks in all cases of the shop."""

from enum import StrEnum
from functools import cache, partial
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationError

from api import documented
from api.actions import Key, take_in_case
from api.auth import Caller, acting, allowed_for
from api.cases import find
from api.context import Context, Here
from api.paging import ListPage, shown
from api.problems import Conflict, ForbiddenProblem, NotFound, invalid_fields
from api.schemas import Page
from api.views import life_of
from domain.case.completing import completing, data_of
from domain.case.ids import kind_of
from domain.case.work import WorkState
from domain.lives import LIVES
from domain.order.payment.reminders import own_words
from domain.policy import policy
from domain.policy.catalogue import Text, WorkType
from domain.roles import SHOP_STAFF, Actor, Group, Role
from domain.times import Instant
from store import work_items
from store.tokens import Principal
from store.work_items import WorkItemFilter, WorkItemRecord

router = APIRouter(prefix="/v1/work-items", tags=["work items"], responses=documented.PROBLEMS)


class Language(StrEnum):
    """In which language scripts are shown."""

    ZH = "zh"
    EN = "en"


def _language(
    accept_language: Annotated[str, Header(description="`en` for English scripts; else Chinese.")] = "",
) -> Language:
    return Language.EN if accept_language.lower().startswith("en") else Language.ZH


InLanguage = Annotated[Language, Depends(_language)]


def said_in(language: Language, words: Text) -> str:
    """The words in that language."""
    return words.en if language is Language.EN else words.zh


Reader = Annotated[Actor, allowed_for((*SHOP_STAFF, Role.PLATFORM, Role.OPS), "Reading work items")]


class OutcomeShown(BaseModel):
    """What may come of a task, what that leads to, and what is to be said with it."""

    outcome: str = Field(examples=["out_of_stock"])
    leads_to: str
    data_schema: dict[str, Any]


class WorkItemShown(BaseModel):
    """A task: who, by when, what to say, and what may come of it."""

    item_id: str
    type: str = Field(examples=["unshipped_48h"])
    title: str = Field(examples=["48 小时未发货 · Unshipped for 48 hours"])
    case_id: str = Field(examples=["order:demo:taobao:T1001"])
    group: str = Field(examples=["aftersale"])
    assignee: str | None = None
    state: str = Field(examples=["open"])
    not_before: Instant | None = Field(None, description="From when it can be done: a call, in its window (S2-27)")
    due_at: Instant
    created_at: Instant
    script: str = Field(description="What to say or do, in Chinese; in English with Accept-Language: en")
    outcomes: list[str] = Field(examples=[["out_of_stock", "shipped_not_reported", "will_ship"]])
    outcome_details: list[OutcomeShown] = []
    outcome: str | None = Field(None, description="What came of it")
    data: dict[str, Any] = {}
    done_at: Instant | None = None
    done_by: str | None = None


class CompletionAsked(BaseModel):
    """What came of a task; `data` is what its outcome asks for."""

    model_config = ConfigDict(extra="forbid")

    outcome: str = Field(examples=["out_of_stock"])
    note: Annotated[str, StringConstraints(max_length=1000)] = Field("", examples=["缺货"])
    data: Annotated[dict[str, Any], BeforeValidator(lambda data: {} if data is None else data)] = Field(
        {}, examples=[{}]
    )


LEADS = (Role.SUPERVISOR, Role.OWNER)
"""Who may act on a task that somebody else holds."""


@router.get("")
async def list_work_items(
    caller: Caller,
    reader: Reader,
    here: Here,
    page: ListPage,
    language: InLanguage,
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
    found = await work_items.list_items(here.db, caller.merchant, wanted, page.limit, page.cursor)
    return shown(found, partial(_shown, language=language))


@router.get("/{item_id}")
async def get_work_item(
    item_id: str, caller: Caller, reader: Reader, here: Here, language: InLanguage
) -> WorkItemShown:
    """One task, with what is to be said with each of its outcomes."""
    return _shown(await _found(item_id, caller, here), language)


@router.post("/{item_id}/claim")
async def claim_item(item_id: str, caller: Caller, here: Here) -> WorkItemShown:
    """Takes the task: nobody else holds it then. Claiming one's own again changes nothing."""
    await _as_staff(item_id, caller, here, "Claiming a task")
    item = await work_items.claim(here.db, caller.merchant, item_id, caller.account)
    if item is None:
        raise _taken(await _found(item_id, caller, here))
    return _shown(item)


@router.post("/{item_id}/release")
async def release_item(item_id: str, caller: Caller, here: Here) -> WorkItemShown:
    """Gives the task back to its group; supervisors and the owner may give back another's."""
    await _as_staff(item_id, caller, here, "Releasing a task")
    leads = any(role in LEADS for role in caller.roles)
    item = await work_items.release(here.db, caller.merchant, item_id, None if leads else caller.account)
    if item is None:
        item = await _found(item_id, caller, here)
        if item.state is not WorkState.OPEN or item.assignee is not None:
            raise _taken(item)
    return _shown(item)


@router.post("/{item_id}/complete")
async def complete_item(
    item_id: str, asked: CompletionAsked, caller: Caller, here: Here, key: Key = None
) -> WorkItemShown:
    """Says what came of the task; the case acts on it. An outcome that the type does not know is invalid."""
    item = await _found(item_id, caller, here)
    by = acting(caller, _may_say(item, asked.outcome), "Completing a task so")
    _check(item, asked)
    if item.assignee not in (None, caller.account) and by.role not in LEADS:
        raise _taken(item)
    case = await find(here, caller, item.case_id)
    # A reason in somebody's own words may name people: it goes with the note, which stays in the store.
    note = "；".join(words for words in (asked.note, own_words(asked.data)) if words)
    data = _data(item, asked.outcome).model_validate(asked.data).model_dump(mode="json", exclude_none=True)
    body = {"item_id": item_id, "outcome": asked.outcome, "note": note, "data": data}
    await take_in_case(here, case, completing(life_of(case)), by, body, key)
    return _shown(await _found(item_id, caller, here))


async def _as_staff(item_id: str, caller: Principal, here: Context, what: str) -> None:
    """Only the shop's staff; who is not hears first that there is no such task. Costs nobody else a look."""
    try:
        acting(caller, SHOP_STAFF, what)
    except ForbiddenProblem:
        await _found(item_id, caller, here)
        raise


async def _found(item_id: str, caller: Principal, here: Context) -> WorkItemRecord:
    item = await work_items.get_item(here.db, caller.merchant, item_id)
    if item is None:
        raise NotFound(f"There is no task {item_id}.")
    return item


def _taken(item: WorkItemRecord) -> Conflict:
    if item.state is WorkState.OPEN:
        holder = item.assignee or "Somebody else"  # who gave it back just now
        return Conflict(f"{holder} has this task.", code="already_claimed")
    return Conflict(f"This task is {item.state} already.", code="already_settled")


def _check(item: WorkItemRecord, asked: CompletionAsked) -> None:
    """Raises InvalidFields for an outcome that the task does not know, or data that the outcome does not ask for."""
    known = _kind(item).outcomes_for(item.variant)
    if asked.outcome not in known:
        raise invalid_fields([{"loc": ("outcome",), "msg": f"must be one of {', '.join(known)}"}])
    try:
        _data(item, asked.outcome).model_validate(asked.data)
    except ValidationError as wrong:
        problems = wrong.errors(include_url=False, include_context=False)
        raise invalid_fields([{**one, "loc": ("data", *one["loc"])} for one in problems]) from wrong


def _kind(item: WorkItemRecord) -> WorkType:
    return policy(item.policy).work.tasks[item.type]


def _may_say(item: WorkItemRecord, outcome: str) -> tuple[Role, ...]:
    rule = LIVES[kind_of(item.case_id)].outcome(item, outcome)
    return rule.roles if rule else SHOP_STAFF


def _data(item: WorkItemRecord, outcome: str) -> type[BaseModel]:
    return data_of(LIVES[kind_of(item.case_id)], item, outcome)


def _shown(item: WorkItemRecord, language: Language = Language.ZH) -> WorkItemShown:
    kind = _kind(item)
    outcomes = kind.outcomes_for(item.variant)
    script = kind.script_for(item.variant).filled(item.values)
    fields: dict[str, Any] = {name: getattr(item, name) for name in WorkItemShown.model_fields if hasattr(item, name)}
    details = [
        OutcomeShown(outcome=outcome, leads_to=leads_to, data_schema=_schema(_data(item, outcome)))
        for outcome, leads_to in outcomes.items()
    ]
    return WorkItemShown(
        title=kind.title.both,
        script=said_in(language, script),
        outcomes=list(outcomes),
        outcome_details=details,
        **fields,
    )


@cache
def _schema(data: type[BaseModel]) -> dict[str, Any]:
    return data.model_json_schema()
