"""Ended cases in the store: what is reported afterwards, and taking one up again from its row."""

import pytest

from domain.case.marks import mark_of
from domain.case.record import record
from store import cases, drift, ended, timeline
from store.database import Database
from store.ended import AfterEnd
from store.records import NoSuchCase
from tests.store.scenes import DAY, HOUR, NOON, Life, fact, let_pass, paid, rows_of, started_order, write


async def ended_order(db: Database) -> Life:
    """Never paid, and closed for that."""
    life = await started_order(db, at=NOON - 4 * DAY)
    let_pass(life, NOON)
    assert not life.state.open
    assert await write(db, life, since=1)
    return life


async def test_what_changes_nothing_is_noted_once(database: Database) -> None:
    """It stands on the timeline and in the state, whatever comes again; the case stays ended."""
    life = await ended_order(database)
    case_id, read = life.state.case_id, fact("order.erp_read", "r1").fact
    for hours in (1, 2):
        assert await database.write(ended.note_after_end, case_id, read, NOON + hours * HOUR) is AfterEnd.NOTED
    life.take_in(read, NOON + HOUR)
    assert (await database.read(timeline.timeline, case_id)).items == life.state.story
    assert await database.read(drift.compare, record(life.state, since=0)) == drift.Comparison(life.state.version, ())
    assert not life.state.open


async def test_what_nobody_understands_is_noted(database: Database) -> None:
    """A fact that tells nothing of its own still stands on the timeline."""
    life = await ended_order(database)
    case_id, scan = life.state.case_id, fact("parcel.scanned", "s1", "parcel/zto/ZT9").fact
    assert await database.write(ended.note_after_end, case_id, scan, NOON + HOUR) is AfterEnd.NOTED
    (*_, last) = (await database.read(timeline.timeline, case_id)).items
    assert last.type == "parcel.scanned"


async def test_what_counts_is_left_to_a_new_run(database: Database) -> None:
    """Money that comes after the end changes nothing in the store yet: whoever takes the case up books it."""
    life = await ended_order(database)
    case_id = life.state.case_id
    before = await rows_of(database, case_id)
    assert await database.write(ended.note_after_end, case_id, paid().fact, NOON + HOUR) is AfterEnd.COUNTS
    assert await rows_of(database, case_id) == before


async def test_open_and_unknown_cases_are_no_ended_ones(database: Database) -> None:
    """Neither is anything noted there, nor can one be taken up."""
    life = await started_order(database)
    for case_id in (life.state.case_id, "order:demo:taobao:none"):
        assert await database.write(ended.note_after_end, case_id, paid().fact, NOON) is AfterEnd.OPEN
        assert await database.read(ended.ended_case, case_id) is None
    with pytest.raises(NoSuchCase):
        await database.write(ended.take_up, "order:demo:taobao:none")


async def test_a_case_that_is_taken_up_belongs_to_its_run(database: Database) -> None:
    """From then on it is open, so that nobody else writes it; the run gets the newest state, however often it asks."""
    life = await ended_order(database)
    case_id = life.state.case_id
    found = await database.read(ended.ended_case, case_id)
    assert found is not None
    assert found.state == life.state.model_copy(update={"story": [], "errands": [], "mark": mark_of(life.state)})
    taken = [await database.write(ended.take_up, case_id) for _ in range(2)]
    assert taken[0] == taken[1]
    assert taken[0].state == found.state.model_dump(mode="json")
    assert await database.write(ended.note_after_end, case_id, paid().fact, NOON + HOUR) is AfterEnd.OPEN
    assert case_id in await database.read(cases.open_case_ids)


async def test_a_run_of_which_nothing_came_shuts_the_case_again(database: Database) -> None:
    """What it was started for had been taken in meanwhile: one write without a version."""
    life = await ended_order(database)
    await database.write(ended.take_up, life.state.case_id)
    assert await write(database, life, since=life.state.version)
    assert await database.read(cases.open_case_ids) == []
    assert (await database.read(timeline.timeline, life.state.case_id)).items == life.state.story
