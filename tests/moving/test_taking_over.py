"""A shop's orders in flight come to stand where they would stand had they been here from the beginning."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from domain.case.deadline import find
from domain.order.opening import OpenOrder
from domain.order.shipping.clock import SHIP_BY
from domain.order.state import OrderState
from domain.policy import policy
from domain.roles import Actor
from moving import taking_over
from moving.taking_over import Move, look_at, take_over
from replay.columns import Columns
from replay.orders import RecordedOrder
from runtime.settings import load_settings
from sandbox.run import Sandbox, running_sandbox
from services.background import background
from services.context import Context
from services.errors import Slowed
from services.opening import OpenCase, open_order
from store import cases, leases
from store.cases import CaseFilter, CaseRecord, CaseSort
from store.tokens import Principal

pytestmark = pytest.mark.slow

SHOP = "moving-in"


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with running_sandbox(load_settings(embedded=True)) as running, background(running.here):
        yield running


async def told(sandbox: Sandbox) -> list[CaseRecord]:
    """The cases, once every fact has reached its own and nothing more is due."""
    while await sandbox.here.db.read(leases.undelivered):  # noqa: ASYNC110 - rows, not events
        await asyncio.sleep(0.02)
    await sandbox.clock.advance(timedelta(seconds=1))
    page = await sandbox.here.db.read(cases.list_cases, SHOP, CaseFilter(), CaseSort.UPDATED, 200, None)
    return page.items


def in_flight(now: datetime) -> list[RecordedOrder]:
    def ago(**time: float) -> datetime:
        return now - timedelta(**time)

    def order(order_id: str, **times: Any) -> RecordedOrder:
        placed = min(times.values()) - timedelta(minutes=5)
        return RecordedOrder(
            order_id=order_id, line=2, amount=Decimal("210.00"), freight=Decimal("10.00"), quantity=2,
            placed_at=placed, carrier="zto", tracking_no=f"ZT-{order_id}", buyer_id="b-1", buyer_name="陈小姐",
            buyer_phone="13800000000", buyer_address="广州市", **times,
        )  # fmt: skip

    return [
        order("late-before", paid_at=ago(days=6)),
        order("late-since", paid_at=ago(hours=80)),
        order("to-ship", paid_at=ago(hours=20)),
        order("on-its-way", paid_at=ago(days=4), consigned_at=ago(days=3), picked_up_at=ago(days=2)),
        order("shipped-late", paid_at=ago(days=5), consigned_at=ago(days=1, hours=1), picked_up_at=ago(days=1)),
        order("signed", paid_at=ago(days=4), consigned_at=ago(days=3), picked_up_at=ago(days=3), signed_at=ago(days=1)),
        order("only-said", paid_at=ago(days=8), consigned_at=ago(days=6)),
        RecordedOrder(order_id="unpaid", line=3, amount=Decimal(5), placed_at=ago(hours=1)),
        two_lines(order("two-lines", paid_at=ago(hours=30)), consigned_at=ago(hours=20), picked_up_at=ago(hours=19)),
        order("at-the-door", consigned_at=ago(days=3), picked_up_at=ago(days=2)).model_copy(
            update={"at_the_door": True}
        ),
    ]


def two_lines(order: RecordedOrder, **left: datetime) -> RecordedOrder:
    """An order of which one line has left."""
    first, second = ({"line_id": f"{n}", "line_amount": Decimal("100.00"), "quantity": 1} for n in (1, 2))
    rows = (order.model_copy(update=first | left), order.model_copy(update=second))
    return order.model_copy(update={"rows": rows})


async def test_they_stand_where_they_would_stand(sandbox: Sandbox) -> None:
    """True times, real deadlines, no order charged twice; what the look ahead said is what came; twice is once."""
    now = (await sandbox.clock.now()).replace(microsecond=0)
    orders, since = in_flight(now), now - timedelta(hours=24)
    move = Move(sandbox.here, SHOP, Columns(), policy("taobao-2012"), since)
    looked = {one.order_id: one for one in (await look_at(move, orders, lambda _: None)).outlook}
    assert await told(sandbox) == [], "looking opens nothing"

    moved = await take_over(move, orders, lambda _: None)
    assert (moved.opened, moved.there_already, moved.not_taken) == (len(orders), 0, {})
    stands = {case.order_id: OrderState.model_validate(case.state) for case in await told(sandbox)}
    for recorded in orders:
        state, outlook = stands[recorded.order_id], looked[recorded.order_id]
        assert (state.stage, state.placed_at) == (outlook.stage, recorded.placed_at)
        if recorded.paid_at:
            ship_by = find(state.deadlines, SHIP_BY)
            assert ship_by is not None
            assert ship_by.due_at == recorded.paid_at + timedelta(hours=72)
        kinds = [entry.kind for entry in state.ledger]
        assert ("late_shipment_points" in kinds) is outlook.charged
        assert not any(entry.reverses for entry in state.ledger), "nothing was booked before all was heard"
    assert {order_id for order_id, one in looked.items() if one.late} == {
        "late-before", "late-since", "shipped-late", "only-said",
    }  # fmt: skip
    assert {order_id for order_id, one in looked.items() if one.charged} == {"late-since"}
    assert {order_id: state.stage for order_id, state in stands.items()} == {
        "late-before": "awaiting_shipment",
        "late-since": "awaiting_shipment",
        "to-ship": "awaiting_shipment",
        "on-its-way": "in_transit",
        "shipped-late": "in_transit",
        "signed": "delivered",
        "only-said": "awaiting_shipment",
        "unpaid": "awaiting_payment",
        "two-lines": "awaiting_shipment",
        "at-the-door": "in_transit",
    }

    (parcel,) = stands["two-lines"].parcels
    assert (parcel.units, stands["two-lines"].paid) == ({"1": 1}, Decimal("210.00"))
    assert stands["at-the-door"].at_the_door

    again = await take_over(move, orders, lambda _: None)
    assert (again.opened, again.there_already, again.not_taken) == (0, len(orders), {})
    versions = {case.order_id: case.version for case in await told(sandbox)}
    assert versions == {order_id: state.version for order_id, state in stands.items()}
    other = Move(sandbox.here, SHOP, Columns(), policy("taobao-2012"), now)
    assert "other content" in (await take_over(other, orders[:1], lambda _: None)).not_taken["late-before"]


async def test_what_cannot_be_is_left_where_it_is_and_named(sandbox: Sandbox) -> None:
    """The look says it, and so does the move; the other orders are none the worse for it."""
    now = await sandbox.here.clock.now()
    fine, *_ = orders = in_flight(now)
    paid_ahead = fine.model_copy(update={"order_id": "paid-ahead", "paid_at": now + timedelta(days=3)})
    placed_ahead = fine.model_copy(update={"order_id": "placed-ahead", "placed_at": now + timedelta(days=3)})
    move = Move(sandbox.here, SHOP, Columns(), policy("taobao-2012"), now)
    looked = await look_at(move, [paid_ahead, *orders, placed_ahead], lambda _: None)
    moved = await take_over(move, [paid_ahead, *orders, placed_ahead], lambda _: None)
    assert [one.order_id for one in looked.outlook] == [one.order_id for one in orders]
    assert looked.not_taken.keys() == moved.not_taken.keys() == {"paid-ahead", "placed-ahead"}
    assert moved.opened == len(orders)


async def test_an_order_that_is_put_off_is_opened_all_the_same(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Running cases come first: a shop of thousands moves in as fast as it is borne."""
    asked: list[str] = []

    async def opener(
        here: Context, caller: Principal, actor: Actor, request: OpenOrder, *, facts_wait: bool
    ) -> OpenCase:
        asked.append(request.order_id)
        if len(asked) == 1:
            raise Slowed("More orders are being opened than are taken up.")
        return await open_order(here, caller, actor, request, facts_wait=facts_wait)

    monkeypatch.setattr(taking_over, "open_order", opener)
    fine, *_ = in_flight(await sandbox.here.clock.now())
    move = Move(sandbox.here, SHOP, Columns(), policy("taobao-2012"), fine.placed_at)
    moved = await take_over(move, [fine], lambda _: None)
    assert (moved.opened, moved.not_taken, asked) == (1, {}, [fine.order_id] * 2)
