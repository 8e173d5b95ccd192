"""Starting a case's workflow: the row stands already, so a start may be repeated as often as needed."""

import asyncio
from typing import Any

from temporalio.client import Client
from temporalio.common import Priority, WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.exceptions import WorkflowAlreadyStartedError
from temporalio.service import RPCError, RPCStatusCode

from domain.case.fact import Fact
from domain.case.queues import CASES
from domain.order.opening import OpenedOrder, begin, opening_summary
from domain.order.run import StartOrder
from workflows.visible import at_start

START_WITHIN = 3.0
"""Seconds for Temporal to answer; the SDK alone would try for ten, and whoever opens an order would wait as long."""


async def start_order(client: Client, order: OpenedOrder, first_fact: Fact | None = None) -> bool:
    """Starts an order's workflow unless it runs, with a first fact where one is waiting.

    Returns:
        Whether the workflow runs now; False if it has already ended.

    Raises:
        RPCError: Temporal is away; the start may have got through all the same.
    """
    state = begin(order).state
    signal: dict[str, Any] = {}
    if first_fact is not None:
        signal = {"start_signal": first_fact.type, "start_signal_args": [first_fact]}
    try:
        async with asyncio.timeout(START_WITHIN):
            await client.start_workflow(
                "OrderCase",
                StartOrder(order=order),
                id=state.case_id,
                task_queue=CASES,
                id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
                id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
                search_attributes=at_start(state),
                static_summary=opening_summary(order),
                priority=Priority(fairness_key=order.merchant),
                **signal,
            )
    except WorkflowAlreadyStartedError:
        return False
    except TimeoutError as late:
        raise RPCError(f"no answer within {START_WITHIN:.0f} s", RPCStatusCode.DEADLINE_EXCEEDED, b"") from late
    return True
