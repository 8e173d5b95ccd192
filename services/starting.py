"""Starting a case's workflow: the row stands already, so a start may be repeated as often as needed."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from typing import Any

from temporalio.client import Client, WithStartWorkflowOperation
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.exceptions import WorkflowAlreadyStartedError
from temporalio.service import RPCError, RPCStatusCode

from domain.case.errand import StartCase
from domain.case.fact import Fact
from domain.case.ids import CaseKind
from domain.case.queues import CASES
from domain.lives import begin_any
from domain.order.opening import OpenedOrder, begin, opening_summary
from domain.order.run import StartOrder
from domain.order.state import OrderState
from store.database import Database
from store.ended import EndedCase
from store.records import mark_started
from workflows.errands import WORKFLOWS
from workflows.priorities import new_order, running_case
from workflows.visible import at_start

START_WITHIN = 3.0
"""Seconds for Temporal to answer; the SDK alone would try for ten, and whoever opens an order would wait as long."""


async def start_order(
    client: Client,
    order: OpenedOrder,
    facts: Sequence[Fact] = (),
    *,
    waits: timedelta | None = None,
    begun: OrderState | None = None,
) -> bool:
    """Starts an order's workflow unless it runs, with the facts that wait for it: it hears them before anything passes.

    Args:
        client: of Temporal.
        order: what it was opened with.
        facts: what it has to hear, also if it waits for its first deadline; a plain signal would not reach it then.
        waits: until its first deadline; no worker has anything to do before, unless it hears of something.
        begun: how it begins, where that has been worked out.

    Returns:
        Whether the workflow runs now; False if it has already ended.

    Raises:
        RPCError: Temporal is away; the start may have got through all the same.
    """
    state = begun or begin(order).state
    signal = _first(*facts) if facts else {}
    try:
        async with _in_time():
            await client.start_workflow(
                "OrderCase",
                StartOrder(order=order),
                id=state.case_id,
                task_queue=CASES,
                id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
                id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
                search_attributes=at_start(state),
                static_summary=opening_summary(order),
                priority=new_order(order.merchant),
                start_delay=waits,
                **signal,
            )
    except WorkflowAlreadyStartedError:
        return False
    return True


async def start_alone(db: Database, client: Client, start: StartCase) -> None:
    """Starts a case that belongs to no order, unless it runs or has ended. Raises RPCError: Temporal is away."""
    state = begin_any(start).state
    with suppress(WorkflowAlreadyStartedError):
        async with _in_time():
            await client.start_workflow(
                WORKFLOWS[start.kind],
                {"opening": start.opening},
                id=start.case_id,
                task_queue=CASES,
                id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
                id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
                search_attributes=at_start(state),
                static_summary=state.story[0].summary,
                priority=running_case(state.merchant),
            )
    await db.write(mark_started, start.case_id)


async def take_up_for_fact(client: Client, case: EndedCase, fact: Fact) -> None:
    """Takes an ended case up again for a fact, which reaches the run that another has started meanwhile, if one has.

    Raises:
        RPCError: Temporal is away; the start may have got through all the same.
    """
    async with _in_time():
        await client.start_workflow(WORKFLOWS[case.kind], _again(case), **_again_options(case), **_first(fact))


def take_up_for_step(case: EndedCase) -> WithStartWorkflowOperation[Any, Any]:
    """How an ended case is taken up again for a step, unless it runs again already."""
    return WithStartWorkflowOperation(WORKFLOWS[case.kind], _again(case), **_again_options(case))


def _again(case: EndedCase) -> dict[str, Any]:
    """What the workflow of an ended case starts from."""
    opened_with = "order" if case.kind is CaseKind.ORDER else "opening"
    return {opened_with: case.opening, "state": case.state, "taken_up": True}


def _again_options(case: EndedCase) -> dict[str, Any]:
    return {
        "id": case.case_id,
        "task_queue": CASES,
        "id_conflict_policy": WorkflowIDConflictPolicy.USE_EXISTING,
        "id_reuse_policy": WorkflowIDReusePolicy.ALLOW_DUPLICATE,
        "search_attributes": at_start(case.state),
        "static_summary": f"Taken up again: {case.kind} {case.state.order_id}",
        "priority": running_case(case.state.merchant),
    }


def _first(*facts: Fact) -> dict[str, Any]:
    return {"start_signal": facts[0].type, "start_signal_args": facts}


@asynccontextmanager
async def _in_time() -> AsyncIterator[None]:
    try:
        async with asyncio.timeout(START_WITHIN):
            yield
    except TimeoutError as late:
        raise RPCError(f"no answer within {START_WITHIN:.0f} s", RPCStatusCode.DEADLINE_EXCEEDED, b"") from late
