"""`caseline reconcile`, with cases that answer and cases that do not."""

from copy import deepcopy
from typing import Any, cast

import pytest
from rich.console import Console
from rich.progress import Progress
from sqlalchemy import Connection, delete
from temporalio.client import Client, WorkflowQueryFailedError

from commands.reconcile import SILENT_AT_MOST, SilentCases, reconcile
from domain.case.record import RecordCase, record
from store.database import Database
from store.tables import TIMELINE
from tests.store.scenes import HOUR, Life, paid, rows_of, started_order, write

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


class Cases:
    """Stands for a Temporal whose workflows say how they stand; those that are not named cannot."""

    def __init__(self, *lives: Life) -> None:
        self.lives = {life.state.case_id: life for life in lives}

    def get_workflow_handle(self, case_id: str) -> "Case":
        return Case(self.lives.get(case_id))


class Case:
    """One of its workflows."""

    def __init__(self, life: Life | None) -> None:
        self.life = life

    async def query(self, _name: str, **_: Any) -> RecordCase:
        if self.life is None:
            raise WorkflowQueryFailedError("it came to another story")
        return record(self.life.state, since=0).model_copy(update={"rebuilds": True})


def said(console: Console) -> Progress:
    return Progress(console=console, disable=True)


async def test_a_case_that_does_not_answer_holds_up_no_other(database: Database) -> None:
    """It is named, with the reason; the other is compared, mended, and its timeline told anew."""
    await started_order(database, "T1")
    other = await started_order(database, "T2")
    other.take_in(paid().fact, other.state.updated_at)
    assert await write(database, other)
    before = await rows_of(database, other.state.case_id)
    await database.write(Connection.execute, delete(TIMELINE).where(TIMELINE.c.case_id == other.state.case_id))
    console = Console(record=True, width=200)
    found = await reconcile(database, cast(Client, Cases(other)), said(console))
    assert (found.compared, found.drifted, found.mended) == (1, 1, 1)
    assert (await rows_of(database, other.state.case_id))["timeline"] == before["timeline"]
    with pytest.raises(SilentCases, match="order:demo:taobao:T1"):
        found.check_all_answered()
    text = console.export_text()
    assert "order:demo:taobao:T1: does not answer: it came to another story" in text
    assert "order:demo:taobao:T2: other rows in timeline" in text


async def test_a_line_that_nobody_can_tell_is_named(database: Database) -> None:
    """It was told by a run before this one: the case counts as drifted, and not as mended."""
    life = await started_order(database)
    life.take_in(paid().fact, life.state.updated_at)
    assert await write(database, life)
    await database.write(Connection.execute, delete(TIMELINE).where(TIMELINE.c.seq == 1))
    life.state.story = []
    console = Console(record=True, width=200)
    found = await reconcile(database, cast(Client, LaterRun(life)), said(console))
    assert (found.drifted, found.mended) == (1, 0)
    assert "line 1 of its timeline cannot be restored" in console.export_text()


class LaterRun(Cases):
    """Its workflow began after the lines that stand."""

    def get_workflow_handle(self, case_id: str) -> "Case":
        return Later(self.lives.get(case_id))


class Later(Case):
    """A workflow that went on from another run."""

    async def query(self, _name: str, **_: Any) -> RecordCase:
        truth = await super().query(_name)
        return truth.model_copy(update={"told_since": truth.version})


async def test_a_version_lived_again_and_not_yet_written_is_no_drift(database: Database) -> None:
    """What was written before everything went down stands at the very version that the case has come to again."""
    life = await started_order(database)
    again = deepcopy(life)
    life.take_in(paid().fact, life.state.updated_at)
    assert await write(database, life)
    again.take_in(paid().fact, again.state.updated_at + HOUR)
    assert again.state.version == life.state.version
    console = Console(record=True, width=200)
    found = await reconcile(database, cast(Client, WritesAfterAnswering(database, again)), said(console))
    assert (found.compared, found.drifted, found.mended) == (1, 0, 0), console.export_text()


class WritesAfterAnswering(Cases):
    """Its workflow answers while its write is under way."""

    def __init__(self, database: Database, life: Life) -> None:
        super().__init__(life)
        self.case = Writing(database, life)

    def get_workflow_handle(self, case_id: str) -> "Case":
        return self.case


class Writing(Case):
    """A workflow that has written once it is asked again."""

    def __init__(self, database: Database, life: Life) -> None:
        super().__init__(life)
        self.database, self.writes, self.asked = database, life, False

    async def query(self, _name: str, **_: Any) -> RecordCase:
        if self.asked:
            assert await write(self.database, self.writes)
        self.asked = True
        return await super().query(_name)


async def test_where_nobody_answers_it_does_not_go_on(database: Database) -> None:
    """No worker runs: so many are asked, not all."""
    for number in range(3 * SILENT_AT_MOST):
        await started_order(database, f"T{number:02}")
    with pytest.raises(SilentCases):
        await reconcile(database, cast(Client, Cases()), said(Console(record=True)))
