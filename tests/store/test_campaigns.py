"""Campaigns: versions of their terms, and the orders that hear of a change."""

import asyncio

from domain.order.state import CampaignTerms
from store import campaigns, leases
from store.campaigns import CampaignPut
from store.database import Database
from store.leases import Lease
from tests.store.scenes import AGENT, DAY, HOUR, NOON, let_pass, open_order, order, started_order, write

TERMS = CampaignTerms(id="d11", starts_at=NOON - DAY, ends_at=NOON + DAY, ship_within="P7D")
MOVED = TERMS.model_copy(update={"ship_within": "P10D"})


async def test_terms_have_versions(database: Database) -> None:
    """The first PUT creates, the same again changes nothing, others are a new version."""
    assert await database.read(campaigns.get, "d11") is None
    assert await database.write(campaigns.put, TERMS, AGENT, NOON) == CampaignPut(1, True, True, [])
    assert await database.write(campaigns.put, TERMS, AGENT, NOON) == CampaignPut(1, False, False, [])
    assert await database.write(campaigns.put, MOVED, AGENT, NOON + HOUR) == CampaignPut(2, False, True, [])
    kept = await database.read(campaigns.get, "d11")
    assert kept is not None
    assert (kept.terms, kept.version, kept.updated_at) == (MOVED, 2, NOON + HOUR)


async def test_a_change_is_told_to_the_open_orders_of_the_campaign(database: Database) -> None:
    """Every open order of it, of whatever shop, gets one fact a version; others get none."""
    await database.write(campaigns.put, TERMS, AGENT, NOON)
    await open_order(database, order("T1", campaign=TERMS))
    await open_order(database, order("T2", merchant="other", campaign=TERMS))
    await open_order(database, order("T3"))
    ended = await started_order(database, "T4", campaign=TERMS, at=NOON - 4 * DAY)
    let_pass(ended, NOON)
    assert not ended.state.open
    assert await write(database, ended, since=1)
    put = await database.write(campaigns.put, MOVED, AGENT, NOON + HOUR)
    assert put.moved == ["order:demo:taobao:T1", "order:other:taobao:T2"]
    await database.write(campaigns.put, TERMS, AGENT, NOON + 2 * HOUR)
    assert sorted(await database.read(leases.waiting_cases, NOON)) == put.moved
    first, second = await database.write(leases.take, put.moved[1], Lease(NOON, NOON + DAY))
    assert (first.merchant, first.fact.type, first.fact.at, first.fact.actor) == (
        "other",
        "campaign.changed",
        NOON + HOUR,
        AGENT,
    )
    assert CampaignTerms.model_validate(first.fact.data) == MOVED
    assert CampaignTerms.model_validate(second.fact.data) == TERMS
    assert first.fact.key != second.fact.key


async def test_puts_at_once_follow_each_other(database: Database) -> None:
    """Ten first PUTs at the same moment: one creates, each other is a version of its own."""
    all_terms = [TERMS.model_copy(update={"ship_within": f"P{days}D"}) for days in range(1, 11)]
    puts = await asyncio.gather(*(database.write(campaigns.put, terms, AGENT, NOON) for terms in all_terms))
    assert sorted(put.version for put in puts) == list(range(1, 11))
    assert sum(put.created for put in puts) == 1
