"""Reading cases: whose they are, filters, order, pages, and parcels as they show."""

from base64 import urlsafe_b64encode

import pytest

from store import cases
from store.cases import CaseFilter, CaseRecord, CaseSort
from store.database import Database
from store.pages import BadCursor, write_cursor
from tests.store.scenes import (
    DAY,
    HOUR,
    NOON,
    Life,
    consigned,
    let_pass,
    open_order,
    order,
    paid,
    report,
    scan,
    started_order,
    statements,
    write,
)


async def _all_pages(db: Database, sort: CaseSort, limit: int, only: CaseFilter | None = None) -> list[str]:
    found: list[CaseRecord] = []
    cursor = None
    while True:
        page = await db.read(cases.list_cases, "demo", only, sort, limit, cursor)
        assert len(page.items) <= limit
        found += page.items
        if (cursor := page.next) is None:
            return [case.order_id for case in found]


async def _ended(db: Database, order_id: str) -> Life:
    """An order that its payment deadline closed: no clock runs any more."""
    life = await started_order(db, order_id, at=NOON - 4 * DAY)
    let_pass(life, NOON)
    assert not life.state.open
    assert await write(db, life, since=1)
    return life


async def test_a_case_of_another_shop_is_not_found(database: Database) -> None:
    """A shop sees its own cases alone, one by one and in lists."""
    await started_order(database, "T1")
    assert await database.read(cases.get_case, "order:demo:taobao:T1", "other") is None
    assert (await database.read(cases.list_cases, "other")).items == []
    assert await database.read(cases.get_case, "order:demo:taobao:T2", "demo") is None


async def test_by_due_the_next_to_pass_comes_first_and_idle_cases_last(database: Database) -> None:
    """Sorted by due time through every page size, cases without a running clock stand at the end."""
    for number in (3, 1, 2):
        await started_order(database, f"T{number}", at=NOON + number * HOUR)
    await _ended(database, "E2")
    await _ended(database, "E1")
    for limit in range(1, 7):
        assert await _all_pages(database, CaseSort.DUE, limit) == ["T1", "T2", "T3", "E1", "E2"]


async def test_by_update_the_latest_comes_first(database: Database) -> None:
    """Sorted by last change, cases that changed at the same moment keep one order through every page size."""
    for number in (3, 1, 2):
        await started_order(database, f"T{number}", at=NOON + number // 2 * HOUR)
    for limit in range(1, 5):
        assert await _all_pages(database, CaseSort.UPDATED, limit) == ["T3", "T2", "T1"]


async def test_pages_stand_still_while_cases_are_opened(database: Database) -> None:
    """Cases opened between two pages neither repeat nor hide any that were there."""
    for number in range(6):
        await started_order(database, f"T{number}", at=NOON + number * HOUR)
    first = await database.read(cases.list_cases, "demo", limit=3)
    await started_order(database, "T9", at=NOON + 9 * HOUR)
    second = await database.read(cases.list_cases, "demo", limit=3, cursor=first.next)
    assert [case.order_id for case in first.items + second.items] == ["T5", "T4", "T3", "T2", "T1", "T0"]
    assert second.next is None


FILTERED: list[tuple[CaseFilter, list[str]]] = [
    (CaseFilter(kind="order"), ["E1", "J1", "T1"]),
    (CaseFilter(kind="after_sale"), []),
    (CaseFilter(stage="closed"), ["E1"]),
    (CaseFilter(platform="jd"), ["J1"]),
    (CaseFilter(outcome="unpaid"), ["E1"]),
    (CaseFilter(open=True), ["J1", "T1"]),
    (CaseFilter(open=False), ["E1"]),
    (CaseFilter(order_id="T1"), ["T1"]),
    (CaseFilter(due_before=NOON + HOUR / 2), ["J1"]),
    (CaseFilter(open=True, platform="taobao"), ["T1"]),
]


@pytest.mark.parametrize("sort", list(CaseSort))
async def test_filters(database: Database, sort: CaseSort) -> None:
    """Each filter narrows the list, several together, whatever the order."""
    await started_order(database, "T1")
    await started_order(database, "J1", platform="jd", at=NOON - HOUR)
    await _ended(database, "E1")
    for only, found in FILTERED:
        assert sorted(await _all_pages(database, sort, 2, only)) == found, only


@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        "💥",
        "bm90IGpzb24",
        write_cursor("due", NOON, "order:demo:taobao:T1"),
        write_cursor("-updated", "yesterday", "order:demo:taobao:T1"),
        write_cursor("-updated", NOON, 7),
        write_cursor("-updated", NOON, None),
        write_cursor("-updated", NOON, "a\x00b"),
        write_cursor("-updated", NOON, "a\ud800b"),
        write_cursor("-updated", "9999-12-31T23:59:59-14:00", "a"),
        urlsafe_b64encode(b"[" * 20_000).decode(),
        write_cursor(3),
    ],
)
async def test_a_cursor_of_another_making_is_refused(database: Database, cursor: str) -> None:
    """Rubbish, and cursors of lists that are sorted otherwise, raise BadCursor."""
    with pytest.raises(BadCursor):
        await database.read(cases.list_cases, "demo", cursor=cursor)


