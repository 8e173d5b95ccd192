"""Campaigns without HTTP: a change wakes whoever delivers, and an unknown one is said to be unknown."""

import pytest

from services.campaigns import change_campaign, find_campaign
from services.context import Context
from services.errors import NotFound
from store import leases
from tests.store.scenes import AGENT, DAY, NOON, open_order, order
from tests.store.test_campaigns import MOVED, TERMS

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


async def test_a_change_waits_for_the_orders_of_the_campaign(here: Context) -> None:
    """Setting it tells nobody; changing it leaves a fact for each of its open orders."""
    await change_campaign(here, TERMS, AGENT)
    await open_order(here.db, order("T1", campaign=TERMS))
    assert await here.db.read(leases.waiting_cases, NOON + DAY) == []
    assert (await change_campaign(here, MOVED, AGENT)).moved == ["order:demo:taobao:T1"]
    assert await here.db.read(leases.waiting_cases, NOON + DAY) == ["order:demo:taobao:T1"]


async def test_a_campaign_is_found_or_said_to_be_unknown(here: Context) -> None:
    """Its terms as they stand now."""
    await change_campaign(here, TERMS, AGENT)
    assert (await find_campaign(here, "d11")).terms == TERMS
    with pytest.raises(NotFound, match="no campaign d12"):
        await find_campaign(here, "d12")
