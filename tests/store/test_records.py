"""One transaction carries a case from version to version."""

import asyncio
import random
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import Connection, delete, select, update
from sqlalchemy.exc import IntegrityError

from domain.case.record import record
from store import buyers, memos
from store.database import Database, add_rows
from store.drift import Comparison, compare
from store.records import NoSuchCase, record_case
from store.tables import CASES, DEADLINES, LEDGER_ENTRIES, PARCELS, TIMELINE, WORK_ITEMS
from tests.store.looking import values_of
from tests.store.scenes import (
    AGENT,
    DAY,
    HOUR,
    NOON,
    Life,
    begin,
    consigned,
    fact,
    first_write,
    let_pass,
    open_order,
    order,
    paid,
    rows_of,
    scan,
    started_order,
    write,
)


def _pay(life: Life, id_: str = "pay-1") -> None:
    life.take_in(paid(id_).fact, NOON)


def _stall(life: Life) -> None:
    """Paid, consigned and scanned once; then silence until somebody has a task."""
    _pay(life)
    life.take_in(consigned().fact, NOON + HOUR)
    life.take_in(scan("picked_up", "scan-1", at=NOON + 2 * HOUR).fact, NOON + 2 * HOUR)
    let_pass(life, NOON + 3 * DAY)


async def test_a_rebuild_mends_every_row(database: Database) -> None:
    """Clocks, tasks, entries, parcels and columns become what the state says, and the story what the run told."""
    life = await started_order(database)
    _stall(life)
    assert await write(database, life, since=1)
    case_id = life.state.case_id
    before = await rows_of(database, case_id)
    await database.write(Connection.execute, update(DEADLINES).values(state="running"))
    await database.write(Connection.execute, delete(LEDGER_ENTRIES))
    await database.write(Connection.execute, update(WORK_ITEMS).values(state="done"))
    await database.write(Connection.execute, update(PARCELS).values(status=None))
    await database.write(Connection.execute, update(CASES).values(stage="closed", open=False))
    await database.write(Connection.execute, delete(TIMELINE).where(TIMELINE.c.seq > 1))
    rebuilt = first_write(life).model_copy(update={"rebuilds": True})
    assert await database.write(record_case, rebuilt)
    after = await rows_of(database, case_id)
    assert after["cases"][0].pop("revision") == before["cases"][0].pop("revision") + 1
    assert after == before


async def test_a_rebuild_leaves_the_lines_that_another_run_told(database: Database) -> None:
    """They stand where they are; the one that is missing is known by its number and cannot be told again."""
    life = await started_order(database)
    _pay(life)
    assert await write(database, life)
    await database.write(Connection.execute, delete(TIMELINE).where(TIMELINE.c.seq == 1))
    own = [line for line in life.state.story if line.version > 1]
    rebuilt = first_write(life).model_copy(update={"story": own, "told_since": 1, "rebuilds": True})
    assert await database.write(record_case, rebuilt)
    assert await database.read(compare, rebuilt) == Comparison(2, (), lost=(1,))


async def test_columns_follow_the_state(database: Database) -> None:
    """Stage, outcome, next due time and state are the case's own after each write."""
    life = await started_order(database)
    _pay(life)
    assert await write(database, life)
    (row,) = (await rows_of(database, life.state.case_id))["cases"]
    assert (row["stage"], row["outcome"], row["open"], row["version"]) == ("awaiting_shipment", None, True, 2)
    assert row["next_due_at"] == NOON + timedelta(hours=48)
    assert row["updated_at"] == NOON
    assert row["state"]["payments"][0]["amount"] == "209.00"


async def test_a_lower_version_is_dropped_whole(database: Database) -> None:
    """A write that comes after a later one changes nothing and says so."""
    life = await started_order(database)
    late = record(life.state, since=0)
    _pay(life)
    assert await write(database, life)
    before = await rows_of(database, life.state.case_id)
    assert not await database.write(record_case, late)
    assert await rows_of(database, life.state.case_id) == before


async def test_a_write_may_be_repeated(database: Database) -> None:
    """The same write again leaves the same rows: an activity that lost its answer is run again."""
    life = await started_order(database)
    _stall(life)
    assert await write(database, life, since=1)
    before = await rows_of(database, life.state.case_id)
    assert before["work_items"]
    assert before["parcels"]
    assert await write(database, life, since=1)
    assert await rows_of(database, life.state.case_id) == before


