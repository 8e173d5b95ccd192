"""How a task is shown: to whoever does it with what to say and what may come of it, in a row beside its case."""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel, Field

from api.beside import stage_title
from api.forms import form_in
from api.naming import outcome_in, with_outcomes_named, without_codes
from domain.case.ids import kind_of
from domain.errors import Refusal
from domain.language import Language, said_in
from domain.money import Yuan
from domain.policy import policy
from domain.policy.catalogue import Text
from domain.policy.refusal_words import refusal_in
from domain.times import Instant
from services import work
from services.context import Context
from services.words import scripts as scripts_of
from services.work_rows import Row
from store.tokens import Principal
from store.work_items import WorkItemRecord


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


async def task_shown(
    here: Context,
    caller: Principal,
    item: WorkItemRecord,
    language: Language,
    reasons: Mapping[str, list[Refusal]] | None = None,
) -> WorkItemShown:
    """A task, its words in that language; `reasons` speak against its outcomes, where that was looked at."""
    (script,) = await here.db.read(scripts_of, caller.merchant, [item], await here.clock.now())
    return worded_task(item, script, language, reasons or {})


async def tasks_shown(
    here: Context, caller: Principal, items: Sequence[WorkItemRecord], language: Language, *, words: bool
) -> list[WorkItemShown]:
    """Several tasks, in the same order; without words, there is nothing of what to say and what may come of them."""
    if not words:
        return [_task(item, language, "", []) for item in items]
    scripts = await here.db.read(scripts_of, caller.merchant, items, await here.clock.now())
    return [worded_task(item, script, language, {}) for item, script in zip(items, scripts, strict=True)]


def worded_task(
    item: WorkItemRecord, script: Text, language: Language, reasons: Mapping[str, list[Refusal]]
) -> WorkItemShown:
    """A task with its script, in that language; `reasons` speak against its outcomes."""
    kind, catalogue = work.work_type(item), policy(item.policy).work
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
    said = with_outcomes_named(language, said_in(language, script), kind.outcomes_for(item.variant))
    return _task(item, language, said, details)


def _task(item: WorkItemRecord, language: Language, script: str, details: list[OutcomeShown]) -> WorkItemShown:
    kind = work.work_type(item)
    fields: dict[str, Any] = {name: getattr(item, name) for name in WorkItemShown.model_fields if hasattr(item, name)}
    return WorkItemShown(
        title=said_in(language, kind.title),
        script=script,
        outcomes=list(kind.outcomes_for(item.variant)),
        outcome_details=details,
        **fields,
    )


def _reasons(reasons: Sequence[Refusal] | None, language: Language) -> list[Refusal] | None:
    return None if reasons is None else [refusal_in(language, reason) for reason in reasons]


def task_in_row(task: WorkItemShown, row: Row, language: Language) -> TaskInRow:
    """A task beside its case."""
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
