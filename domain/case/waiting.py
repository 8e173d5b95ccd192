"""Whom an open case waits for: a party that can act, derived from the state alone.

An open case has a running deadline, an open task, or waits for a party that can act. Each kind says for whom it waits
by where it stands; people's tasks, children that still run and errands that a partner has not answered come on top.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import TypeAlias

from pydantic import BaseModel, ConfigDict, Field

from domain.case.action import S
from domain.case.deadline import find
from domain.case.errand import PendingErrand
from domain.case.state import CaseState
from domain.case.summaries import summary
from domain.case.waited import Awaited
from domain.roles import Group
from domain.times import Instant


@dataclass(frozen=True, slots=True)
class Wait:
    """What a case waits for where it stands.

    Attributes:
        what: in a word, what the party does.
        by: the actions and the facts of the kind by which it does.
        clock: the kind of deadline until which it may; None: there is none.
    """

    party: Awaited
    what: str
    by: tuple[str, ...]
    clock: str | None = None


Waits: TypeAlias = Callable[[S], Iterable[Wait]]
"""For whom a kind of case waits, by its state."""


class Waiting(BaseModel):
    """A party that a case waits for: since when, until when at most, and what for."""

    model_config = ConfigDict(frozen=True, populate_by_name=True)

    party: Awaited
    what: str = Field(alias="for", examples=["answer"])
    since: Instant
    until: Instant | None = None


GROUPS = {
    Group.PRESALE: Awaited.SELLER,
    Group.AFTERSALE: Awaited.SELLER,
    Group.SUPERVISOR: Awaited.SELLER,
    Group.OWNER: Awaited.SELLER,
    Group.WAREHOUSE: Awaited.WAREHOUSE,
    Group.FINANCE: Awaited.FINANCE,
}
"""Which party those of a group are."""


def waiting(waits: Waits[S], state: S) -> list[Waiting]:
    """Everybody that an open case waits for; nobody where a deadline alone runs."""
    if not state.open:
        return []
    return [*standing_waits(waits, state), *_of_tasks(state), *_of_errands(state)]


def standing_waits(waits: Waits[S], state: S) -> list[Waiting]:
    """Those for whom the case waits by where it stands, and by where its children stand."""
    return [*(_declared(state, wait) for wait in waits(state)), *_of_children(state)]


def first_party(waits: Waits[S], state: S) -> Awaited | None:
    """Whom the case above hears that this one waits for; None: nobody, its time alone runs.

    One that is decided and stays open waits for whom its children wait for, or for those who have a task in it.
    """
    if not state.open:
        return None
    declared = (wait.party for wait in waits(state))
    children = (child.waits_for for child in state.children if child.open and child.waits_for)
    tasks = (GROUPS[item.group] for item in state.open_work())
    asked = (Awaited.PARTNER for pending in state.errands if pending.answered)
    decided = chain(children, tasks) if state.outcome is not None else ()
    return next(chain(declared, decided, asked), None)


def _declared(state: CaseState, wait: Wait) -> Waiting:
    clock = find(state.deadlines, wait.clock) if wait.clock else None
    since = clock.started_at if clock else _stands_since(state)
    until = clock.due_at if clock and clock.running else None
    return Waiting(party=wait.party, what=wait.what, since=since, until=until)


def _of_children(state: CaseState) -> Iterable[Waiting]:
    for child in state.children:
        if child.open and child.waits_for:
            yield Waiting(party=child.waits_for, what=child.case_id, since=child.since or _stands_since(state))


def _of_tasks(state: CaseState) -> Iterable[Waiting]:
    for item in state.open_work():
        yield Waiting(party=GROUPS[item.group], what=item.type, since=item.created_at, until=item.due_at)


def _of_errands(state: CaseState) -> Iterable[Waiting]:
    for pending in state.errands:
        if pending.answered:
            yield Waiting(party=Awaited.PARTNER, what=errand_words(pending), since=pending.asked_at or state.updated_at)


def errand_words(pending: PendingErrand) -> str:
    """`payments: pay 209.00 to the buyer (refund)`."""
    return f"{pending.lane}: {summary(pending.errand)}"


def _stands_since(state: CaseState) -> datetime:
    return state.stage_since or state.opened_at
