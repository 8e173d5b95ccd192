"""A case's timeline, clocks, ledger and texts, page by page."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Connection, update

from domain.case.deadline import Deadline
from domain.case.ledger import EntryKind, totals
from store import deadlines, ledger, memos, timeline
from store.database import Database, add_rows
from store.pages import BadCursor, Page, write_cursor
from store.tables import CASES, LEDGER_ENTRIES
from tests.store.scenes import (
    AGENT,
    HOUR,
    NOON,
    Life,
    consigned,
    let_pass,
    open_order,
    order,
    paid,
    rows_of,
    scan,
    started_order,
    write,
)


async def _walk(list_: Callable[..., Page[Any]], db: Database, case_id: str, limit: int) -> list[Any]:
    found: list[Any] = []
    cursor = None
    while True:
        page = await db.read(list_, case_id, limit, cursor)
        assert len(page.items) <= limit
        found += page.items
        if (cursor := page.next) is None:
            return found


def _name(clock: Deadline) -> tuple[str, str]:
    return clock.kind, clock.subject


async def _late_order(db: Database) -> Life:
    """Paid, never shipped: the ship deadline passes; then a pick-up in time is reported late."""
    life = await started_order(db)
    life.take_in(paid().fact, NOON)
    let_pass(life, NOON + 80 * HOUR)
    assert await write(db, life, since=1)
    return life


async def test_every_page_size_shows_the_same_story(database: Database) -> None:
    """Timeline, clocks and ledger show everything once, in order, whatever the page's size."""
    life = await _late_order(database)
    case_id, state = life.state.case_id, life.state
    for limit in range(1, 12):
        assert await _walk(timeline.timeline, database, case_id, limit) == state.story
        clocks = await _walk(deadlines.deadlines, database, case_id, limit)
        assert sorted(clocks, key=_name) == sorted(state.deadlines, key=_name)
        assert [clock.started_at for clock in clocks] == sorted(clock.started_at for clock in clocks)
        booked = await _walk(ledger.ledger, database, case_id, limit)
        assert [entry.entry_id for entry in booked] == [entry.entry_id for entry in state.ledger]


async def test_pages_of_a_story_stand_still_while_it_goes_on(database: Database) -> None:
    """Lines added between two pages neither repeat nor hide any."""
    life = await _late_order(database)
    first = await database.read(timeline.timeline, life.state.case_id, limit=3)
    life.take_in(paid("pay-2").fact, NOON)
    assert await write(database, life)
    second = await database.read(timeline.timeline, life.state.case_id, limit=100, cursor=first.next)
    assert first.items + second.items == life.state.story


async def test_totals_are_net_of_reversals(database: Database) -> None:
    """What the database sums is what the domain sums, before and after a reversal."""
    life = await _late_order(database)
    case_id = life.state.case_id
    booked = (await database.read_at_once(ledger.ledger, case_id)).totals
    assert booked[EntryKind.PAYMENT] == Decimal("209.00")
    assert booked[EntryKind.LATE_SHIPMENT_POINTS] == Decimal(3)
    life.take_in(consigned(at=NOON + HOUR).fact, NOON + 81 * HOUR)
    life.take_in(scan("picked_up", "s1", at=NOON + 2 * HOUR).fact, NOON + 81 * HOUR)
    assert await write(database, life, since=life.state.version - 2)
    reversed_ = (await database.read_at_once(ledger.ledger, case_id)).totals
    assert reversed_[EntryKind.LATE_SHIPMENT_POINTS] == 0
    assert reversed_ == totals(life.state.ledger)
    entries = {entry.entry_id: entry for entry in (await database.read_at_once(ledger.ledger, case_id)).items}
    takes_back = [entry for entry in entries.values() if entry.reverses]
    assert takes_back
    assert all(entries[entry.reverses].amount == entry.amount for entry in takes_back if entry.reverses)


async def test_an_order_shows_the_entries_of_its_children(database: Database) -> None:
    """A child's ledger shows its own entries, the order's both, each with whose it is."""
    life = await _late_order(database)
    parent = life.state.case_id
    child = (await open_order(database, order("child"))).state.case_id
    await database.write(Connection.execute, update(CASES).where(CASES.c.case_id == child).values(order_case_id=parent))
    (entry, *_) = (await rows_of(database, parent))["ledger_entries"]
    refund = {**entry, "entry_id": f"{child}/1", "case_id": child, "kind": "refund", "amount": Decimal("50.00")}
    await database.write(add_rows, LEDGER_ENTRIES, [refund])
    assert [one.case_id for one in (await database.read_at_once(ledger.ledger, child)).items] == [child]
    assert {one.case_id for one in (await database.read_at_once(ledger.ledger, parent)).items} == {parent, child}
    assert (await database.read_at_once(ledger.ledger, parent)).totals[EntryKind.REFUND] == Decimal("50.00")
    assert (await database.read_at_once(ledger.ledger, child)).totals == {EntryKind.REFUND: Decimal("50.00")}
    for limit in (1, 2, 3):
        assert len(await _walk(ledger.ledger, database, parent, limit)) == len(life.state.ledger) + 1


async def test_texts_come_in_pages_with_who_wrote_them(database: Database) -> None:
    """A case's texts, the oldest first; keeping one again changes nothing."""
    case_id = "order:demo:taobao:T1001"
    kept = [
        memos.Memo(f"memo:{number}", case_id, "demo", "memo", f"第{number}条", 1, AGENT.role, AGENT.account, NOON)
        for number in range(5)
    ]
    await database.write(memos.keep, kept)
    await database.write(memos.keep, [memos.Memo("memo:0", case_id, "demo", "memo", "other", 0, "agent", "x", NOON)])
    await database.write(memos.keep, [])
    for limit in range(1, 7):
        assert await _walk(memos.memos, database, case_id, limit) == kept


@pytest.mark.parametrize("list_", [timeline.timeline, deadlines.deadlines, ledger.ledger, memos.memos])
async def test_a_cursor_of_another_list_is_refused(database: Database, list_: Callable[..., Page[Any]]) -> None:
    """Rubbish, a list's cursor that has other parts, and numbers beyond any row raise BadCursor."""
    for cursor in ("rubbish", write_cursor("a", "b", "c", "d", "e"), write_cursor(2**40)):
        with pytest.raises(BadCursor):
            await database.read(list_, "order:demo:taobao:T1001", 10, cursor)
