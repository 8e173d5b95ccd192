"""Temporal or the database is away for a while: what was accepted is carried out once they are back."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from temporalio.client import WorkflowHandle

from domain.case.fact import Fact
from domain.roles import Actor, Role
from runtime.temporal import connect
from store.database import Database
from tests.databases import start_postgres, stop_postgres
from tests.faults.client import Shop, event, open_running, order, shop_at
from tests.patience import PATIENCE
from tests.real_servers import Part, RealStack

on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
on_postgres = pytest.mark.parametrize("database", ["postgresql"], indirect=True)


def case_of(order_id: str) -> str:
    return f"order:demo:taobao:{order_id}"


def paid(order_id: str) -> dict[str, Any]:
    return event(f"{order_id}-pay", "payment.received", f"order/taobao/{order_id}", amount="209.00")


def consigned(order_id: str) -> dict[str, Any]:
    parcel: dict[str, Any] = {"carrier": "zto", "tracking_no": f"ZT-{order_id}", "line_ids": ["1"]}
    return event(f"{order_id}-out", "parcel.consigned", f"order/taobao/{order_id}", **parcel)


async def check_story(shop: Shop, order_id: str, *told: str) -> None:
    """The timeline has no gap and tells each of these once."""
    story = await shop.items(case_of(order_id), "timeline")
    assert [line["seq"] for line in story] == list(range(1, len(story) + 1)), story
    for type_ in told:
        assert [line["type"] for line in story].count(type_) == 1, story


@on_sqlite
async def test_facts_accepted_while_temporal_is_down_are_delivered(real_stack: RealStack) -> None:
    """They are answered 202, wait in the inbox, and reach their case when Temporal is back; each once."""
    async with shop_at(real_stack.address) as shop:
        await shop.insist("POST", "/v1/cases", order("T1"))
        await real_stack.stop(Part.TEMPORAL)
        for body, token in ((paid("T1"), "demo-payment"), (consigned("T1"), "demo-erp")):
            answer = await shop.call("POST", "/v1/events", body, token)
            assert answer.status_code == 202
            assert answer.json()["results"][0]["status"] == "accepted"
        again = await shop.call("POST", "/v1/events", paid("T1"), "demo-payment")
        assert again.json()["results"][0]["status"] == "duplicate"
        assert (await shop.case(case_of("T1")))["stage"] == "awaiting_payment"
        await real_stack.start(Part.TEMPORAL)
        await shop.until(case_of("T1"), lambda case: case["stage"] == "awaiting_shipment" and case["parcels"])
        await check_story(shop, "T1", "payment.received", "parcel.consigned")


@on_sqlite
async def test_an_order_opened_while_temporal_is_down_runs_when_it_is_back(real_stack: RealStack) -> None:
    """It is answered 201, can be read and opened again, takes facts, and runs as soon as Temporal is back."""
    async with shop_at(real_stack.address) as shop:
        await real_stack.stop(Part.TEMPORAL)
        opening = order("T1")
        opened = await shop.call("POST", "/v1/cases", opening)
        assert opened.status_code == 201
        assert opened.json()["stage"] == "awaiting_payment"
        assert (await shop.call("POST", "/v1/cases", opening)).status_code == 200
        reported = await shop.call("POST", "/v1/events", paid("T1"), "demo-payment")
        assert reported.json()["results"][0]["status"] == "accepted"
        await real_stack.start(Part.TEMPORAL)
        await shop.until(case_of("T1"), lambda case: case["stage"] == "awaiting_shipment")
        await check_story(shop, "T1", "case.opened", "payment.received")


@on_sqlite
async def test_an_action_while_temporal_is_down_is_carried_out_once(real_stack: RealStack) -> None:
    """It is answered 503 with the problem's code and a time to come back; its key later tells the result."""
    async with shop_at(real_stack.address) as shop:
        await shop.insist("POST", "/v1/cases", order("T1"))
        await shop.insist("POST", "/v1/events", consigned("T1"), "demo-erp")
        await shop.until(case_of("T1"), lambda case: case["parcels"])
        await real_stack.stop(Part.TEMPORAL)
        path = f"/v1/cases/{case_of('T1')}/actions/extend_receipt"
        away = await shop.call("POST", path, {"days": 3}, key="extend-1")
        check_unavailable(away.status_code, away.headers.get("Retry-After"), away.json())
        assert away.json()["detail"].startswith("Temporal does not answer. The step is noted")
        ready = await shop.call("GET", "/readyz")
        check_unavailable(ready.status_code, ready.headers.get("Retry-After"), ready.json())
        assert (await shop.call("GET", "/healthz")).status_code == 200
        await real_stack.start(Part.TEMPORAL)
        taken = await shop.insist("POST", path, {"days": 3}, key="extend-1")
        assert taken["result"] == {"days": 3}
        assert (await shop.insist("POST", path, {"days": 3}, key="extend-1"))["result"] == {"days": 3}
        other = await shop.call("POST", path, {"days": 5}, key="extend-1")
        assert (other.status_code, other.json()["code"]) == (409, "idempotency_conflict")
        await check_story(shop, "T1", "receipt.extended")


