"""The API dies after a case carried out a step, before the step's result is written down."""

from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, text

from runtime.temporal import connect
from store.database import Database
from tests.faults.client import Shop, event, order, shop_at
from tests.real_servers import RealStack, running_stack

CASE = "order:demo:taobao:T1"
SUBJECT = "order/taobao/T1"
KEY = "step-1"
SUGGESTED_AFTER = 40
"""Events of a history, where the server is told to suggest a new one early."""

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.mark.parametrize(
    ("step", "body", "told"),
    [
        ("extend_receipt", {"days": 3}, "receipt.extended"),
        ("close_unpaid", {"reason": "buyer_mistake", "buyer_consent": True}, "order.closed"),
    ],
    ids=["in-a-case-that-goes-on", "that-ended-the-case"],
)
async def test_a_step_whose_answer_was_lost_is_told_again(
    step: str, body: dict[str, Any], told: str, real_stack: RealStack, database: Database
) -> None:
    """Asked again with its key it is answered as it was carried out, and it is not carried out again."""
    async with shop_at(real_stack.address) as shop:
        await open_shipped(shop, shipped=step == "extend_receipt")
        first = await shop.insist("POST", f"/v1/cases/{CASE}/actions/{step}", body, key=KEY)
        await forget_the_answer(database)
        again = await shop.insist("POST", f"/v1/cases/{CASE}/actions/{step}", body, key=KEY)
        assert again["result"] == first["result"]
        story = [line["type"] for line in await shop.items(CASE, "timeline")]
        assert story.count(told) == 1, story


async def test_a_step_is_not_carried_out_again_in_a_later_run(database: Database, tmp_path: Path) -> None:
    """Temporal forgets the ids of updates when a case goes on in a new history; the case itself does not."""
    early = f"limit.historyCount.suggestContinueAsNew={SUGGESTED_AFTER}"
    async with running_stack(tmp_path, database, [early]) as stack, shop_at(stack.address) as shop:
        await open_shipped(shop, shipped=True)
        first = await shop.insist("POST", f"/v1/cases/{CASE}/actions/extend_receipt", {"days": 3}, key=KEY)
        await go_on_in_a_new_history(stack, shop)
        await forget_the_answer(database)
        again = await shop.insist("POST", f"/v1/cases/{CASE}/actions/extend_receipt", {"days": 3}, key=KEY)
        assert again["result"] == first["result"]
        story = [line["type"] for line in await shop.items(CASE, "timeline")]
        assert story.count("receipt.extended") == 1, story


async def open_shipped(shop: Shop, *, shipped: bool) -> None:
    await shop.insist("POST", "/v1/cases", order("T1", datetime.now(UTC) - timedelta(hours=1)))
    if shipped:
        parcel: dict[str, Any] = {"carrier": "zto", "tracking_no": "ZT1", "line_ids": ["1"]}
        await shop.insist("POST", "/v1/events", event("out", "parcel.consigned", SUBJECT, **parcel), "demo-erp")
        await shop.until(CASE, lambda case: case["parcels"])


async def forget_the_answer(database: Database) -> None:
    """The row as the dead API left it: the step was sent, what came of it is not known."""
    await database.write(
        Connection.execute,
        text("UPDATE actions SET status = 'pending', result = NULL, answered_at = NULL WHERE key = :key"),
        {"key": KEY},
    )


async def go_on_in_a_new_history(stack: RealStack, shop: Shop) -> None:
    """Reports facts, one after another, until the case has."""
    case = (await connect(stack.settings)).get_workflow_handle(CASE)
    first_run = (await case.describe()).run_id
    begun: int = (await shop.case(CASE))["version"]
    for number in range(1, SUGGESTED_AFTER):
        await shop.insist("POST", "/v1/events", event(f"read-{number}", "order.erp_read", SUBJECT), "demo-erp")
        shown = partial(_at_version, begun + number)
        await shop.until(CASE, shown)
    assert (await case.describe()).run_id != first_run


def _at_version(version: int, case: dict[str, Any]) -> bool:
    return bool(case["version"] >= version)
