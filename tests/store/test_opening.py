"""An order is accepted once, and never lost."""

import asyncio
from collections import Counter
from datetime import datetime, timedelta

from sqlalchemy import Connection, select, update

from domain.order.state import CampaignTerms
from domain.policy import Duration, policies, policy
from store import buyers, campaigns, cases, editions, inbox, leases, memos, new_orders, timeline
from store.database import Database
from store.leases import Lease
from store.opening import Opened, open_case
from store.tables import POLICY_EDITIONS
from tests.store.looking import values_of
from tests.store.scenes import (
    AGENT,
    BUYER,
    DAY,
    HOUR,
    NOON,
    begin,
    first_write,
    open_order,
    order,
    paid,
    report,
    started_order,
    write,
)

TERMS = CampaignTerms(id="d11", starts_at=NOON - DAY, ends_at=NOON + DAY, ship_within="P7D")


async def test_a_client_reads_its_own_opening(database: Database) -> None:
    """Before its workflow has run, an order shows its stage, clocks, story, buyer and the buyer's message."""
    opening = order()
    life = begin(opening)
    case_id = life.state.case_id
    message = memos.Memo("memo:1", case_id, "demo", "buyer_message", "请尽快发货", 0, "agent", "demo-agent", NOON)
    assert await database.write(open_case, opening, first_write(life), BUYER, "hash", message) is Opened.CREATED
    case = await database.read(cases.get_case, case_id, "demo")
    assert case is not None
    assert (case.version, case.stage, case.open, case.order_case_id) == (1, "awaiting_payment", True, case_id)
    assert case.next_due_at == NOON + HOUR / 2
    assert [line.type for line in (await database.read(timeline.timeline, case_id)).items] == ["case.opened"]
    assert [memo.text for memo in (await database.read(memos.memos, case_id)).items] == ["请尽快发货"]
    assert await database.read(buyers.buyer, case_id) == buyers.BuyerRecord(
        "b-77", "陈小姐", "13800000000", "广州市天河区", "广东", None, None
    )


async def test_the_same_order_again_is_told_from_another_content(database: Database) -> None:
    """Opening again changes nothing: the same content is the same order, another a conflict."""
    opening = order()
    first = first_write(await open_order(database, opening))
    assert await database.write(open_case, opening, first, BUYER, "hash-1") is Opened.SAME
    assert await database.write(open_case, opening, first, BUYER, "hash-2") is Opened.CONFLICT


async def test_of_ten_openings_at_once_one_creates(database: Database) -> None:
    """Ten clients open one order at the same moment: one row, one story."""
    opening = order()
    first = first_write(begin(opening))
    opened = await asyncio.gather(*(database.write(open_case, opening, first, BUYER, "hash") for _ in range(10)))
    assert Counter(opened) == {Opened.CREATED: 1, Opened.SAME: 9}
    assert len((await database.read(timeline.timeline, first.case_id)).items) == 1


async def test_ten_orders_may_be_opened_at_once(database: Database) -> None:
    """Orders do not stand in each other's way, though all use the edition for the first time."""
    openings = [order(f"T{number}") for number in range(10)]
    opened = await asyncio.gather(
        *(database.write(open_case, one, first_write(begin(one)), BUYER, "hash") for one in openings)
    )
    assert opened == [Opened.CREATED] * 10


async def test_new_orders_for_which_something_is_due_are_found(database: Database) -> None:
    """Recovery starts them, the longest waiting first: their payment time has passed, or a fact came."""
    old = order("T1", at=NOON - 2 * HOUR)
    await open_order(database, order("T2", at=NOON))
    await open_order(database, old)
    await open_order(database, order("T3", at=NOON))
    await started_order(database, "T4", at=NOON - 3 * HOUR)
    await database.write(new_orders.hears, "order:demo:taobao:T2", NOON)
    await database.write(new_orders.hears, "order:demo:taobao:T1", NOON)
    found = await database.read(new_orders.overdue, NOON + timedelta(minutes=1))
    assert [one.case_id for one in found] == ["order:demo:taobao:T1", "order:demo:taobao:T2"]
    assert found[0].opening == old


async def test_facts_that_waited_for_the_order_are_set_free(database: Database) -> None:
    """A payment reported before its order is delivered once the order is open."""
    await report(database, paid())
    assert await database.read(leases.waiting_cases, NOON) == []
    await open_order(database, order())
    assert await database.read(leases.waiting_cases, NOON) == ["order:demo:taobao:T1001"]


async def test_a_fact_and_its_order_cannot_miss_each_other(database: Database) -> None:
    """However a fact and the opening of its order race, the fact ends up on its way to the case."""
    orders = [order(f"T{number}") for number in range(12)]

    async def opens(number: int) -> None:
        await asyncio.sleep(0.002 * (number % 3))
        await open_order(database, orders[number])

    async def pays(number: int) -> None:
        await asyncio.sleep(0.002 * (number % 4))
        await report(database, paid(f"pay-{number}", subject=f"order/taobao/T{number}"))

    await asyncio.gather(*(both for number in range(12) for both in (opens(number), pays(number))))
    assert len(await database.read(leases.waiting_cases, NOON)) == 12


