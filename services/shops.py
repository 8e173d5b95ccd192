"""What a shop sets up: its settings, and what its main account grants the other accounts (S1-27, S1-40, S4-66)."""

import asyncio
from collections.abc import Sequence
from decimal import Decimal

from pydantic import BaseModel

from automation.strategies import check
from automation.trial import PastRequest, TrialReport, trial
from domain.after_sale.automation import past_steps
from domain.after_sale.state import AfterSaleState
from domain.roles import Actor
from domain.shop.accounts import Permission
from domain.shop.automation import Automation
from services.context import Context
from services.errors import NotFound, wrong_fields
from store import accounts, requests, shop_settings, tokens
from store.accounts import AccountRecord
from store.requests import PastRequestRecord

TRIED = 1000
"""How many past requests a trial looks at, the newest."""


async def change_settings(here: Context, merchant: str, section: str, settings: BaseModel, owner: Actor) -> None:
    """Sets a section. Raises Invalid for strategies that cannot work."""
    _check_workable(settings)
    await here.db.write(shop_settings.put, merchant, section, settings, owner, await here.clock.now())


async def try_strategies(here: Context, merchant: str, automation: Automation, switch_on: Sequence[str]) -> TrialReport:
    """What these settings, saved or not, would have decided of the shop's newest requests. Changes nothing.

    Args:
        here: the parts of the process.
        merchant: the shop.
        automation: its strategies and keywords.
        switch_on: strategies that are off, tried as if they were on.

    Raises:
        Invalid: strategies that cannot work; each is named.
    """
    _check_workable(automation)
    records = await here.db.read(requests.newest_requests, merchant, TRIED)
    return await asyncio.to_thread(_try, automation, records, switch_on)


async def find_account(here: Context, merchant: str, account: str) -> AccountRecord:
    """An account of the shop. Raises NotFound."""
    found = await here.db.read(accounts.find, merchant, account)
    if found is None:
        raise NotFound(f"There is no account {account}.")
    return found


async def grant_permissions(
    here: Context, merchant: str, account: str, permissions: Sequence[Permission]
) -> AccountRecord:
    """Sets what an account is granted, all of it. Raises NotFound."""
    await here.db.write(tokens.grant, merchant, account, permissions)
    here.callers.forget()
    return await find_account(here, merchant, account)


async def set_authority(here: Context, merchant: str, account: str, amount: Decimal | None) -> AccountRecord:
    """Sets up to how much, in yuan, an account may agree by itself; None: what its role may. Raises NotFound."""
    await here.db.write(tokens.set_authority, merchant, account, amount)
    return await find_account(here, merchant, account)


def _check_workable(settings: BaseModel) -> None:
    """What the form of settings does not show: strategies that cannot work (S3-06). Raises Invalid naming each."""
    problems = check(settings) if isinstance(settings, Automation) else []
    if problems:
        raise wrong_fields((problem.path.split("."), problem.why, "这条策略无法执行") for problem in problems)


def _try(automation: Automation, records: Sequence[PastRequestRecord], switch_on: Sequence[str]) -> TrialReport:
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