async def test_a_page_costs_the_same_however_long_it_is(database: Database) -> None:
    """A list of cases with parcels takes as many statements for ten cases as for one."""
    for number in range(10):
        life = await started_order(database, f"T{number}")
        life.take_in(consigned(f"ZT{number}").fact, NOON)
        assert await write(database, life)
    for sort in CaseSort:
        with statements(database) as for_one:
            await database.read(cases.list_cases, "demo", sort=sort, limit=1)
        with statements(database) as for_ten:
            page = await database.read(cases.list_cases, "demo", sort=sort, limit=10)
        assert [len(case.parcels) for case in page.items] == [1] * 10
        assert len(for_ten) <= len(for_one) + (sort is CaseSort.DUE)
        assert len(for_ten) <= 3


async def test_a_parcel_shows_its_newest_scan_though_the_case_slept(database: Database) -> None:
    """A plain scan shows at once; an older one, or one before what the case knows, does not."""
    life = await started_order(database)
    case_id = life.state.case_id
    await report(database, consigned(at=NOON), scan("picked_up", "s1", at=NOON + HOUR))
    case = await database.read(cases.get_case, case_id, "demo")
    assert case is not None
    assert case.parcels == ()
    life.take_in(consigned(at=NOON).fact, NOON + HOUR)
    life.take_in(scan("picked_up", "s1", at=NOON + HOUR).fact, NOON + HOUR)
    assert await write(database, life, since=1)
    assert await _shown(database, case_id) == ("picked_up", NOON + HOUR)
    await report(database, scan("scanned", "s2", at=NOON + 3 * HOUR))
    await report(database, scan("out_for_delivery", "s3", at=NOON + 5 * HOUR))
    await report(database, scan("scanned", "s4", at=NOON + 4 * HOUR))
    assert await _shown(database, case_id) == ("out_for_delivery", NOON + 5 * HOUR)
    life.take_in(scan("signed", "s5", at=NOON + 6 * HOUR).fact, NOON + 6 * HOUR)
    assert await write(database, life)
    assert await _shown(database, case_id) == ("signed", NOON + 6 * HOUR)


async def _shown(db: Database, case_id: str) -> tuple[str, object]:
    case = await db.read(cases.get_case, case_id, "demo")
    assert case is not None
    (parcel,) = case.parcels
    assert parcel.units == {"1": 1}
    return parcel.status, parcel.status_at


async def test_open_cases_are_walked_in_slices(database: Database) -> None:
    """Reconciling takes open cases of all shops, slice by slice."""
    await started_order(database, "T1")
    await open_order(database, order("T2", merchant="other"))
    await _ended(database, "E1")
    first = await database.read(cases.open_case_ids, limit=1)
    assert first == ["order:demo:taobao:T1"]
    assert await database.read(cases.open_case_ids, after=first[-1]) == ["order:other:taobao:T2"]


async def test_a_state_is_what_the_case_wrote(database: Database) -> None:
    """The state reads back as the very state that was written."""
    life = await started_order(database)
    life.take_in(paid().fact, NOON)
    assert await write(database, life)
    stored = await database.read(cases.case_state, life.state.case_id)
    assert stored is not None
    assert (stored.version, stored.open, stored.kind) == (2, True, "order")
    assert type(life.state).model_validate(stored.state) == life.state.model_copy(update={"story": []})
    assert await database.read(cases.case_state, "order:demo:taobao:none") is None
