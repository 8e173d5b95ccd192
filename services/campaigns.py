"""Campaigns of the marketplace (S2-70)."""

from domain.order.state import CampaignTerms
from domain.roles import Actor
from services.context import Context
from services.errors import NotFound
from store import campaigns
from store.campaigns import CampaignPut, CampaignRecord


async def change_campaign(here: Context, terms: CampaignTerms, by: Actor) -> CampaignPut:
    """Sets a campaign. A change moves the running ship deadlines of its orders, which say so."""
    put = await here.db.write(campaigns.put, terms, by, await here.clock.now())
    if put.moved:
        here.relay.wake(put.moved)
    return put


async def find_campaign(here: Context, campaign_id: str) -> CampaignRecord:
    """A campaign's terms. Raises NotFound."""
    found = await here.db.read(campaigns.get, campaign_id)
    if found is None:
        raise NotFound(f"There is no campaign {campaign_id}.")
    return found
