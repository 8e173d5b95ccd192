"""Calls of the store: quick while it is well, sure while it is not."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from temporalio import workflow
from temporalio.exceptions import FailureError

from workflows import options

A = TypeVar("A")
R = TypeVar("R")


async def surely(call: Callable[[A], Awaitable[R]], argument: A, summary: str) -> R:
    """A store call: as a local activity while the store is well, else as one that retries until it is back."""
    try:
        return await workflow.execute_local_activity(call, argument, summary=summary, **options.STORE_FAST)
    except FailureError:  # never looked into: its type differs on replay
        return await workflow.execute_activity(call, argument, summary=summary, **options.STORE_SURELY)
