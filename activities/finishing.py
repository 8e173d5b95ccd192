"""Activities of the store finish what they have begun, whatever becomes of who waits for them.

A call of the store whose time is up is cancelled, and made again. In the middle of a transaction that left SQLite's
driver with a connection that kept the write lock, and every writer after it waited in vain. So the transaction goes on
to its end; the call that is made again finds what it wrote.
"""

import asyncio
from typing import Any

from temporalio.worker import ActivityInboundInterceptor, ExecuteActivityInput, Interceptor


class Finishing(Interceptor):
    """Keeps activities of a worker from being cut off in the middle."""

    def intercept_activity(self, next: ActivityInboundInterceptor) -> ActivityInboundInterceptor:  # noqa: A002
        """Stands before each activity."""
        return _Finishing(next)


class _Finishing(ActivityInboundInterceptor):
    async def execute_activity(self, input: ExecuteActivityInput) -> Any:  # noqa: A002
        return await asyncio.shield(self.next.execute_activity(input))
