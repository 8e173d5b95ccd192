"""Actions on their way to a case: written first, sent as an update, the answer written after.

The row, not the update, answers repeats and conflicts: update ids ignore their arguments and end with the run.
"""

import asyncio
from dataclasses import dataclass
from typing import Any

from temporalio.client import Client, WorkflowUpdateFailedError, WorkflowUpdateRPCTimeoutOrCancelledError
from temporalio.exceptions import ApplicationError
from temporalio.service import RPCError, RPCStatusCode

from domain.case.action import ActionRequest, ActionResult
from domain.case.actions import find_action
from domain.case.ids import kind_of
from domain.case.live import ENDED
from domain.errors import Refusal
from domain.lives import LIVES
from domain.shop.stock import Reservation
from runtime import metrics
from runtime.clock import Clock
from runtime.temporal import answers
from services.context import Context
from services.errors import (
    Invalid,
    KeyConflict,
    NotAllowed,
    Refused,
    ServiceError,
    Unavailable,
    refused,
)
from services.starting import start_order, take_up_for_step
from store import actions, new_orders
from store.actions import ActionStatus, Beginning, NewAction
from store.cases import CaseRecord
from store.database import Database
from store.ended import EndedCase, ended_case
from store.memos import Memo
from workflows.failures import FORBIDDEN, REFUSED

AWAY = "Temporal does not answer. The step is noted and will be carried out when it does; "
NO_WORKER = "No worker carried the step out in time. It is noted and will be carried out when one does; "
ASK_AGAIN = "the same Idempotency-Key tells its result."


@dataclass(frozen=True, slots=True)
class Answered:
    """What came of a step, and its case as it stands after it; None where the result was kept before."""

    result: dict[str, Any]
    case: CaseRecord | None


async def send_step(
    here: Context,
    action: NewAction,
    texts: list[Memo],
    *,
    reservation: Reservation | None = None,
    against: list[Refusal] | None = None,
) -> Answered:
    """Sends a step to its case, or answers what came of the same one before.

    Args:
        here: the parts of the process.
        action: the step.
        texts: its private texts.
        reservation: the units it needs.
        against: what speaks against it already, for a case that has ended: then it is not sent.

    Returns:
        The action's result; and its case, unless the result was kept before.

    Raises:
        Refused: the case refuses it.
        KeyConflict: the key was used with another body.
        NotAllowed, Invalid: the case says so of its input or its actor.
        Unavailable: Temporal or every worker is away; the step stays noted.
    """
    begun = await here.db.write(actions.begin, action, texts, reservation)
    if begun.beginning is Beginning.CONFLICT:
        raise KeyConflict("This Idempotency-Key was used with another body.")
    if begun.action.status is ActionStatus.PENDING:
        if against and begun.beginning is Beginning.NEW:
            raise await _refuse(here.db, here.clock, action, refused(against))
        return await _send(here.db, here.temporal, here.clock, begun.action.request, here.settings.update_timeout)
    return Answered(begun.action.result or {}, None)


async def send_again(db: Database, temporal: Client, clock: Clock, action: NewAction) -> None:
    """Sends a pending action with the id it had; whatever comes of it is written to its row.

    Raises:
        Unavailable: Temporal or every worker is away; the step stays noted.
    """
    try:
        await _send(db, temporal, clock, action, within=10)
    except (Refused, Invalid, NotAllowed):
        return


async def _send(db: Database, temporal: Client, clock: Clock, action: NewAction, within: float) -> Answered:
    try:
        done = await _update(db, temporal, action, within)
    except Unavailable:
        raise
    except ServiceError as error:
        await _refuse(db, clock, action, error)
        raise
    case = await db.write(actions.finish_and_read, action, done.result, await clock.now())
    return Answered(done.result, case)


async def _refuse(db: Database, clock: Clock, action: NewAction, error: ServiceError) -> ServiceError:
    """Keeps the refusal; what was reserved for the step is free again."""
    reasons = [reason.model_dump() for reason in error.reasons]
    metrics.count_refusal(action.name, [reason.code for reason in error.reasons])
    await db.write(actions.finish, action.action_id, ActionStatus.REFUSED, {"reasons": reasons}, await clock.now())
    return error


async def _update(db: Database, temporal: Client, action: NewAction, within: float) -> ActionResult:
    request = ActionRequest(
        action_id=action.action_id, actor=action.actor, input=action.input, circumstances=action.circumstances
    )
    try:
        async with asyncio.timeout(within):
            return await _bring(db, temporal, action, request)
    except WorkflowUpdateFailedError as failed:
        raise _error(failed.cause) from failed
    except (TimeoutError, WorkflowUpdateRPCTimeoutOrCancelledError) as late:
        why = NO_WORKER if await answers(temporal) else AWAY
        raise Unavailable(why + ASK_AGAIN) from late
    except RPCError as error:
        if error.status is RPCStatusCode.NOT_FOUND:
            raise refused([ENDED]) from error
        raise Unavailable(AWAY + ASK_AGAIN) from error


async def _bring(db: Database, temporal: Client, action: NewAction, request: ActionRequest) -> ActionResult:
    """To the workflow of the case; to a new one where it has not started, or has ended and the step takes it up."""
    try:
        return await _send_update(temporal, action, request)
    except RPCError as error:
        if error.status is not RPCStatusCode.NOT_FOUND:
            raise
        if order := await db.read(new_orders.opening_of, action.case_id):
            await start_order(temporal, order)
            return await _send_update(temporal, action, request)
        case = await _to_take_up(db, action)
        if case is None:
            raise
    done: ActionResult = await temporal.execute_update_with_start_workflow(
        action.name,
        request,
        id=action.action_id,
        result_type=ActionResult,
        start_workflow_operation=take_up_for_step(case),
    )
    return done


async def _send_update(temporal: Client, action: NewAction, request: ActionRequest) -> ActionResult:
    done: ActionResult = await temporal.get_workflow_handle(action.case_id).execute_update(
        action.name, request, id=action.action_id, result_type=ActionResult
    )
    return done


async def _to_take_up(db: Database, action: NewAction) -> EndedCase | None:
    """The ended case that a step takes up again, if it is one that may."""
    rule = find_action(LIVES[kind_of(action.case_id)], action.name)
    return await db.read(ended_case, action.case_id) if rule.after_end else None


def _error(cause: BaseException | None) -> ServiceError:
    if isinstance(cause, ApplicationError) and cause.type == REFUSED:
        return refused([Refusal(**reason) for reason in cause.details[0]])
    if isinstance(cause, ApplicationError) and cause.type == FORBIDDEN:
        return NotAllowed(cause.message)
    if isinstance(cause, ApplicationError):
        return Invalid(cause.message)
    return refused([ENDED])
