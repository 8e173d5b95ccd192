"""Campaigns of the marketplace: windows, frozen refunds, how long shops have to ship (S2-70)."""

from datetime import timedelta
from typing import Annotated

from fastapi import Path, Response
from pydantic import BaseModel, ConfigDict, Field, model_validator

from api import documented
from api.dependencies import Caller, Here, allowed_for
from api.paging import ListPage, shown
from api.routing import Router
from api.schemas import PageShown
from domain.invalid import InvalidValue
from domain.order.state import CampaignTerms
from domain.policy.values import Term
from domain.roles import Actor, Role
from domain.times import Instant, iso_duration
from services.campaigns import change_campaign, find_campaign
from store import campaigns
from store.campaigns import CampaignRecord

router = Router(prefix="/v1/campaigns", tags=["campaigns"], responses=documented.PROBLEMS)

Setter = Annotated[Actor, allowed_for((Role.PLATFORM, Role.OPS), "Setting a campaign")]
CampaignId = Annotated[str, Path(pattern=r"^[A-Za-z0-9._-]{1,64}$", examples=["double-11"])]


class CampaignWindow(BaseModel):
    """A span of time."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    from_: Instant = Field(alias="from", examples=["2026-11-11T00:00:00+08:00"])
    to: Instant = Field(examples=["2026-11-12T00:00:00+08:00"])

    @model_validator(mode="after")
    def _in_order(self) -> "CampaignWindow":
        if self.to <= self.from_:
            raise InvalidValue("to must lie after from", "to 须晚于 from")
        return self


class Campaign(CampaignWindow):
    """A campaign; without `ship_within` the edition's own promotion time holds."""

    refunds_frozen: CampaignWindow | None = None
    ship_within: Annotated[Term, Field(le=timedelta(days=90), examples=["P7D"])] | None = None
    ship_hold: bool = False


class CampaignShown(Campaign):
    """A campaign and its version."""

    campaign_id: str = Field(examples=["double-11"])
    version: int = Field(examples=[1])


@router.put("/{campaign_id}", responses={201: {"model": CampaignShown, "description": "The campaign is new"}})
async def put_campaign(
    campaign_id: CampaignId, request: Campaign, by: Setter, here: Here, response: Response
) -> CampaignShown:
    """Sets a campaign. A change moves the running ship deadlines of its orders, which say so."""
    frozen = request.refunds_frozen
    terms = CampaignTerms(
        id=campaign_id,
        starts_at=request.from_,
        ends_at=request.to,
        ship_within=iso_duration(request.ship_within) if request.ship_within else None,
        ship_hold=request.ship_hold,
        refunds_frozen_from=frozen.from_ if frozen else None,
        refunds_frozen_to=frozen.to if frozen else None,
    )
    put = await change_campaign(here, terms, by)
    if put.created:
        response.status_code = 201
    return CampaignShown(**dict(request), campaign_id=campaign_id, version=put.version)


@router.get("")
async def list_campaigns(caller: Caller, here: Here, page: ListPage) -> PageShown[CampaignShown]:
    """The campaign calendar: windows, frozen refunds, how long shops have to ship, whether goods may be held."""
    return shown(await here.db.read(campaigns.list_campaigns, page.limit, page.cursor), _shown)


@router.get("/{campaign_id}")
async def get_campaign(campaign_id: CampaignId, caller: Caller, here: Here) -> CampaignShown:
    """A campaign's terms."""
    return _shown(await find_campaign(here, campaign_id))


def _shown(found: CampaignRecord) -> CampaignShown:
    terms = found.terms
    frozen = None
    if terms.refunds_frozen_from and terms.refunds_frozen_to:
        frozen = CampaignWindow(from_=terms.refunds_frozen_from, to=terms.refunds_frozen_to)
    return CampaignShown.model_validate(
        {
            "campaign_id": terms.id,
            "version": found.version,
            "from": terms.starts_at,
            "to": terms.ends_at,
            "refunds_frozen": frozen,
            "ship_within": terms.ship_within,
            "ship_hold": terms.ship_hold,
        }
    )
