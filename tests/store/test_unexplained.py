"""Rows that no history explains: a case wrote, and worker and server died before Temporal knew of it."""

from datetime import datetime, timedelta

import pytest

from domain.case.live import LiveCase
from domain.case.record import RecordCase, record
from domain.errors import HistoryStands
from domain.events import Reported
from domain.lives import begin_any
from domain.order.life import ORDER
from store import drift, records
from store.database import Database
from store.timeline import timeline
from tests.domain.case.test_child import started
from tests.store.scenes import (
    NOON,
    Life,
    consigned,
    open_order,
    order,
    paid,
    rows_of,
    scan,
    started_order,
    write,
)

LOST_AT = NOON + timedelta(minutes=1)
AGAIN_AT = NOON + timedelta(minutes=2)


def twin(life: Life) -> Life:
    """The same case, to live on in another way."""
    return LiveCase(ORDER, life.state.model_copy(deep=True))


@pytest.mark.parametrize(
    "again",
    [
        (paid(), consigned()),
        (consigned(), paid()),
        (scan("exception", "x-1", kind="weather"), paid(), consigned()),
        (consigned(), scan("picked_up", "p-1"), paid()),
    ],
    ids=["same-order", "other-order", "something-first", "something-between"],
)
async def test_what_was_written_in_vain_is_replaced(database: Database, again: tuple[Reported, ...]) -> None:
    """Two versions written at once are lost; whatever comes first when the case goes on, its rows are the truth."""
    life = await started_order(database)
    lost = twin(life)
    for reported in (paid(), consigned()):
        lost.take_in(reported.fact, LOST_AT)
    assert await write(database, lost, since=1)
    for reported in again:
        life.take_in(reported.fact, AGAIN_AT)
        assert await write(database, life)
    truth = record(life.state, since=0)
    compared = await database.read(drift.compare, truth)
    assert compared == drift.Comparison(life.state.version, ())
    assert (await database.read(timeline, life.state.case_id)).items == life.state.story


async def test_a_child_opened_in_vain_is_opened_again(database: Database) -> None:
    """Its order asks for it again later: it stands as it then begins. Once it has begun, repeating changes nothing."""
    order = await started_order(database)
    first, later = _opens_a_complaint(order, LOST_AT), _opens_a_complaint(order, AGAIN_AT)
    case_id = later.opens[0].case_id
    assert await database.write(records.record_case, first)
    assert await database.write(records.record_case, later)
    child = begin_any(later.opens[0])
    assert await database.read(drift.compare, record(child.state, since=0)) == drift.Comparison(1, ())
    (row,) = (await rows_of(database, case_id))["cases"]
    assert (row["opening"], row["opened_at"]) == (later.opens[0].opening.model_dump(mode="json"), AGAIN_AT)
    child.state.story.clear()
    child.take_in(paid().fact, AGAIN_AT)
    assert await database.write(records.record_case, record(child.state, since=1))
    begun = await rows_of(database, case_id)
    assert await database.write(records.record_case, later)
    assert await rows_of(database, case_id) == begun


def _opens_a_complaint(order: Life, at: datetime) -> RecordCase:
    """A version of an order that opens one, lived at that moment."""
    lives = twin(order)
    lives.take_in(paid().fact, at)
    opened = started()
    opening = opened.opening.model_copy(update={"opened_at": at})
    child = opened.model_copy(update={"opening": opening})
    return record(lives.state, since=1).model_copy(update={"opens": [child]})


async def test_a_write_that_comes_late_is_dropped(database: Database) -> None:
    """An attempt that was given up writes after a later version did: nothing of it is taken."""
    life = await started_order(database)
    late = []
    for reported in (paid(), consigned()):
        life.take_in(reported.fact, AGAIN_AT)
        late.append(record(life.state.model_copy(deep=True), since=life.state.version - 1))
        assert await write(database, life)
    assert not await database.write(records.record_case, late[0])
    assert await database.read(drift.compare, record(life.state, since=0)) == drift.Comparison(3, ())
    assert (await database.read(timeline, life.state.case_id)).items == life.state.story


@pytest.mark.parametrize("went_on", [0, 1], ids=["same-version", "later-version"])
@pytest.mark.parametrize("attempts", [1, 2], ids=["same-version", "later-attempt"])
async def test_an_attempt_that_was_given_up_replaces_no_successor(
    database: Database, attempts: int, went_on: int
) -> None:
    """It knows as little of its successor as that one of it; what changed the case later stands."""
    life = await started_order(database)
    given_up = twin(life)
    for reported in (scan("exception", "x-1", kind="weather"), paid())[:attempts]:
        given_up.take_in(reported.fact, LOST_AT)
    late = record(given_up.state, since=1)
    for reported in (paid(), consigned())[: 1 + went_on]:
        life.take_in(reported.fact, AGAIN_AT)
        assert await write(database, life)
    before = await rows_of(database, life.state.case_id)
    with pytest.raises(HistoryStands, match=f"the store has version {2 + went_on}"):
        await database.write(records.record_case, late)
    assert await rows_of(database, life.state.case_id) == before


async def test_what_came_with_the_start_goes_by_another_clock_than_the_opening(database: Database) -> None:
    """The API's clock goes ahead of Temporal's: the first write of the workflow is no late one."""
    life = await open_order(database, order())
    life.take_in(paid().fact, NOON - timedelta(seconds=2))
    assert await write(database, life, since=1)


async def test_what_a_history_knows_of_stands(database: Database) -> None:
    """Another build has read the history into another story: its write is refused, and nothing is deleted."""
    life = await started_order(database)
    other = twin(life)
    life.take_in(paid().fact, AGAIN_AT)
    assert await write(database, life)
    before = await rows_of(database, life.state.case_id)
    other.state.mark = life.state.mark  # as the history says
    other.take_in(scan("exception", "x-1", kind="weather").fact, AGAIN_AT)
    with pytest.raises(HistoryStands, match="refused is version 2"):
        await write(database, other)
    assert await rows_of(database, life.state.case_id) == before


async def test_who_knows_of_no_write_before_replaces_nothing(database: Database) -> None:
    """In the middle of a case it cannot be told from another story."""
    life = await started_order(database)
    other = twin(life)
    life.take_in(paid().fact, AGAIN_AT)
    assert await write(database, life)
    other.state.mark = ""
    other.take_in(scan("exception", "x-1", kind="weather").fact, AGAIN_AT)
    with pytest.raises(HistoryStands):
        await write(database, other)


async def test_the_same_again_in_other_words_at_another_time(database: Database) -> None:
    """A workflow task that is made again comes to the same story a little later: that is a repetition."""
    life = await started_order(database)
    again = twin(life)
    life.take_in(paid().fact, LOST_AT)
    assert await write(database, life)
    again.take_in(paid().fact, AGAIN_AT)
    assert await write(database, again)
    assert (await database.read(timeline, life.state.case_id)).items == again.state.story
