"""The read model can be checked against the cases, and rebuilt from them."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, text

from store.database import Database
from tests.faults.client import Shop, event, order, shop_at
from tests.real_servers import Part, RealStack
from tests.store.scenes import rows_of

ENDED = "ended"
"""An order whose case has come to its end."""
DAMAGE: Mapping[str, tuple[str, ...]] = {
    "stage": ("UPDATE cases SET stage = 'completed' WHERE case_id = :case",),
    "due": ("UPDATE cases SET next_due_at = NULL WHERE case_id = :case",),
    "state": ("UPDATE cases SET state = '{}' WHERE case_id = :case",),
    "version": ("UPDATE cases SET version = version - 1 WHERE case_id = :case",),
    "deadlines": (
        "UPDATE deadlines SET state = 'met' WHERE case_id = :case AND kind = 'ship_by'",
        "DELETE FROM deadlines WHERE case_id = :case AND kind = 'auto_confirm'",
    ),
    "moved": ("UPDATE deadlines SET due_at = started_at WHERE case_id = :case",),
    "ledger": ("DELETE FROM ledger_entries WHERE case_id = :case AND kind = 'payment'",),
    "doubled": (
        "INSERT INTO ledger_entries (entry_id, case_id, order_case_id, number, version, at, kind, amount, unit, debit,"
        " credit, rule, cause, reverses) SELECT entry_id || '-again', case_id, order_case_id, number, version, at,"
        " kind, amount, unit, debit, credit, rule, cause || '-again', reverses FROM ledger_entries"
        " WHERE case_id = :case AND kind = 'payment'",
    ),
    "amount": ("UPDATE ledger_entries SET amount = 1 WHERE case_id = :case",),
    "task": ("UPDATE work_items SET state = 'done' WHERE case_id = :case",),
    "no-task": ("DELETE FROM work_items WHERE case_id = :case",),
    "parcel": ("UPDATE parcels SET status = 'returned' WHERE case_id = :case",),
    "timeline": ("DELETE FROM timeline WHERE case_id = :case AND seq > 1",),
    ENDED: ("UPDATE cases SET open = (1 = 1), stage = 'awaiting_payment' WHERE case_id = :case",),
}
"""Orders, named after what is done to their rows."""
UNHARMED = ("well", "also-well")


def case_of(order_id: str) -> str:
    return f"order:demo:taobao:{order_id}"


async def test_reconcile_counts_and_mends_what_drifted(real_stack: RealStack, database: Database) -> None:
    """A dry run counts the damaged cases and exits 1; the real one puts their rows back as they were.

    A third counts none and exits 0. Cases whose rows were right are left alone.
    """
    everyone = [*DAMAGE, *UNHARMED]
    async with shop_at(real_stack.address) as shop:
        for order_id in everyone:
            await (open_and_end(shop, order_id) if order_id == ENDED else open_with_everything(shop, order_id))
    before = {order_id: await kept(database, order_id) for order_id in everyone}
    await damage(database)
    damaged = {order_id: await kept(database, order_id) for order_id in everyone}
    assert [order_id for order_id in everyone if damaged[order_id] != before[order_id]] == list(DAMAGE)

    dry = await real_stack.command("reconcile", "--dry-run")
    assert dry.code == 1, dry
    assert counts(len(everyone), drifted=len(DAMAGE), mended=0) in dry.out
    for order_id in everyone:
        assert (case_of(order_id) in dry.out) == (order_id in DAMAGE), dry.out
        assert await kept(database, order_id) == damaged[order_id]

    mending = await real_stack.command("reconcile")
    assert mending.code == 1, mending
    assert counts(len(everyone), drifted=len(DAMAGE), mended=len(DAMAGE)) in mending.out
    for order_id in everyone:
        assert await kept(database, order_id) == before[order_id], order_id

    again = await real_stack.command("reconcile")
    assert again.code == 0, again
    assert counts(len(everyone) - 1, drifted=0, mended=0) in again.out, "the ended one is open no more"


async def test_a_case_that_nobody_answers_for_is_named(real_stack: RealStack) -> None:
    """Without a worker nothing can be compared: the command says so in one line, and exits 2."""
    async with shop_at(real_stack.address) as shop:
        await open_with_everything(shop, "T1")
    await real_stack.stop(Part.WORKER)
    said = await real_stack.command("reconcile")
    assert said.code == 2, said
    assert said.err.count("\n") == 1, said.err
    assert "is a worker running?" in said.err


async def kept(database: Database, order_id: str) -> dict[str, list[dict[str, Any]]]:
    """The rows of an order, but for the counter of its row, which moves with what is mended."""
    rows = await rows_of(database, case_of(order_id))
    for row in rows["cases"]:
        del row["revision"]
    return rows


def counts(compared: int, *, drifted: int, mended: int) -> str:
    """What the command says of what it found."""
    return f"{compared} open cases compared, {drifted} drifted, {mended} mended, 0 without a workflow"


async def open_with_everything(shop: Shop, order_id: str) -> None:
    """An open case with running and elapsed clocks, a payment, penalties, a task and a parcel."""
    long_ago = datetime.now(UTC) - timedelta(days=4)
    case_id, subject = case_of(order_id), f"order/taobao/{order_id}"
    await shop.insist("POST", "/v1/cases", order(order_id, long_ago))
    paid = event(f"{order_id}-pay", "payment.received", subject, long_ago, amount="209.00")
    await shop.insist("POST", "/v1/events", paid, "demo-payment")
    parcel: dict[str, Any] = {"carrier": "zto", "tracking_no": f"ZT-{order_id}", "line_ids": ["1"]}
    consigned = event(f"{order_id}-out", "parcel.consigned", subject, **parcel)
    await shop.insist("POST", "/v1/events", consigned, "demo-erp")
    await shop.until(case_id, lambda case: case["parcels"] and case["money"]["points"])
    await shop.insist("POST", f"/v1/cases/{case_id}/actions/extend_receipt", {"days": 3})


async def open_and_end(shop: Shop, order_id: str) -> None:
    """A case that is over; its workflow too."""
    await shop.insist("POST", "/v1/cases", order(order_id, datetime.now(UTC) - timedelta(days=1)))
    closing = {"reason": "buyer_mistake", "buyer_consent": True}
    ended = await shop.insist("POST", f"/v1/cases/{case_of(order_id)}/actions/close_unpaid", closing)
    assert not ended["case"]["open"]


async def damage(database: Database) -> None:
    """What no version of ours would write."""
    for order_id, statements in DAMAGE.items():
        for statement in statements:
            await database.write(Connection.execute, text(statement), {"case": case_of(order_id)})
