"""Workflows that make a worker count everything: what goes well, what fails, what cannot go on."""

from datetime import timedelta

from temporalio import activity, workflow
from temporalio.common import RetryPolicy
from temporalio.exceptions import FailureError

QUEUE = "probe"
SOON = timedelta(seconds=10)
ONCE = RetryPolicy(maximum_attempts=1)


@activity.defn
async def succeed() -> None:
    """Does what it should."""


@activity.defn
async def fail() -> None:
    """Does not."""
    raise OSError("as if the database were away")


@workflow.defn
class Goes:
    """Calls both, each as a local activity and as an ordinary one, and ends."""

    @workflow.run
    async def run(self) -> None:
        """Calls them one after another."""
        for call in (succeed, fail):
            for execute in (workflow.execute_local_activity, workflow.execute_activity):
                try:
                    await execute(call, start_to_close_timeout=SOON, retry_policy=ONCE)
                except FailureError:
                    continue


@workflow.defn
class Ends:
    """Ends at once."""

    @workflow.run
    async def run(self) -> None:
        """Does nothing."""


@workflow.defn
class Stands:
    """Cannot go on: its task fails, and is tried again for ever."""

    @workflow.run
    async def run(self) -> None:
        """Fails as a defect in the code would."""
        raise RuntimeError("as if the code were wrong")
