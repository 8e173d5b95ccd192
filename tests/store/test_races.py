"""Races whose bad moment is made to happen, on PostgreSQL: SQLite's writers follow each other anyway."""

import asyncio
from typing import Any

import pytest

from domain.order.state import CampaignTerms
from store import campaigns, inbox, staffing
from store.database import Database
from tests.store.scenes import AGENT, DAY, HOUR, NOON, open_order, order, paid, report
from tests.store.teams import give_tasks, holders, set_staff

pytestmark = pytest.mark.parametrize("database", ["postgresql"], indirect=True)


async def test_an_order_opened_while_its_fact_is_being_parked(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The opening cannot see the parked fact yet; the intake's second look after its commit sets it free."""
    write = inbox._write

    async def write_then_open(*args: Any) -> None:
        await write(*args)
        await open_order(database, order())

    monkeypatch.setattr(inbox, "_write", write_then_open)
    accepted = await report(database, paid())
    assert accepted.to_deliver == ["order:demo:taobao:T1001"]
    assert await inbox.waiting_cases(database, NOON) == accepted.to_deliver


async def test_a_campaign_changed_while_an_order_of_it_is_being_opened(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The change waits for the opening that has just read the old terms, and is then told to that order."""
    terms = CampaignTerms(id="d11", starts_at=NOON - DAY, ends_at=NOON + DAY, ship_within="P7D")
    await campaigns.put(database, terms, AGENT, NOON)
    catch_up = campaigns.catch_up
    changes: list[asyncio.Task[campaigns.CampaignPut]] = []

    async def catch_up_then_change(*args: Any) -> None:
        await catch_up(*args)
        moved = terms.model_copy(update={"ship_within": "P10D"})
        changes.append(asyncio.create_task(campaigns.put(database, moved, AGENT, NOON + HOUR)))
        await asyncio.wait(changes, timeout=0.5)

    monkeypatch.setattr(campaigns, "catch_up", catch_up_then_change)
    life = await open_order(database, order(campaign=terms))
    put = await changes[0]
    assert put.moved == [life.state.case_id]


async def test_a_round_of_assignment_while_another_has_counted(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It waits until the first has given out its tasks, and counts them: loads stay level."""
    monkeypatch.setattr(staffing, "AT_ONCE", 1)
    await set_staff(database, "ana", "bo")
    ids = await give_tasks(database, 2)
    count = staffing._loads
    rounds: list[asyncio.Task[int]] = []

    async def count_then_another(*args: Any) -> Any:
        counted = await count(*args)
        if not rounds:
            rounds.append(asyncio.create_task(staffing.assign_by_load(database, NOON)))
            await asyncio.wait(rounds, timeout=0.5)
        return counted

    monkeypatch.setattr(staffing, "_loads", count_then_another)
    assert await staffing.assign_by_load(database, NOON) + await rounds[0] == 2
    assert await holders(database, ids) == ["ana", "bo"]
