"""An activity whose time is up is made again; what it had begun it finishes all the same."""

import asyncio
from typing import Any, cast

import pytest
from temporalio.worker import ActivityInboundInterceptor, ExecuteActivityInput

from activities.finishing import Finishing


class Transaction(ActivityInboundInterceptor):
    """An activity in the middle of a transaction, until it may go on."""

    def __init__(self) -> None:
        self.may_go_on, self.ended = asyncio.Event(), asyncio.Event()

    async def execute_activity(self, input: ExecuteActivityInput) -> Any:  # noqa: A002
        await self.may_go_on.wait()
        self.ended.set()
        return input


async def test_what_was_begun_is_finished() -> None:
    """Cut off while it writes, the activity is over for who waits for it, and the transaction goes on to its end."""
    transaction = Transaction()
    activity = Finishing().intercept_activity(transaction)
    asked = asyncio.create_task(activity.execute_activity(cast(ExecuteActivityInput, "write")))
    await asyncio.sleep(0)
    asked.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asked
    transaction.may_go_on.set()
    await asyncio.wait_for(transaction.ended.wait(), 1)


async def test_the_answer_comes_through() -> None:
    """Nothing else changes."""
    transaction = Transaction()
    transaction.may_go_on.set()
    activity = Finishing().intercept_activity(transaction)
    assert await activity.execute_activity(cast(ExecuteActivityInput, "write")) == "write"
