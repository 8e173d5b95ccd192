"""Calls of the store: quick while it is well, sure while it is not."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from temporalio import workflow
from temporalio.exceptions import ApplicationError, FailureError

from domain.errors import HistoryStands
from workflows import options
from workflows.failures import HISTORY_STANDS

A = TypeVar("A")
R = TypeVar("R")


async def surely(call: Callable[[A], Awaitable[R]], argument: A, summary: str) -> R:
    """A store call: as a local activity while the store is well, else as one that retries until it is back.

    Raises:
        HistoryStands: it would replace another story than the case's.
    """
    try:
        return await workflow.execute_local_activity(call, argument, summary=summary, **options.STORE_FAST)
    except FailureError as failed:  # its type differs on replay, but that of one that no history keeps
        if isinstance(failed.__cause__, ApplicationError) and failed.__cause__.type == HISTORY_STANDS:
            raise HistoryStands(failed.__cause__.message) from failed
        return await workflow.execute_activity(call, argument, summary=summary, **options.STORE_SURELY)
