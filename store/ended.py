"""Cases that have ended: what is reported of them afterwards, and how one is taken up again from its row.

No workflow of such a case runs, and Temporal may have forgotten that one did: its row is all that there is of it, and
whoever changes it holds the row's lock.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from domain.case.fact import Fact
from domain.case.ids import CaseKind
from domain.case.live import LiveCase
from domain.case.record import TakenUp, record
from domain.case.state import CaseState
from domain.lives import LIVES
from store.database import Database
from store.records import NoSuchCase, put_version
from store.tables import CaseRow, TimelineRow


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


async def note_after_end(db: Database, case_id: str, fact: Fact, now: datetime) -> AfterEnd:
    """Puts a fact that changes nothing on an ended case's timeline; one that counts is left to whoever takes it up."""
    async with db.write() as session:
        row = await session.scalar(_row(case_id).with_for_update())
        if row is None or row.open:
            return AfterEnd.OPEN
        case = LiveCase(LIVES[CaseKind(row.kind)], await _state(session, row))
        since, reopened = case.state.version, case.state.reopened
        if not case.take_in(fact, now):
            return AfterEnd.NOTED
        if case.state.reopened > reopened:
            return AfterEnd.COUNTS
        await put_version(session, row, record(case.state, since))
        return AfterEnd.NOTED


async def ended_case(db: Database, case_id: str) -> EndedCase | None:
    """A case that has ended; None if it has not, or there is none."""
    async with db.read() as session:
        row = await session.scalar(_row(case_id))
        if row is None or row.open:
            return None
        return EndedCase(case_id, CaseKind(row.kind), row.opening, await _state(session, row))


async def take_up(db: Database, case_id: str) -> TakenUp:
    """Says how a case stands to the run that takes it up; from here on that run alone writes it.

    Raises:
        NoSuchCase: the case has no row.
    """
    async with db.write() as session:
        row = await session.scalar(_row(case_id).with_for_update())
        if row is None:
            raise NoSuchCase(case_id)
        await session.execute(update(CaseRow).where(CaseRow.case_id == case_id).values(open=True))
        return TakenUp(state=(await _state(session, row)).model_dump(mode="json"))


def _row(case_id: str) -> Select[CaseRow]:
    return select(CaseRow).where(CaseRow.case_id == case_id)


async def _state(session: AsyncSession, row: CaseRow) -> CaseState:
    """The state as recorded; its next line comes after all that stand, whoever wrote them."""
    state: CaseState = LIVES[CaseKind(row.kind)].state.model_validate(row.state)
    last = await session.scalar(select(func.max(TimelineRow.seq)).where(TimelineRow.case_id == row.case_id))
    state.line_count = max(state.line_count, last or 0)
    return state
