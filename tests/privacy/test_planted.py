"""Personal data, planted wherever a client can write it, is found where it belongs and nowhere else."""

import asyncio
import io

import httpx
import pytest
from sqlalchemy import text

from runtime.logging import set_up_logging
from runtime.settings import LogFormat, LogLevel
from sandbox.run import Sandbox
from tests.api.holding import hold, holding, on_sale
from tests.patience import PATIENCE
from tests.receiver import running_receiver
from tests.sandbox_server import OrderUnderTest, Shop
from tests.store.looking import rows_of, values_of
from tests.workflows.record import served_sandbox

pytestmark = pytest.mark.slow

PLANTED = "MARKED-4711"
MAY_HOLD = {"buyers", "memos", "merchant_settings", "messages"}


def _plant(address: str, receiver: str) -> list[str]:
    """Writes the mark into every field that takes personal data or free text, good input and bad."""
    with httpx.Client(base_url=address, timeout=PATIENCE) as http:
        shop = Shop(http)
        told = shop.call("POST", "/v1/webhooks", {"url": receiver, "types": ["*"]}, "demo-owner")
        assert told.status_code == 201
        buyer = {
            "id": f"{PLANTED}-id",
            "name": f"{PLANTED}-name",
            "phone": f"{PLANTED}-phone",
            "address": f"{PLANTED}-address",
            "region": f"{PLANTED}-region",
        }
        case = shop.open(buyer=buyer, buyer_message=f"{PLANTED}-message")
        case.pay()
        case.act("add_memo", {"text": f"{PLANTED}-memo"})
        case.act("change_order", {"address": {"street": f"{PLANTED}-new-address"}})
        case.consign()
        case.act("add_memo", {"text": f"{PLANTED}-parcel-memo", "tracking_no": case.tracking_no})
        case.scan("picked_up", signed_by=f"{PLANTED}-signer", unknown=f"{PLANTED}-unknown")
        case.until(lambda seen: seen["stage"] == "in_transit")
        case.scan("signed", signed_by=f"{PLANTED}-signer")
        case.until(lambda seen: seen["stage"] == "delivered")
        unpaid = shop.open(buyer=buyer)
        shop.advance(seconds=15)
        unpaid.act("close_unpaid", {"reason": f"{PLANTED}-reason", "buyer_consent": True})
        _provoke(shop, case, buyer)
        _search(shop, case)
        with holding(shop, memo=f"{PLANTED}-hold-memo"):
            held = on_sale(shop, buyer=buyer)
            one = hold(held)
            held.until(lambda seen: held.items("memos"))
        assert one.act("release", {"reason": f"{PLANTED}-released"}).status_code == 200
        shop.advance(days=20)
        return [case.case_id, unpaid.case_id, held.case_id, one.case_id]


def _provoke(shop: Shop, case: OrderUnderTest, buyer: dict[str, str]) -> None:
    """Errors must not repeat what they were given, in an answer's log line least of all."""
    answers = [
        shop.call("POST", "/v1/cases", shop.order(buyer=buyer | {"name": [f"{PLANTED}-list"]})),
        shop.call("POST", "/v1/cases", shop.order(order_id=case.opened["order_id"], buyer=buyer)),
        case.act("add_memo", {"text": f"{PLANTED}-too-long" * 200}),
        case.act("change_order", {"address": {"street": f"{PLANTED}-late"}}),
        case.act("add_memo", {"text": f"{PLANTED}-nowhere", "tracking_no": "ZT-NOWHERE"}),
        shop.call("GET", f"/v1/memos?q={PLANTED}&flag={PLANTED}-flag"),
    ]
    assert {answer.status_code for answer in answers} <= {409, 422}
    shop.event("parcel.signed", "parcel/zto/unknown", "demo-carrier", signed_by=f"{PLANTED}-parked")


def _search(shop: Shop, case: OrderUnderTest) -> None:
    """What is looked for may be personal too, and so is what is found; the number to dial is the buyer's."""
    found = shop.get(f"/v1/memos?q={PLANTED}-&order_id={case.opened['order_id']}")["items"]
    assert {hit["text"] for hit in found} == {f"{PLANTED}-memo", f"{PLANTED}-parcel-memo"}
    assert shop.get(f"{case.path}/buyer")["dial"] == f"{PLANTED}-phone"


async def _histories(sandbox: Sandbox, case_ids: list[str]) -> str:
    found = []
    for case_id in case_ids:
        handle = sandbox.here.temporal.get_workflow_handle(case_id)
        found.append(str((await handle.fetch_history()).to_json_dict()))
        described = await handle.describe()
        found.append(f"{described.raw_description} {await described.static_summary()}")
        found += [event.SerializeToString().decode("latin-1") for event in (await handle.fetch_history()).events]
    return "".join(found)


async def _tables(sandbox: Sandbox) -> set[str]:
    holding = set()
    names = await sandbox.here.db.read(values_of, text("SELECT name FROM sqlite_master WHERE type = 'table'"))
    for name in names:
        rows = await sandbox.here.db.read(rows_of, text(f'SELECT * FROM "{name}"'))
        if any(PLANTED in str(row) for row in rows):
            holding.add(name)
    return holding


@pytest.fixture
def log_lines() -> io.StringIO:
    lines = io.StringIO()
    set_up_logging(LogLevel.DEBUG, LogFormat.JSON, lines)
    return lines


async def test_planted_data_stays_in_its_tables(log_lines: io.StringIO) -> None:
    """Histories, search attributes, memos, summaries, other tables, webhooks and logs hold none of it."""
    async with served_sandbox() as (sandbox, address):
        with running_receiver() as receiver:
            case_ids = await asyncio.to_thread(_plant, address, receiver.url)
            await asyncio.to_thread(
                receiver.until, lambda got: {event.get("subject") for event in got.events} >= {*case_ids}
            )
        assert PLANTED not in str(receiver.events)
        histories = await _histories(sandbox, case_ids)
        assert "payment.received" in histories, "the histories were read"
        assert PLANTED not in histories
        holding = await _tables(sandbox)
        assert {"buyers", "memos"} <= holding, "it was stored at all"
        assert holding <= MAY_HOLD
    assert log_lines.getvalue(), "something was logged"
    assert PLANTED not in log_lines.getvalue()
