"""A case with a long history goes on in a new run, and nobody notices."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from temporalio import activity
from temporalio.client import WorkflowExecutionStatus
from temporalio.testing import WorkflowEnvironment
from temporalio.worker import Worker

from domain.case.action import ActionRequest, ActionResult
from domain.case.fact import Fact
from domain.case.queues import CASES
from domain.case.record import RecordCase
from domain.order.opening import begin
from domain.roles import Actor, Role
from services.starting import start_order
from tests.domain.orders import order_opened_at
from tests.workflows.impatient import SUGGESTED_AFTER, impatient_server
from worker import workflow_sandbox
from workflows import case
from workflows.order import OrderCase
from workflows.visible import STAGE

pytestmark = pytest.mark.slow

ERP = Actor(role=Role.ERP, account="erp")


@pytest.fixture(params=["the server's suggestion", "the case's own measure"])
async def impatient(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[WorkflowEnvironment]:
    """A dev server on which a history is soon too long: because it says so, or because the case does."""
    if request.param == "the server's suggestion":
        async with impatient_server() as environment:
            yield environment
    else:
        monkeypatch.setattr(case, "LONG", SUGGESTED_AFTER)
        async with impatient_server(100 * SUGGESTED_AFTER) as environment:
            yield environment


async def test_a_long_case_goes_on_in_a_new_run(impatient: WorkflowEnvironment) -> None:
    """State, seen facts, search attributes and the version go along; no write is lost or doubled."""
    writes: list[RecordCase] = []

    @activity.defn(name="record_case")
    async def record_case(write: RecordCase) -> None:
        writes.append(write)

    client, now = impatient.client, datetime.now(UTC)
    async with Worker(
        client, task_queue=CASES, workflows=[OrderCase], activities=[record_case], workflow_runner=workflow_sandbox()
    ):
        order = order_opened_at(now)
        await start_order(client, order)
        handle = client.get_workflow_handle("order:demo:taobao:T1001")
        first_run = (await handle.describe()).run_id
        facts = [
            Fact(id=f"read-{n}", source="erp", type="order.erp_read", at=now, actor=ERP) for n in range(SUGGESTED_AFTER)
        ]
        for fact in facts:
            await handle.signal(fact.type, fact)
            await asyncio.sleep(0.01)
        memo = {"text": "memo:1", "flag": 0}
        agent = Actor(role=Role.AGENT, account="demo-agent")
        done: ActionResult = await handle.execute_update(
            "add_memo", ActionRequest(action_id="a-1", actor=agent, input=memo), result_type=ActionResult
        )
        await handle.signal(facts[0].type, facts[0])  # doubled, across the runs
        state = await handle.query("state")
        described = await handle.describe()
    assert described.run_id != first_run
    assert described.status is WorkflowExecutionStatus.RUNNING
    assert described.typed_search_attributes.get(STAGE) == "awaiting_payment"
    assert state["version"] == done.version == 1 + len(facts) + 1, "each fact once, the doubled one not"
    told = {(line.seq, line.version): line for write in writes for line in write.story}  # a write may be repeated
    opened = begin(order).state.line_count
    told_by_runs = list(range(opened + 1, state["line_count"] + 1))
    assert sorted(seq for seq, _ in told) == told_by_runs, "the story has no gaps or doubles"
