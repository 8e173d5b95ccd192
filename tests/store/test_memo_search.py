"""Looking for a shop's memos."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from domain.privacy import KeptText
from domain.roles import Actor, Role
from store import memo_search, memos
from store.database import Database
from store.memo_search import FoundMemo, MemoFilter
from store.pages import BadCursor, write_cursor
from tests.store.scenes import AGENT, DAY, HOUR, NOON, consigned, open_order, order, report

T1, T2 = "order:demo:taobao:T1001", "order:demo:taobao:T2"


def _memo(number: int, text: Any, case_id: str = T1, at: datetime = NOON, **other: Any) -> memos.Memo:
    actor: Actor = other.pop("actor", AGENT)
    kept = KeptText(f"memo:{number}", "memo", text, flag=0)._replace(**other)
    return memos.memo_of(kept, case_id, "demo", actor, at)


async def _numbers(db: Database, **only: Any) -> list[int]:
    found = await db.read(memo_search.search, "demo", MemoFilter(**only))
    return [int(one.memo.memo_id.removeprefix("memo:")) for one in found.items]


@pytest.fixture
async def shop(database: Database) -> Database:
    """Two orders of the shop."""
    for order_id in ("T1001", "T2"):
        await open_order(database, order(order_id))
    return database


@pytest.mark.rule("S2-06")
async def test_memos_are_found_newest_first_through_every_page_size(shop: Database) -> None:
    """Each once, with its order; of those written at one time the order is fixed."""
    kept = [_memo(number, f"第{number}条", at=NOON + number // 2 * HOUR) for number in range(6)]
    await shop.write(memos.keep, kept)
    expected = [FoundMemo(memo, "T1001") for memo in reversed(kept)]
    for limit in range(1, 8):
        found: list[FoundMemo] = []
        cursor = None
        while True:
            page = await shop.read(memo_search.search, "demo", None, limit, cursor)
            assert len(page.items) <= limit
            found += page.items
            if (cursor := page.next) is None:
                break
        assert found == expected
    with pytest.raises(BadCursor):
        await shop.read(memo_search.search, "demo", cursor=write_cursor(1))


@pytest.mark.rule("S2-06")
async def test_words_are_looked_for_within_the_line(shop: Database) -> None:
    """Date and name belong to it; capitals do not matter; nothing that is looked for is a wildcard."""
    texts = ["100% 棉", "100 棉", "DRESS_red 缺货", "DRESSxRED", "a/b\\c", "@4.15阿华 已催付"]
    await shop.write(memos.keep, [_memo(number, text) for number, text in enumerate(texts)])
    for words, numbers in (
        ("100% 棉", [0]),
        ("%", [0]),
        ("dress_RED", [2]),
        ("dress", [3, 2]),
        ("缺货", [2]),
        ("/b\\", [4]),
        ("@11.11 DEMO-agent", [4, 3, 2, 1, 0]),
        ("阿华", [5]),
        ("有货", []),
        ("", [5, 4, 3, 2, 1, 0]),
    ):
        assert await _numbers(shop, words=words) == numbers, words


async def test_memos_are_told_apart_by_flag_author_time_and_order(shop: Database) -> None:
    """One filter at a time, and all together."""
    supervisor = Actor(role=Role.SUPERVISOR, account="demo-supervisor")
    first = _memo(1, "x", flag=1)
    await shop.write(
        memos.keep, [first, _memo(2, "x", T2, NOON + HOUR), _memo(3, "y", at=NOON + DAY, actor=supervisor)]
    )
    for only, numbers in (
        ({"flag": 1}, [1]),
        ({"flag": 0}, [3, 2]),
        ({"account": "demo-supervisor"}, [3]),
        ({"since": NOON + HOUR}, [3, 2]),
        ({"until": NOON + HOUR}, [1]),
        ({"order_id": "T1001"}, [3, 1]),
        ({"order_id": "T9"}, []),
    ):
        assert await _numbers(shop, **only) == numbers, only
    everything = {"words": "x", "flag": 1, "account": "demo-agent", "since": NOON, "order_id": "T1001"}
    assert await _numbers(shop, **everything, until=NOON + HOUR) == [1]


async def test_texts_that_are_no_memos_are_not_found(shop: Database) -> None:
    """Addresses, reasons and what buyers wrote have no line; notes and the stamps of holds have one."""
    purposes = ("memo", "note", "ship_hold", "address", "close_reason", "buyer_message", "signed_by")
    await shop.write(
        memos.keep, [_memo(number, "暂不发货", purpose=purpose) for number, purpose in enumerate(purposes)]
    )
    assert await _numbers(shop) == [2, 1, 0]


async def test_another_shops_memos_are_not_found(shop: Database) -> None:
    """Whatever is asked for, its order and waybill too."""
    await open_order(shop, order("T1001", merchant="other"))
    await report(shop, consigned("ZT1"))
    await shop.write(memos.keep, [_memo(1, "x"), replace(_memo(2, "x", "order:other:taobao:T1001"), merchant="other")])
    for only in ({}, {"order_id": "T1001"}, {"tracking_no": "ZT1"}, {"words": "x"}):
        assert await _numbers(shop, **only) == [1]
    assert (await shop.read(memo_search.search, "other", MemoFilter(tracking_no="ZT1"))).items == []


@pytest.mark.rule("S2-06")
async def test_a_waybill_finds_the_memos_on_its_parcel_and_its_order(shop: Database) -> None:
    """Not those on another parcel of the order, nor another order's; who looks by it learns case and order (S2-23)."""
    await report(shop, consigned("ZT1"), consigned("ZT2", "ship-2"), consigned("ZT3", "ship-3", "T2"))
    on = [(T1, None), (T1, "ZT1"), (T1, "ZT2"), (T2, None), (T2, "ZT3")]
    kept = [_memo(number, "拒收", case_id, tracking_no=tracking_no) for number, (case_id, tracking_no) in enumerate(on)]
    await shop.write(memos.keep, kept)
    assert await _numbers(shop, tracking_no="ZT1") == [1, 0]
    assert await _numbers(shop, tracking_no="ZT2") == [2, 0]
    assert await _numbers(shop, tracking_no="ZT9") == []
    assert await _numbers(shop, tracking_no="ZT1", order_id="T1001") == [1, 0]
    assert await _numbers(shop, tracking_no="ZT1", order_id="T2") == []
    (on_parcel, on_order) = (await shop.read(memo_search.search, "demo", MemoFilter(tracking_no="ZT3"))).items
    assert {(one.memo.case_id, one.order_id) for one in (on_parcel, on_order)} == {(T2, "T2")}


async def test_a_waybill_of_two_orders_finds_both(shop: Database) -> None:
    """Orders that left in one parcel."""
    await report(shop, consigned("ZT1"), consigned("ZT1", "ship-2", "T2"))
    await shop.write(memos.keep, [_memo(1, "x"), _memo(2, "x", T2)])
    assert await _numbers(shop, tracking_no="ZT1") == [2, 1]
