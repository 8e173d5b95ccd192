"""Actions on their way to a case: written first, sent as an update, the answer written after.

The row, not the update, answers repeats and conflicts: update ids ignore their arguments and end with the run.
"""

import asyncio
from typing import Any

from temporalio.client import Client, WorkflowUpdateFailedError, WorkflowUpdateRPCTimeoutOrCancelledError
from temporalio.exceptions import ApplicationError
from temporalio.service import RPCError, RPCStatusCode

from api.context import Context
from api.problems import Conflict, ForbiddenProblem, Invalid, NotFound, Problem, Unavailable
from domain.case.asked import ActionAsked, ActionDone
from domain.case.live import ENDED
from domain.errors import Refusal
from domain.shop.stock import Reservation
from runtime import metrics
from runtime.clock import Clock
from store import actions, stock
from store.actions import ActionStatus, Beginning, NewAction
from store.database import Database
from store.memos import Memo
from workflows.failures import FORBIDDEN, REFUSED

AWAY = (
    "The step is noted and will be carried out when Temporal answers again; the same Idempotency-Key tells its result."
)


async def take_step(
    here: Context,
    action: NewAction,
    texts: list[Memo],
    *,
    reservation: Reservation | None = None,
    against: list[Refusal] | None = None,
) -> dict[str, Any]:
    """Takes a step, or answers what came of the same one before.

    Args:
        here: the parts of the process.
        action: the step.
        texts: its private texts.
        reservation: the units it needs.
        against: what speaks against it already, for a case that has ended: then it is not sent.

    Returns:
        The action's result.

    Raises:
        Conflict: the case refuses it, or the key was used with another body.
        Unavailable: Temporal did not answer in time; the step stays noted.
    """
    begun = await actions.begin(here.db, action, texts, reservation)
    if begun.beginning is Beginning.CONFLICT:
        raise Conflict("This Idempotency-Key was used with another body.", code="idempotency_conflict")
    if begun.action.status is ActionStatus.PENDING:
        if against and begun.beginning is Beginning.NEW:
            raise await _refuse(here.db, here.clock, action, _refused(against))
        return await _send(here.db, here.temporal, here.clock, begun.action.asked, here.settings.update_timeout)
    answer = begun.action.result or {}
    if begun.action.status is ActionStatus.REFUSED:
        raise _refused([Refusal(**reason) for reason in answer["reasons"]])
    return answer


async def send_again(db: Database, temporal: Client, clock: Clock, action: NewAction) -> None:
    """Sends a pending action with the id it had; whatever comes of it is written to its row.

    Raises:
        Unavailable: Temporal did not answer in time; the step stays noted.
    """
    try:
        await _send(db, temporal, clock, action, within=10)
    except (Conflict, Invalid, ForbiddenProblem, NotFound):
        return


async def _send(db: Database, temporal: Client, clock: Clock, action: NewAction, within: float) -> dict[str, Any]:
    try:
        done = await _update(temporal, action, within)
    except Problem as problem:
        if not isinstance(problem, Unavailable):
            await _refuse(db, clock, action, problem)
        raise
    await actions.finish(db, action.action_id, ActionStatus.DONE, done.result, await clock.now())
    return done.result


async def _refuse(db: Database, clock: Clock, action: NewAction, problem: Problem) -> Problem:
    """Keeps the refusal; what was reserved for the step is free again."""
    reasons = [reason.model_dump() for reason in problem.reasons]
    metrics.count_refusal(action.name, [reason.code for reason in problem.reasons])
    await stock.release(db, action.action_id)
    await actions.finish(db, action.action_id, ActionStatus.REFUSED, {"reasons": reasons}, await clock.now())
    return problem


async def _update(temporal: Client, action: NewAction, within: float) -> ActionDone:
    asked = ActionAsked(
        action_id=action.action_id, actor=action.actor, given=action.given, circumstances=action.circumstances
    )
    try:
        async with asyncio.timeout(within):
            done: ActionDone = await temporal.get_workflow_handle(action.case_id).execute_update(
                action.name, asked, id=action.action_id, result_type=ActionDone
            )
            return done
    except WorkflowUpdateFailedError as failed:
        raise _problem(failed.cause) from failed
    except (TimeoutError, WorkflowUpdateRPCTimeoutOrCancelledError) as late:
        raise Unavailable(AWAY) from late
    except RPCError as error:
        if error.status is RPCStatusCode.NOT_FOUND:
            raise _refused([ENDED]) from error
        raise Unavailable(AWAY) from error


def _problem(cause: BaseException | None) -> Problem:
    if isinstance(cause, ApplicationError) and cause.type == REFUSED:
        return _refused([Refusal(**reason) for reason in cause.details[0]])
    if isinstance(cause, ApplicationError) and cause.type == FORBIDDEN:
        return ForbiddenProblem(cause.message)
    if isinstance(cause, ApplicationError):
        return Invalid(cause.message)
    return _refused([ENDED])


def _refused(reasons: list[Refusal]) -> Conflict:
    return Conflict(" ".join(reason.message for reason in reasons), reasons=reasons)
