"""Nobody listens where the payments partner should stand: what an operator sees of it."""

import json
from pathlib import Path

import pytest
from temporalio.api.sdk.v1 import WorkflowMetadata

from runtime.ports import free_port
from runtime.temporal import connect
from store.database import Database
from tests.faults.client import shop_at
from tests.faults.refunds import paying_stack
from tests.faults.test_killed_refunding import agree, ask, request_of
from tests.real_servers import Part

ATTEMPTS = 3


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_an_absent_partner_is_told_in_lines(tmp_path: Path, database: Database) -> None:
    """The case says whom it waits for and for what; the worker's log has one line for each attempt, and no stack."""
    nowhere = f"http://127.0.0.1:{free_port()}"
    async with paying_stack(tmp_path, database, nowhere) as stack, shop_at(stack.address) as shop:
        await ask(shop, "T1")
        await agree(shop, "T1")
        await stack.until_logged(Part.WORKER, "an attempt failed", ATTEMPTS)
        case = (await connect(stack.settings)).get_workflow_handle(request_of("T1"))
        shown = await case.query("__temporal_workflow_metadata", result_type=WorkflowMetadata)
        assert "- payments: pay 209.00 to the buyer (refund)" in shown.current_details.splitlines()
        lines = [json.loads(line) for line in stack.log_of(Part.WORKER).read_text().splitlines()]
    failed = [line for line in lines if line["event"] == "an attempt failed"]
    assert [line["attempt"] for line in failed[:ATTEMPTS]] == [1, 2, 3]
    assert {(line["activity"], line["case_id"], line["why"]) for line in failed} == {
        ("pay_refund", request_of("T1"), "payment cannot answer now: no_connection")
    }
    assert [line for line in lines if "exception" in line] == []
