"""Cases that have ended: what is reported of them afterwards, and how one is taken up again from its row.

No workflow of such a case runs, and Temporal may have forgotten that one did: its row is all that there is of it, and
whoever changes it holds the row's lock.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, func, select, update

from domain.case.fact import Fact
from domain.case.ids import CaseKind
from domain.case.live import LiveCase
from domain.case.record import TakenUp, record
from domain.case.state import CaseState
from domain.lives import LIVES
from store.database import Query, Row
from store.records import NoSuchCase, put_version
from store.tables import CASES, TIMELINE


class AfterEnd(StrEnum):
    """What became of a fact that came after the end: it is on the timeline, or its case must be taken up for it.

    `open`: the case has not ended, or runs again already.
    """

    NOTED = "noted"
    COUNTS = "counts"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class EndedCase:
    """What an ended case is taken up again from: what it was opened with, and its state as recorded."""

    case_id: str
    kind: CaseKind
    opening: dict[str, Any]
    state: CaseState


def note_after_end(tx: Connection, case_id: str, fact: Fact, now: datetime) -> AfterEnd:
    """Puts a fact that changes nothing on an ended case's timeline; one that counts is left to whoever takes it up."""
    row = tx.execute(_row(case_id).with_for_update()).one_or_none()
    if row is None or row.open:
        return AfterEnd.OPEN
    case = LiveCase(LIVES[CaseKind(row.kind)], _state(tx, row))
    since, reopened = case.state.version, case.state.reopened
    if not case.take_in(fact, now):
        return AfterEnd.NOTED
    if case.state.reopened > reopened:
        return AfterEnd.COUNTS
    put_version(tx, row, record(case.state, since))
    return AfterEnd.NOTED


def ended_case(tx: Connection, case_id: str) -> EndedCase | None:
    """A case that has ended; None if it has not, or there is none."""
    row = tx.execute(_row(case_id)).one_or_none()
    if row is None or row.open:
        return None
    return EndedCase(case_id, CaseKind(row.kind), row.opening, _state(tx, row))


def take_up(tx: Connection, case_id: str) -> TakenUp:
    """Says how a case stands to the run that takes it up; from here on that run alone writes it.

    Raises:
        NoSuchCase: the case has no row.
    """
    row = tx.execute(_row(case_id).with_for_update()).one_or_none()
    if row is None:
        raise NoSuchCase(case_id)
    tx.execute(update(CASES).where(CASES.c.case_id == case_id).values(open=True))
    return TakenUp(state=(_state(tx, row)).model_dump(mode="json"))


def _row(case_id: str) -> Query:
    return select(CASES).where(CASES.c.case_id == case_id)


def _state(tx: Connection, row: Row) -> CaseState:
    """The state as recorded; its next line comes after all that stand, whoever wrote them."""
    state: CaseState = LIVES[CaseKind(row.kind)].state.model_validate(row.state)
    last = tx.scalar(select(func.max(TIMELINE.c.seq)).where(TIMELINE.c.case_id == row.case_id))
    state.line_count = max(state.line_count, last or 0)
    return state