@pytest.mark.parametrize("unexplained", [_pay, _stall], ids=["a payment", "a whole shipment"])
async def test_what_no_history_explains_is_replaced(database: Database, unexplained: Callable[[Life], None]) -> None:
    """Rows above `since` that a killed server left behind give way to what the case goes on with."""
    opening = order()
    lost = await open_order(database, opening)
    assert await write(database, lost)
    known = lost.state.mark
    unexplained(lost)
    assert await write(database, lost, since=1)
    true = begin(opening)
    true.state.mark = known
    for number in range(lost.state.version):
        true.take_in(fact("order.erp_read", f"read-{number}").fact, NOON + 4 * DAY)
    assert await write(database, true, since=1)
    rows = await rows_of(database, true.state.case_id)
    assert [row["type"] for row in rows["timeline"]] == ["case.opened"] + ["order.erp_read"] * lost.state.version
    assert [(row["kind"], row["state"]) for row in rows["deadlines"]] == [
        ("payment", "running"),
        ("payment_reminder", "running"),
    ]
    assert rows["ledger_entries"] == []
    assert rows["work_items"] == []
    assert all(row["status"] is None and row["units"] is None for row in rows["parcels"])


async def test_a_task_keeps_who_claimed_it(database: Database) -> None:
    """The case owns a task's state, people its assignee: a later write leaves the claim alone."""
    life = await started_order(database)
    _stall(life)
    assert await write(database, life, since=1)
    await database.write(Connection.execute, update(WORK_ITEMS).values(assignee="demo-agent"))
    life.take_in(scan("scanned", "scan-2", at=NOON + 3 * DAY).fact, NOON + 3 * DAY)
    assert await write(database, life)
    items = (await rows_of(database, life.state.case_id))["work_items"]
    assert {(item["type"], item["state"], item["assignee"]) for item in items} == {
        ("tracking_stalled", "superseded", "demo-agent")
    }
    assert {item["work_group"] for item in items} == {"aftersale"}


async def test_a_parcel_that_the_intake_never_announced_gets_its_row(database: Database) -> None:
    """What the case knows is enough, as when a database was restored."""
    life = await started_order(database)
    life.take_in(consigned().fact, NOON)
    assert await write(database, life)
    (parcel,) = (await rows_of(database, life.state.case_id))["parcels"]
    assert (parcel["status"], parcel["units"], parcel["merchant"]) == ("consigned", {"1": 1}, "demo")


async def test_another_address_moves_to_the_buyer(database: Database) -> None:
    """The state names the memo with the new address; its text becomes the buyer's."""
    life = await started_order(database)
    case_id = life.state.case_id
    address = {"city": "上海市", "street": "南京路 1 号"}
    memo = memos.Memo("memo:1", case_id, "demo", "address", address, 0, AGENT.role, AGENT.account, NOON)
    await database.write(memos.keep, [memo])
    life.state.address_from = "memo:1"
    _pay(life)
    assert await write(database, life)
    found = await database.read(buyers.buyer, case_id)
    assert found is not None
    assert found.address == address
    assert found.name == "陈小姐"


async def test_a_case_without_a_row_cannot_be_written(database: Database) -> None:
    """Row first, then the workflow: a write without a row is a mistake."""
    with pytest.raises(NoSuchCase):
        await database.write(record_case, first_write(begin(order())))


async def test_an_entry_is_booked_once(database: Database) -> None:
    """The same kind, rule and cause of a case cannot stand in the ledger twice, whoever writes it."""
    life = await started_order(database)
    _pay(life)
    assert await write(database, life)
    (entry,) = (await rows_of(database, life.state.case_id))["ledger_entries"]
    with pytest.raises(IntegrityError):
        await database.write(add_rows, LEDGER_ENTRIES, [{**entry, "entry_id": "another/1"}])


async def test_writes_in_any_order_end_at_the_highest_version(database: Database) -> None:
    """Ten writers at once: whoever is late is dropped, and the rows are those of the last version."""
    life = await started_order(database)
    writes = []
    for number in range(10):
        _pay(life, f"pay-{number}")
        writes.append(record(life.state, since=1))
    random.Random(7).shuffle(writes)
    taken = await asyncio.gather(*(database.write(record_case, one) for one in writes))
    assert taken.count(True) >= 1
    rows = await rows_of(database, life.state.case_id)
    assert rows["cases"][0]["version"] == 11
    assert len(rows["ledger_entries"]) == 10
    seqs = await database.read(values_of, select(TIMELINE.c.seq).order_by(TIMELINE.c.seq))
    assert list(seqs) == list(range(1, len(life.state.story) + 1))
    assert await database.read(Connection.scalar, select(CASES.c.open))
