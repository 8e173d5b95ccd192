"""A replay is what the workflows do: the same orders through both, told alike, come to the same.

The orders run side by side on a real time-skipping server, opened and told through the store as the API does it.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from operator import itemgetter
from pathlib import Path
from typing import Any

import pytest

from domain.case.escalating import ESCALATION, TASK_DUE
from domain.case.ids import order_case_id
from domain.order.opening import begin
from domain.order.payment.reminders import PAYMENT_REMINDER
from domain.order.state import OrderState
from domain.policy import policy
from replay.columns import Columns
from replay.facts import MERCHANT, Heard, accept, facts, opening
from replay.orders import TIMES, RecordedOrder
from replay.play import play
from replay.reading import read_log
from runtime.settings import load_settings
from sandbox.run import Sandbox, running_sandbox
from services.background import background
from services.opening import accept_order
from services.starting import start_order
from store import inbox, leases
from tests.replay.logs import OLIST_LIKE, write_log

pytestmark = pytest.mark.slow

SHAPE = Columns()
EDITION = policy("taobao-2012")
EARLY = timedelta(seconds=30)
"""How much before its time a fact is told, as reporters may: the clock runs on while the machine works."""
IN_THE_END = timedelta(days=40)
CALL_PEOPLE = (PAYMENT_REMINDER, ESCALATION, TASK_DUE)
"""What asks people depends on when a case learns of something, not only on when it happened."""


async def test_orders_come_to_what_their_workflows_come_to(tmp_path: Path) -> None:
    """In time, late, to the minute, never paid, never shipped, never signed for; every deadline, entry and task."""
    log = read_log(write_log(tmp_path / "log.csv", OLIST_LIKE), SHAPE)
    async with _sandbox(tmp_path) as sandbox:
        begins = await sandbox.clock.now() + timedelta(hours=1)
        orders = [_beginning_on(order, begins) for order in log.orders]
        through_workflows = await _played_on(sandbox, orders)
    for order in orders:
        assert _essence(through_workflows[order.order_id]) == _essence(play(order, SHAPE, EDITION)), order.order_id


@asynccontextmanager
async def _sandbox(folder: Path) -> AsyncIterator[Sandbox]:
    settings = load_settings(embedded=True).model_copy(update={"data_dir": folder})
    async with running_sandbox(settings) as sandbox, background(sandbox.here):
        yield sandbox


async def _played_on(sandbox: Sandbox, orders: list[RecordedOrder]) -> dict[str, OrderState]:
    told: list[tuple[datetime, RecordedOrder, Heard | None]] = [(order.placed_at, order, None) for order in orders]
    told += [(heard.at + timedelta.resolution, order, heard) for order in orders for heard in _facts(order)]
    for at, order, fact in sorted(told, key=itemgetter(0)):
        await _move_to(sandbox, at - EARLY)
        if fact is None:
            await _open(sandbox, order)
        else:
            await _tell(sandbox, fact)
    await _move_to(sandbox, max(at for at, _, _ in told) + IN_THE_END)
    return {order.order_id: await _state(sandbox, order) for order in orders}


def _facts(order: RecordedOrder) -> list[Heard]:
    return facts(order, SHAPE, EDITION)


async def _open(sandbox: Sandbox, order: RecordedOrder) -> None:
    request = opening(order, SHAPE, EDITION)
    opened = accept(request, EDITION, await sandbox.clock.now())
    await accept_order(sandbox.here, opened, begin(opened).state, request)
    await start_order(sandbox.here.temporal, opened)


async def _tell(sandbox: Sandbox, fact: Heard) -> None:
    await sandbox.here.db.write(inbox.accept, MERCHANT, [fact.reported], await sandbox.clock.now())
    sandbox.here.relay.wake()
    while await sandbox.here.db.read(leases.undelivered):  # noqa: ASYNC110 - rows, not events
        await asyncio.sleep(0.01)


async def _move_to(sandbox: Sandbox, moment: datetime) -> None:
    if (by := moment - await sandbox.clock.now()) > timedelta():
        await sandbox.clock.advance(by)


async def _state(sandbox: Sandbox, order: RecordedOrder) -> OrderState:
    case_id = order_case_id(MERCHANT, EDITION.platform, order.order_id)
    return OrderState.model_validate(await sandbox.here.temporal.get_workflow_handle(case_id).query("state"))


def _beginning_on(order: RecordedOrder, begins: datetime) -> RecordedOrder:
    """The order as if it had been placed within the day that then begins."""
    order = order.in_utc()
    by = timedelta(days=(begins - order.placed_at).days + 1)
    return order.model_copy(update={name: at + by for name in TIMES if (at := getattr(order, name))})


def _essence(state: OrderState) -> dict[str, Any]:
    """All that the rules say of a case: everything but when it learnt of things, and whom it called meanwhile."""
    clocks = [deadline for deadline in state.deadlines if deadline.kind not in CALL_PEOPLE]
    tasks = [item for item in state.work_items if item.type not in CALL_PEOPLE]
    return {
        "stage": (state.stage, state.outcome, state.open, state.completed_at, state.closed_at),
        "deadlines": sorted((d.kind, d.subject, d.number, d.state, d.started_at, d.due_at) for d in clocks),
        "ledger": [(entry.kind, entry.amount, entry.reverses is None) for entry in state.ledger],
        "tasks": sorted((item.type, item.matter, item.state) for item in tasks),
        "money": (state.paid, state.reopened),
    }