@on_sqlite
async def test_a_step_that_meets_no_worker_says_so(real_stack: RealStack) -> None:
    """Temporal is well and is not blamed; the step is carried out when a worker runs."""
    async with shop_at(real_stack.address) as shop:
        await shop.insist("POST", "/v1/cases", order("T1"))
        await shop.insist("POST", "/v1/events", consigned("T1"), "demo-erp")
        await shop.until(case_of("T1"), lambda case: case["parcels"])
        await real_stack.stop(Part.WORKER)
        path = f"/v1/cases/{case_of('T1')}/actions/extend_receipt"
        alone = await shop.call("POST", path, {"days": 3}, key="extend-1")
        check_unavailable(alone.status_code, alone.headers.get("Retry-After"), alone.json())
        assert alone.json()["detail"].startswith("No worker carried the step out in time. It is noted")
        await real_stack.start(Part.WORKER)
        assert (await shop.insist("POST", path, {"days": 3}, key="extend-1"))["result"] == {"days": 3}


@on_sqlite
async def test_what_nobody_asks_about_again_is_done_too(real_stack: RealStack) -> None:
    """Recovery goes on through a long outage, then sends the step; an order that was opened meanwhile is paid."""
    async with shop_at(real_stack.address) as shop:
        await shop.insist("POST", "/v1/cases", order("T1"))
        await shop.insist("POST", "/v1/events", consigned("T1"), "demo-erp")
        before = await shop.until(case_of("T1"), lambda case: case["parcels"])
        await real_stack.stop(Part.TEMPORAL)
        away = await shop.call("POST", f"/v1/cases/{case_of('T1')}/actions/extend_receipt", {"days": 3}, key="extend-1")
        assert away.status_code == 503
        assert (await shop.call("POST", "/v1/cases", order("T2"))).status_code == 201
        await real_stack.until_logged(Part.API, "send_again", times=2)
        await real_stack.start(Part.TEMPORAL)
        await shop.until(case_of("T1"), lambda case: case["version"] > before["version"])
        await check_story(shop, "T1", "receipt.extended")
        await shop.insist("POST", "/v1/events", paid("T2"), "demo-payment")
        await shop.until(case_of("T2"), lambda case: case["stage"] == "awaiting_shipment")
        await check_story(shop, "T2", "case.opened", "payment.received")


