"""Recovery where something is away, has ended or does not answer: what was left is made up for, once."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, cast

import pytest
from temporalio.client import Client
from temporalio.service import RPCError

from services import recovery, starting
from services.context import Context
from services.recovery import recover, recover_for_ever
from services.taking_in import leave_unreadable
from store import inbox, new_orders
from tests.patience import PATIENCE
from tests.services.messages import found, kept_message
from tests.services.parts import TROUBLE, Noon, NoTemporal, SomeTemporal, failing_first, running, until
from tests.store.scenes import HOUR, NOON, open_order, order

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

CASE = "order:demo:taobao:T1001"
LEFT = order(at=NOON - HOUR)
"""It was opened an hour ago, and its workflow was to do something long before now."""
LATER = Noon(timedelta(minutes=1))


async def overdue(here: Context) -> list[str]:
    return [one.case_id for one in await here.db.read(new_orders.overdue, NOON)]


async def test_no_trouble_ends_it(here: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    """The database was away, then something of ours failed: what was left is started at the look after those."""
    monkeypatch.setattr(recovery, "EVERY", 0.0)
    monkeypatch.setattr(inbox, "release_missed", failing_first(inbox.release_missed, *TROUBLE))
    await open_order(here.db, LEFT)
    answering = SomeTemporal()
    async with running(recover_for_ever(here.db, cast(Client, answering), here.clock)):
        await until(lambda: CASE in answering.started)


async def test_an_order_that_was_terminated_before_anything_happened_is_left_alone(here: Context) -> None:
    """Its workflow has ended: nobody tries to start it again and again."""
    await open_order(here.db, LEFT)
    ended = SomeTemporal(ended={CASE})
    for _ in range(2):
        await recover(here.db, cast(Client, ended), here.clock)
    assert (ended.started, await overdue(here)) == ([CASE], [])


@dataclass
class SilentTemporal(NoTemporal):
    """Takes every call and answers none."""

    async def start_workflow(self, _name: str, _start: object, *, id: str, **_: Any) -> None:  # noqa: A002 - the SDK's
        self.started.append(id)
        await asyncio.Event().wait()


async def test_a_temporal_that_never_answers_is_not_waited_for(here: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    """The look comes to its end, and the order stays to be started."""
    monkeypatch.setattr(starting, "START_WITHIN", 0.05)
    await open_order(here.db, LEFT)
    silent = SilentTemporal()
    await asyncio.wait_for(recover(here.db, cast(Client, silent), here.clock), PATIENCE)
    assert (silent.started, await overdue(here)) == ([CASE], [CASE])


@pytest.mark.parametrize("runs", [False, True])
async def test_a_case_of_no_order_is_started_once(here: Context, *, runs: bool) -> None:
    """A message that nobody can read, kept while Temporal was away; where its start got through, that is noted."""
    source, kept = await kept_message(here)
    with pytest.raises(RPCError):
        await leave_unreadable(here, source, kept, "nobody knows this status")
    case_id = (await found(here, kept.seq)).case_id
    assert case_id
    back = SomeTemporal(ended={case_id} if runs else set())
    for _ in range(2):
        await recover(here.db, cast(Client, back), LATER)
    assert back.started == [case_id]
