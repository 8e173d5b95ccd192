"""A shop's after-sale automation: what its settings must keep to, what a buyer's words say, and trying strategies."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Depends, Query

from api import documented
from api.auth import Caller, acting
from api.context import Context, Here
from api.merchants import OwnMerchant, workable
from automation.keywords import contradiction
from automation.trial import PastRequest, TrialReport, trial
from domain.after_sale.automation import past_steps
from domain.after_sale.state import AfterSaleState
from domain.case.declare import Said
from domain.roles import Actor, Role
from domain.shop.automation import Automation
from domain.shop.settings import AUTOMATION
from store import memos, requests, shop_settings
from store.requests import PastRequestRecord

router = APIRouter(prefix="/v1/merchants/{merchant}/automation", tags=["merchants"], responses=documented.PROBLEMS)

TRIED = 1000
"""How many past requests a trial looks at, the newest."""


def _tries(merchant: OwnMerchant, caller: Caller) -> Actor:
    return acting(caller, (Role.OWNER, Role.SUPERVISOR), "Trying strategies")


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
    workable(automation)
    records = await requests.newest_requests(here.db, merchant, TRIED)
    return await asyncio.to_thread(_tried, automation, records, switch_on or [])


async def contradicted_by(here: Context, merchant: str, said: Said | None) -> list[str]:
    """The shop's keywords in a buyer's words that speak for other services than the one she asks for (S3-08)."""
    if said is None or not (said.text or said.kept):
        return []
    automation = Automation.model_validate(await shop_settings.get(here.db, merchant, AUTOMATION))
    if not automation.keywords:
        return []
    text = said.text or (await memos.text_of(here.db, said.kept) if said.kept else None) or ""
    found = contradiction(automation, said.service, text)
    return list(dict.fromkeys(match.word for match in found))


def _tried(automation: Automation, records: list[PastRequestRecord], switch_on: list[str]) -> TrialReport:
    past = [step for record in records for step in _steps(record)]
    return trial(automation, past, switch_on=switch_on)


def _steps(record: PastRequestRecord) -> list[PastRequest]:
    state = AfterSaleState.model_validate(record.state)
    buyer = {"buyer_trades": record.trades, "buyer_credit": record.credit}
    return [
        PastRequest(
            case_id=record.case_id,
            stage=step.stage,
            facts=step.facts.model_copy(update=buyer),
            warned=bool(state.demand.contradicts),
            decided=step.decided,
        )
        for step in past_steps(state)
    ]
