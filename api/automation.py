"""A shop's after-sale automation: what its settings must keep to, what a buyer's words say, and trying strategies."""

from typing import Annotated

from fastapi import Depends, Query

from api import documented
from api.dependencies import Caller, Here
from api.merchants import OwnMerchant
from api.routing import Router
from automation.trial import TrialReport
from domain.roles import Actor, Role
from domain.shop.automation import Automation
from services import shops
from services.cases import require_role

router = Router(prefix="/v1/merchants/{merchant}/automation", tags=["merchants"], responses=documented.PROBLEMS)


async def _tries(merchant: OwnMerchant, caller: Caller) -> Actor:
    return require_role(caller, (Role.OWNER, Role.SUPERVISOR), "Trying strategies")


@router.post("/trial")
async def try_strategies(
    merchant: OwnMerchant,
    by: Annotated[Actor, Depends(_tries)],
    automation: Automation,
    here: Here,
    switch_on: Annotated[
        list[str] | None, Query(max_length=100, description="Strategies that are off, tried as if they were on")
    ] = None,
) -> TrialReport:
    """What these settings, saved or not, would have decided of the shop's newest 1,000 requests. Changes nothing.

    Every step counts for itself: a request's review, the receiving of its return, the payment. For: owner, supervisor.
    """
    return await shops.try_strategies(here, merchant, automation, switch_on or [])
