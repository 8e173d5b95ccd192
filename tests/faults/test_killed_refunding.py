"""A worker is killed while money is on its way: nobody is paid twice, and order and request agree."""

import asyncio
from pathlib import Path

import pytest

from store.database import Database
from tests.activities.serving import served
from tests.faults.client import Shop, event, order, shop_at
from tests.faults.refunds import SlowPartner, paying_stack
from tests.real_servers import Part

UNDER_WAY = ("U1", "U2", "U3", "U4")
"""Orders whose refund the partner has paid when the worker dies, and whose answer is lost with it."""
AGREED_MEANWHILE = ("M1", "M2")
"""Orders whose refund is agreed to while no worker runs."""
EVERYBODY = (*UNDER_WAY, *AGREED_MEANWHILE)

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


async def test_a_refund_is_paid_once_when_the_worker_is_killed(tmp_path: Path, database: Database) -> None:
    """Each refund is asked for again under its key and paid once; every case ends, and the read model has no drift."""
    partner = SlowPartner()
    async with (
        served(partner) as payments_url,
        paying_stack(tmp_path, database, payments_url) as stack,
        shop_at(stack.address) as shop,
    ):
        await asyncio.gather(*(ask(shop, order_id) for order_id in EVERYBODY))
        await asyncio.gather(*(agree(shop, order_id) for order_id in UNDER_WAY))
        await partner.until_asked(len(UNDER_WAY))
        await stack.kill(Part.WORKER)
        for order_id in AGREED_MEANWHILE:
            answer = await shop.call("POST", f"/v1/cases/{request_of(order_id)}/actions/agree", {}, key=order_id)
            assert answer.status_code == 503
        partner.answering.set()
        await stack.start(Part.WORKER)
        for order_id in EVERYBODY:
            await check(shop, partner, order_id)
        assert all(asked > 1 for key, asked in partner.asked.items() if order_in(key) in UNDER_WAY), partner.asked
        assert len(partner.paid) == len(EVERYBODY), "no refund under two keys"
        said = await stack.command("reconcile")
        assert said.code == 0, said


async def ask(shop: Shop, order_id: str) -> None:
    """A paid order whose buyer wants their money back."""
    await shop.insist("POST", "/v1/cases", order(order_id))
    paid = event(f"{order_id}-pay", "payment.received", f"order/taobao/{order_id}", amount="209.00")
    await shop.insist("POST", "/v1/events", paid, "demo-payment")
    await shop.until(case_of(order_id), lambda case: case["stage"] == "awaiting_shipment")
    body = {"service": "refund_only", "line_ids": ["1"], "reason": "other"}
    path = f"/v1/cases/{case_of(order_id)}/actions/request_after_sale"
    await shop.insist("POST", path, body, "demo-buyer", key=f"{order_id}-ask")


async def agree(shop: Shop, order_id: str) -> None:
    """The seller grants it, and the money is on its way."""
    path = f"/v1/cases/{request_of(order_id)}/actions/agree"
    taken = await shop.insist("POST", path, {}, key=f"{order_id}-agree")
    assert taken["case"]["stage"] == "refunding"


async def check(shop: Shop, partner: SlowPartner, order_id: str) -> None:
    """One payment at the partner, one entry in the ledger; request and order tell the same."""
    request = await shop.until(request_of(order_id), lambda case: not case["open"])
    closed = await shop.until(case_of(order_id), lambda case: case["stage"] == "closed")
    assert (request["stage"], request["outcome"], request["refunded"]) == ("succeeded", "refunded", "209.00")
    assert (closed["stage"], closed["outcome"], closed["money"]["refunded"]) == ("closed", "refunded", "209.00")
    entries = await shop.items(request_of(order_id), "ledger")
    assert [(entry["kind"], entry["amount"]) for entry in entries] == [("refund", "209.00")]
    paid = [str(asked.amount) for asked, _ in partner.paid.values() if asked.order_id == order_id]
    assert paid == ["209.00"]
    for case_id in (request_of(order_id), case_of(order_id)):
        story = await shop.items(case_id, "timeline")
        assert [line["seq"] for line in story] == list(range(1, len(story) + 1)), story


def case_of(order_id: str) -> str:
    return f"order:demo:taobao:{order_id}"


def request_of(order_id: str) -> str:
    return f"after-sale:demo:taobao:{order_id}:1"


def order_in(refund_id: str) -> str:
    """The order whose request a refund belongs to."""
    return refund_id.split(":")[3]
