"""What a case shows of itself in the Temporal UI: search attributes and current details. Never personal data."""

from typing import Any, TypeVar

from temporalio import workflow
from temporalio.common import (
    SearchAttributeKey,
    SearchAttributePair,
    SearchAttributeUpdate,
    TypedSearchAttributes,
)

from domain.case.escalating import TASK_DUE
from domain.case.state import CaseState
from domain.case.waiting import Waiting, Waits, errand_words, standing_waits
from domain.times import china_clock

S = TypeVar("S", bound=CaseState)

KIND = SearchAttributeKey.for_keyword("CaseKind")
MERCHANT = SearchAttributeKey.for_keyword("Merchant")
PLATFORM = SearchAttributeKey.for_keyword("Platform")
STAGE = SearchAttributeKey.for_keyword("Stage")
OUTCOME = SearchAttributeKey.for_keyword("Outcome")
POLICY = SearchAttributeKey.for_keyword("PolicyEdition")
OPEN_WORK = SearchAttributeKey.for_int("OpenWorkItems")


def at_start(state: CaseState) -> TypedSearchAttributes:
    """The search attributes that a case starts with."""
    return TypedSearchAttributes(
        [
            SearchAttributePair(KIND, state.kind),
            SearchAttributePair(MERCHANT, state.merchant),
            SearchAttributePair(PLATFORM, state.platform),
            SearchAttributePair(STAGE, state.stage),
            SearchAttributePair(POLICY, state.policy),
            SearchAttributePair(OPEN_WORK, len(state.open_work())),
        ]
    )


def upsert_attributes(state: CaseState) -> None:
    """Upserts what changed, at most once a write: each upsert is an event of the history."""
    shown = workflow.info().typed_search_attributes
    updates: list[SearchAttributeUpdate[Any]] = []
    if shown.get(STAGE) != state.stage:
        updates.append(STAGE.value_set(state.stage))
    if state.outcome and shown.get(OUTCOME) != state.outcome:
        updates.append(OUTCOME.value_set(state.outcome))
    if shown.get(OPEN_WORK) != len(state.open_work()):
        updates.append(OPEN_WORK.value_set(len(state.open_work())))
    if updates:
        workflow.upsert_search_attributes(updates)


def details(waits: Waits[S], state: S) -> str:
    """The case at a glance, as Markdown: stage, running deadlines with due times, whom it waits for, tasks, errands."""
    lines = [f"**{state.stage}**" + (f" · {state.outcome}" if state.outcome else "")]
    lines += [
        f"- `{due.kind}` {due.subject} due {china_clock(due.due_at)} (China time), by {due.because.rule}"
        for due in state.running_deadlines()
        if due.kind != TASK_DUE  # told with its task
    ]
    lines += [f"- waits for {one.party}: {one.what}{_until(one)}" for one in _waits(waits, state)]
    lines += [f"- task `{item.type}` due {china_clock(item.due_at)}" for item in state.open_work()]
    lines += [f"- case `{child.case_id}` is {child.stage}" for child in state.children if child.open]
    lines += [f"- {errand_words(pending)}" for pending in state.errands]
    return "\n".join(lines)


def _waits(waits: Waits[S], state: S) -> list[Waiting]:
    return standing_waits(waits, state) if state.open else []


def _until(one: Waiting) -> str:
    return f", until {china_clock(one.until)} (China time)" if one.until else ""