async def test_a_fact_left_parked_is_set_free(database: Database) -> None:
    """What stays parked although its case is there is found by recovery."""
    await report(database, paid())
    opening = order()
    case_id = begin(opening).state.case_id
    await _open_as_if_killed(database, opening.placed_at)
    assert await database.read(leases.waiting_cases, NOON) == []
    assert await database.write(inbox.release_missed) == [case_id]
    assert await database.read(leases.waiting_cases, NOON) == [case_id]
    assert await database.write(inbox.release_missed) == []


async def _open_as_if_killed(database: Database, at: datetime) -> None:
    """The order's row is there, and nothing more of its opening."""
    from store import opening as module

    first = first_write(begin(order(at=at)))
    assert await database.write(module._insert_case, order(at=at), first, "hash")


async def test_an_edition_keeps_the_values_of_its_first_use(database: Database) -> None:
    """A value that is another than at the edition's first use is named with both; other words are no values."""
    await open_order(database, order())
    used = policy("taobao-2012")
    assert await database.write(editions.compare_editions, policies()) == []
    other_words = used.model_copy(update={"title": "Another title"})
    assert await database.write(editions.compare_editions, {used.id: other_words}) == []
    within = used.ship.within.model_copy(update={"value": Duration("PT60H")})
    shorter = used.model_copy(update={"ship": used.ship.model_copy(update={"within": within})})
    (changed,) = await database.write(editions.compare_editions, {used.id: shorter})
    assert (changed.policy, changed.path, changed.was, changed.now) == (used.id, "ship.within", "PT72H", "PT60H")
    gone = await database.write(editions.compare_editions, {})
    assert {one.now for one in gone} == {None}


async def test_a_value_that_an_edition_did_not_have_is_kept_from_then_on(database: Database) -> None:
    """A release may bring one; what it was at first is what it stays."""
    await open_order(database, order())
    kept = POLICY_EDITIONS.c["values"]
    of_edition = select(kept).where(POLICY_EDITIONS.c.policy == "taobao-2012")
    (values,) = await database.read(values_of, of_edition)
    without = {path: value for path, value in values.items() if path != "ship.within"}
    await database.write(Connection.execute, update(POLICY_EDITIONS).values({kept: without}))
    assert await database.write(editions.compare_editions, policies()) == []
    assert await database.read(Connection.scalar, of_edition) == values


async def test_an_order_read_before_its_campaign_changed_hears_of_it(database: Database) -> None:
    """Terms that change between the reading of an order and its opening reach it as a fact."""
    await database.write(campaigns.put, TERMS, AGENT, NOON)
    opening = order(campaign=TERMS)
    moved = TERMS.model_copy(update={"ship_within": "P10D"})
    put = await database.write(campaigns.put, moved, AGENT, NOON + HOUR)
    assert put.moved == []
    life = await open_order(database, opening)
    (waiting,) = await database.write(leases.take, life.state.case_id, Lease(NOON + HOUR, NOON + DAY))
    assert waiting.fact.type == "campaign.changed"
    assert CampaignTerms.model_validate(waiting.fact.data) == moved


async def test_a_campaign_and_its_orders_cannot_miss_each_other(database: Database) -> None:
    """However a change of terms and openings race, every order ends up with the new terms or the fact of them."""
    await database.write(campaigns.put, TERMS, AGENT, NOON)
    moved = TERMS.model_copy(update={"ship_within": "P10D"})

    async def opens(number: int) -> None:
        record = await database.read(campaigns.get, "d11")
        assert record is not None
        await open_order(database, order(f"T{number}", campaign=record.terms))

    await asyncio.gather(
        *map(opens, range(5)), database.write(campaigns.put, moved, AGENT, NOON), *map(opens, range(5, 10))
    )
    told = set(await database.read(leases.waiting_cases, NOON))
    for number in range(10):
        case = await database.read(cases.get_case, f"order:demo:taobao:T{number}", "demo")
        assert case is not None
        knows = CampaignTerms.model_validate(case.state["campaign"]) == moved
        assert knows is not (case.case_id in told)


async def test_an_order_is_new_until_something_has_happened_to_it(database: Database) -> None:
    """Whoever has something for it may have to start it; after its second version nobody may."""
    opening = order()
    life = await open_order(database, opening)
    assert await database.read(new_orders.opening_of, life.state.case_id) == opening
    life.take_in(paid().fact, NOON)
    assert await write(database, life)
    assert await database.read(new_orders.opening_of, life.state.case_id) is None
