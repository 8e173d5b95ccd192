"""Actions on their way to a case: written first, sent as an update, the answer written after.

The row, not the update, answers repeats and conflicts: update ids ignore their arguments and end with the run.
"""

import asyncio
from typing import Any

from temporalio.client import Client, WorkflowUpdateFailedError, WorkflowUpdateRPCTimeoutOrCancelledError
from temporalio.exceptions import ApplicationError
from temporalio.service import RPCError, RPCStatusCode

from api.problems import Conflict, ForbiddenProblem, Invalid, NotFound, Problem, Unavailable
from domain.case.asked import ActionAsked, ActionDone
from domain.case.live import ENDED
from domain.errors import Refusal
from runtime import metrics
from runtime.clock import Clock
from store import actions
from store.actions import ActionStatus, Beginning, NewAction
from store.database import Database
from store.memos import Memo
from workflows.failures import FORBIDDEN, REFUSED

AWAY = (
    "The step is noted and will be carried out when Temporal answers again; the same Idempotency-Key tells its result."
)


async def take_step(
    db: Database, temporal: Client, clock: Clock, action: NewAction, texts: list[Memo], within: float
) -> dict[str, Any]:
    """Takes a step, or answers what came of the same one before.

    Returns:
        The action's result.

    Raises:
        Conflict: the case refuses it, or the key was used with another body.
        Unavailable: Temporal did not answer in time; the step stays noted.
    """
    begun = await actions.begin(db, action, texts)
    if begun.beginning is Beginning.CONFLICT:
        raise Conflict("This Idempotency-Key was used with another body.", code="idempotency_conflict")
    if begun.action.status is ActionStatus.PENDING:
        return await _send(db, temporal, clock, begun.action.asked, within)
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
            reasons = [reason.model_dump() for reason in problem.reasons]
            metrics.count_refusal(action.name, [reason.code for reason in problem.reasons])
            await actions.finish(db, action.action_id, ActionStatus.REFUSED, {"reasons": reasons}, await clock.now())
        raise
    await actions.finish(db, action.action_id, ActionStatus.DONE, done.result, await clock.now())
    return done.result


async def _update(temporal: Client, action: NewAction, within: float) -> ActionDone:
    asked = ActionAsked(action_id=action.action_id, actor=action.actor, given=action.given)
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