async def test_cases_go_on_after_the_database_was_away(real_stack: RealStack, database: Database) -> None:
    """What cases learnt meanwhile is in the read model once the database is back: nothing missing, nothing twice."""
    async with shop_at(real_stack.address) as shop:
        for order_id in ("T1", "T2"):
            await open_running(shop, order_id)
        temporal = await connect(real_stack.settings)
        async with away(database):
            for order_id in ("T1", "T2"):
                case = temporal.get_workflow_handle(case_of(order_id))
                await signal(case, Role.PAYMENT, paid(order_id))
                await until_it_retries(case)
                await signal(case, Role.ERP, consigned(order_id))
        for order_id in ("T1", "T2"):
            await shop.until(case_of(order_id), lambda case: case["stage"] == "awaiting_shipment" and case["parcels"])
            await check_story(shop, order_id, "case.opened", "payment.received", "parcel.consigned")
            entries = await shop.items(case_of(order_id), "ledger")
            assert [entry["kind"] for entry in entries] == ["payment"]
    said = await real_stack.command("reconcile")
    assert said.code == 0, said


@on_postgres
async def test_the_api_answers_while_the_database_is_away(real_stack: RealStack, postgres: Path) -> None:
    """Every request is answered 503 as problem details; when the database is back all is as before."""
    async with shop_at(real_stack.address) as shop:
        await open_running(shop, "T1")
        stop_postgres(postgres)
        try:
            for method, path, body in (
                ("GET", f"/v1/cases/{case_of('T1')}", None),
                ("GET", "/v1/cases", None),
                ("POST", "/v1/cases", order("T2")),
                ("POST", "/v1/events", paid("T1")),
                ("POST", f"/v1/cases/{case_of('T1')}/actions/add_memo", {"text": "x", "flag": 1}),
                ("GET", "/readyz", None),
                ("GET", "/metrics", None),
            ):
                answer = await shop.call(method, path, body)
                check_unavailable(answer.status_code, answer.headers.get("Retry-After"), answer.json())
            assert (await shop.call("GET", "/healthz")).status_code == 200
        finally:
            start_postgres(postgres)
        await real_stack.until_ready()
        await shop.insist("POST", "/v1/events", paid("T1"), "demo-payment")
        await shop.until(case_of("T1"), lambda case: case["stage"] == "awaiting_shipment")
        await check_story(shop, "T1", "case.opened", "payment.received")


def check_unavailable(status: int, retry_after: str | None, body: dict[str, Any]) -> None:
    """Problem details that say when to come back, and nothing of what is inside."""
    assert (status, body["status"], body["code"]) == (503, 503, "unavailable"), body
    assert int(retry_after or 0) > 0
    assert not any(word in str(body) for word in ("Traceback", "sqlalchemy", "psycopg", "Error"))


@asynccontextmanager
async def away(database: Database) -> AsyncIterator[None]:
    """Nobody can write: SQLite's file is locked by somebody else, PostgreSQL is stopped."""
    if not database.sqlite:
        folder = Path(str(database.url.query["host"]))
        await asyncio.to_thread(stop_postgres, folder)
        try:
            yield
        finally:
            await asyncio.to_thread(start_postgres, folder)
        return
    with closing(sqlite3.connect(str(database.url.database), isolation_level=None)) as locker:
        locker.execute("BEGIN IMMEDIATE")
        yield
        locker.execute("ROLLBACK")


async def signal(case: WorkflowHandle[Any, Any], role: Role, told: dict[str, Any]) -> None:
    """Tells a case a fact past the API, whose inbox lies in the database."""
    fact = Fact(
        id=told["id"],
        source=told["source"],
        type=told["type"],
        at=datetime.now(UTC),
        actor=Actor(role=role, account=f"demo-{role}"),
        data=told["data"],
    )
    await case.signal(fact.type, fact)


async def until_it_retries(case: WorkflowHandle[Any, Any]) -> None:
    """Waits until the case has given up on the quick way and is writing by an activity that keeps trying."""
    async with asyncio.timeout(PATIENCE):
        while not (await case.describe()).raw_description.pending_activities:  # noqa: ASYNC110
            await asyncio.sleep(0.1)
