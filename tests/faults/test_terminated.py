"""A case that somebody terminated in the Temporal UI, and brought back."""

from datetime import UTC, datetime, timedelta

import pytest
from temporalio.api.common.v1 import WorkflowExecution
from temporalio.api.workflowservice.v1 import ResetWorkflowExecutionRequest
from temporalio.client import Client

from runtime.temporal import connect
from tests.faults.client import event, open_running, shop_at
from tests.real_servers import Part, RealStack

CASE = "order:demo:taobao:T1"

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


async def test_facts_wait_for_a_case_that_was_terminated(real_stack: RealStack) -> None:
    """They were accepted, so they are kept until a reset starts the case again; reconcile counts it until then."""
    temporal = await connect(real_stack.settings)
    async with shop_at(real_stack.address) as shop:
        await open_running(shop, "T1", datetime.now(UTC) - timedelta(hours=1))
        await temporal.get_workflow_handle(CASE).terminate("by mistake")
        payment = event("pay", "payment.received", "order/taobao/T1", amount="209.00")
        await shop.insist("POST", "/v1/events", payment, "demo-payment")
        await real_stack.until_logged(Part.API, "fact_without_workflow")
        assert (await real_stack.command("reconcile", "--dry-run")).code == 1
        await reset(temporal)
        await shop.until(CASE, lambda case: case["stage"] == "awaiting_shipment")
        assert (await real_stack.command("reconcile")).code == 0


async def reset(temporal: Client) -> None:
    """As an operator does it: back to the last workflow task that was completed."""
    history = await temporal.get_workflow_handle(CASE).fetch_history()
    completed = [e.event_id for e in history.events if e.HasField("workflow_task_completed_event_attributes")]
    await temporal.workflow_service.reset_workflow_execution(
        ResetWorkflowExecutionRequest(
            namespace=temporal.namespace,
            workflow_execution=WorkflowExecution(workflow_id=CASE),
            reason="terminated by mistake",
            workflow_task_finish_event_id=completed[-1],
            request_id="reset-1",
        )
    )
