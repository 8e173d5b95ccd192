"""Races whose bad moment is made to happen, on PostgreSQL: SQLite's writers follow each other anyway."""

import asyncio
from concurrent import futures
from concurrent.futures import Future
from typing import Any

import pytest

from domain.order.state import CampaignTerms
from services.staffing import assign_by_load
from store import campaigns, inbox, leases, staffing
from store.database import Database
from store.inbox import Accepted
from tests.store.scenes import AGENT, DAY, HOUR, NOON, Life, open_order, order, paid, report
from tests.store.teams import give_tasks, holders, set_staff

pytestmark = pytest.mark.parametrize("database", ["postgresql"], indirect=True)


async def test_an_order_opened_while_its_fact_is_being_parked(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The opening waits until the fact is parked, and sets it free."""
    write, loop = inbox._write, asyncio.get_running_loop()
    opened: list[Future[Life]] = []

    def open_then_write(*args: Any) -> None:
        opened.append(asyncio.run_coroutine_threadsafe(open_order(database, order()), loop))
        futures.wait(opened, timeout=0.5)
        write(*args)

    monkeypatch.setattr(inbox, "_write", open_then_write)
    assert (await report(database, paid())).to_deliver == []
    case_id = (await asyncio.wrap_future(opened[0])).state.case_id
    assert await database.read(leases.waiting_cases, NOON) == [case_id]


async def test_a_fact_that_comes_while_its_order_is_being_opened(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It waits until the order is there, and is not parked."""
    release, loop = inbox.release, asyncio.get_running_loop()
    accepted: list[Future[Accepted]] = []

    def release_then_report(*args: Any) -> bool:
        released = release(*args)
        accepted.append(asyncio.run_coroutine_threadsafe(report(database, paid()), loop))
        futures.wait(accepted, timeout=0.5)
        return released

    monkeypatch.setattr(inbox, "release", release_then_report)
    case_id = (await open_order(database, order())).state.case_id
    assert (await asyncio.wrap_future(accepted[0])).to_deliver == [case_id]


async def test_a_campaign_changed_while_an_order_of_it_is_being_opened(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The change waits for the opening that has just read the old terms, and is then told to that order."""
    terms = CampaignTerms(id="d11", starts_at=NOON - DAY, ends_at=NOON + DAY, ship_within="P7D")
    await database.write(campaigns.put, terms, AGENT, NOON)
    catch_up, loop = campaigns.catch_up, asyncio.get_running_loop()
    changes: list[Future[campaigns.CampaignPut]] = []

    def catch_up_then_change(*args: Any) -> None:
        catch_up(*args)
        moved = terms.model_copy(update={"ship_within": "P10D"})
        change = database.write(campaigns.put, moved, AGENT, NOON + HOUR)
        changes.append(asyncio.run_coroutine_threadsafe(change, loop))
        futures.wait(changes, timeout=0.5)

    monkeypatch.setattr(campaigns, "catch_up", catch_up_then_change)
    life = await open_order(database, order(campaign=terms))
    put = await asyncio.wrap_future(changes[0])
    assert put.moved == [life.state.case_id]


async def test_a_round_of_assignment_while_another_has_counted(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It waits until the first has given out its tasks, and counts them: loads stay level."""
    monkeypatch.setattr(staffing, "AT_ONCE", 1)
    await set_staff(database, "ana", "bo")
    ids = await give_tasks(database, 2)
    count, loop = staffing._loads, asyncio.get_running_loop()
    rounds: list[Future[int]] = []

    def count_then_another(*args: Any) -> Any:
        counted = count(*args)
        if not rounds:
            rounds.append(asyncio.run_coroutine_threadsafe(assign_by_load(database, NOON), loop))
            futures.wait(rounds, timeout=0.5)
        return counted

    monkeypatch.setattr(staffing, "_loads", count_then_another)
    assert await assign_by_load(database, NOON) + await asyncio.wrap_future(rounds[0]) == 2
    assert await holders(database, ids) == ["ana", "bo"]
