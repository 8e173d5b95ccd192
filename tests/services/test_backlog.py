"""Openings are slowed while many orders wait for a worker; nothing else is."""

from dataclasses import replace
from datetime import timedelta
from typing import cast

import pytest
from temporalio.client import Client

from domain.roles import Role
from services.backlog import Backlog
from services.context import Context
from services.errors import Slowed
from services.events import take_events
from services.opening import open_order
from store import cases, new_orders
from tests.services.parts import AGENT, PAYMENT
from tests.services.test_opening import opening_request
from tests.store.scenes import NOON, order, started_order
from tests.store.scenes import open_order as open_in_store

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


class Answering:
    """A Temporal that answers, or not."""

    def __init__(self) -> None:
        self.service_client, self.answers = self, True

    async def check_health(self, **_: object) -> bool:
        return self.answers


@pytest.fixture
def answering() -> Answering:
    return Answering()


@pytest.fixture
def narrow(here: Context, answering: Answering) -> Context:
    """Two orders may wait."""
    return replace(here, backlog=Backlog(here.db, cast(Client, answering), here.clock, most=2))


async def _wait(here: Context, order_id: str) -> None:
    """An order that was paid a second ago."""
    life = await open_in_store(here.db, order(order_id, at=NOON - timedelta(minutes=1)))
    await here.db.write(new_orders.hears, life.state.case_id, NOON - timedelta(seconds=1))


async def _open(here: Context, order_id: str) -> None:
    await open_order(here, AGENT, AGENT.acting_as(Role.AGENT), opening_request(order_id=order_id))


async def test_openings_are_told_to_come_again(narrow: Context) -> None:
    """Two orders have waited for a second: the third is not kept, and the sentence says when to send it again."""
    await _wait(narrow, "T1")
    await _wait(narrow, "T2")
    with pytest.raises(Slowed, match=r"running cases come first.*send it again in 1 s"):
        await _open(narrow, "T3")
    assert await narrow.db.read(cases.get_case, "order:demo:taobao:T3", "demo") is None


async def test_who_opens_many_orders_at_one_moment_is_not_slowed(narrow: Context) -> None:
    """They wait for their payment, and no worker has anything to do for them."""
    for number in range(5):
        await _open(narrow, f"T{number}")


async def test_an_order_that_was_taken_up_waits_no_more(narrow: Context) -> None:
    """It is running: the next one is let in."""
    await started_order(narrow.db, "T1", at=NOON - timedelta(seconds=1))
    await _wait(narrow, "T2")
    assert await narrow.backlog.size() == 1
    await _open(narrow, "T3")


async def test_while_temporal_is_away_orders_are_kept(narrow: Context, answering: Answering) -> None:
    """Nobody takes anything up then, so no running case would gain if orders were sent away."""
    answering.answers = False
    await _wait(narrow, "T1")
    await _wait(narrow, "T2")
    await _open(narrow, "T3")


async def test_facts_are_never_slowed(narrow: Context) -> None:
    """However long the backlog is, a running case hears of its payment."""
    for number in range(3):
        await _wait(narrow, f"T{number}")
    event = {
        "specversion": "1.0",
        "id": "pay-1",
        "source": "pay",
        "type": "payment.received",
        "subject": "order/taobao/T1",
        "time": NOON.isoformat(),
        "data": {"amount": "199.00"},
    }
    (taken,) = await take_events(narrow, PAYMENT, [event])
    assert taken.status == "accepted"


async def test_no_limit_slows_nothing(here: Context, answering: Answering) -> None:
    """0 is any number."""
    endless = replace(here, backlog=Backlog(here.db, cast(Client, answering), here.clock, most=0))
    await _wait(endless, "T1")
    await _open(endless, "T2")
    assert not endless.backlog.is_long(1_000_000)
