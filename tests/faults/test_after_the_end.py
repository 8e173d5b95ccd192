"""Ended cases on a real server: taken up again when Temporal has forgotten them, and whatever dies meanwhile."""

import asyncio
from collections import Counter
from datetime import UTC, datetime, timedelta

from temporalio.api.common.v1 import WorkflowExecution
from temporalio.api.workflowservice.v1 import DeleteWorkflowExecutionRequest
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from runtime.temporal import connect
from tests.faults.client import Shop, event, order, shop_at
from tests.patience import PATIENCE
from tests.real_servers import Part, RealStack

LATE = 5
"""Payments that come after the end, all at once."""


def case_of(order_id: str) -> str:
    return f"order:demo:taobao:{order_id}"


async def test_an_order_is_taken_up_whatever_dies(real_stack: RealStack) -> None:
    """Once with its old run forgotten; once with worker and API killed while facts are under way.

    Each payment is booked once, and the story tells each once.
    """
    temporal = await connect(real_stack.settings)
    async with shop_at(real_stack.address) as shop:
        for order_id in ("T1", "T2"):
            await open_and_end(shop, order_id)
        await forget(temporal, case_of("T1"))
        await pay_late(shop, "T1")
        await check(shop, "T1")
        await real_stack.stop(Part.WORKER)
        await pay_late(shop, "T2")
        await real_stack.kill(Part.API)
        await real_stack.start(Part.WORKER)
        await asyncio.sleep(0.2)
        await real_stack.kill(Part.WORKER)
        await real_stack.start(Part.WORKER, Part.API)
        await check(shop, "T2")
    said = await real_stack.command("reconcile")
    assert said.code == 0, said


async def open_and_end(shop: Shop, order_id: str) -> None:
    """Closed without being paid."""
    await shop.insist("POST", "/v1/cases", order(order_id, datetime.now(UTC) - timedelta(hours=1)))
    closing = {"reason": "buyer_mistake", "buyer_consent": True}
    ended = await shop.insist("POST", f"/v1/cases/{case_of(order_id)}/actions/close_unpaid", closing)
    assert not ended["case"]["open"]


async def pay_late(shop: Shop, order_id: str) -> None:
    """Several payments of a closed order."""
    paid = [
        event(f"{order_id}-{number}", "payment.received", f"order/taobao/{order_id}", amount="1.00")
        for number in range(LATE)
    ]
    await asyncio.gather(*(shop.insist("POST", "/v1/events", one, "demo-payment") for one in paid))


async def check(shop: Shop, order_id: str) -> None:
    """All of them are booked, once each, after a line that the case was taken up."""
    case_id = case_of(order_id)
    await shop.until(case_id, lambda case: case["money"]["paid"] == f"{LATE}.00")
    booked = [entry for entry in await shop.items(case_id, "ledger") if entry["kind"] == "payment"]
    story = await shop.items(case_id, "timeline")
    told = Counter(line["type"] for line in story)
    assert (len(booked), told["payment.received"]) == (LATE, LATE)
    assert 1 <= told["case.reopened"] == (await shop.case(case_id))["reopened"] <= LATE
    assert [line["seq"] for line in story] == list(range(1, len(story) + 1))


async def forget(temporal: Client, case_id: str) -> None:
    """As the end of its retention has it."""
    execution = WorkflowExecution(workflow_id=case_id)
    await temporal.get_workflow_handle(case_id).result()
    await temporal.workflow_service.delete_workflow_execution(
        DeleteWorkflowExecutionRequest(namespace=temporal.namespace, workflow_execution=execution)
    )
    async with asyncio.timeout(PATIENCE):
        while True:
            try:
                await temporal.get_workflow_handle(case_id).describe()
            except RPCError as error:
                if error.status is RPCStatusCode.NOT_FOUND:
                    return
                raise
            await asyncio.sleep(0.1)
