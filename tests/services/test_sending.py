"""What a case answers to a step is what its caller hears, and what stands under the step's key from then on."""

from dataclasses import dataclass, field, replace
from typing import Any, cast

import pytest
from temporalio.client import Client, WorkflowUpdateFailedError, WorkflowUpdateRPCTimeoutOrCancelledError
from temporalio.exceptions import ApplicationError, CancelledError
from temporalio.service import RPCError, RPCStatusCode

from domain.case.action import ActionResult
from domain.case.live import ENDED
from domain.errors import Refusal
from services.context import Context
from services.errors import Invalid, NotAllowed, Refused, ServiceError, Unavailable
from services.recovery import recover
from services.sending import NO_WORKER, send_again, send_step
from store import actions
from store.actions import NewAction
from tests.services.parts import SomeTemporal
from tests.store.scenes import AGENT, HOUR, NOON, open_order, order
from workflows.failures import FORBIDDEN, INVALID, REFUSED

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

CASE = "order:demo:taobao:T1001"
STEP = NewAction("a-1", "demo", CASE, "extend_receipt", "key-1", "hash-1", AGENT, {"days": 3}, NOON)
NOT_SHIPPED = Refusal(code="not_shipped", message="Nothing has been shipped.")
SAID = ApplicationError("no", [NOT_SHIPPED.model_dump()], type=REFUSED)


@dataclass
class Case:
    """Stands for the client of a Temporal where every case answers alike."""

    answer: ActionResult | Exception
    asked: list[str] = field(default_factory=list)
    cases: list[str] = field(default_factory=list)

    def get_workflow_handle(self, case_id: str) -> "Case":
        self.cases.append(case_id)
        return self

    async def execute_update(self, _name: str, _asked: object, *, id: str, **_: Any) -> ActionResult:  # noqa: A002 - the SDK's
        self.asked.append(id)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer

    @property
    def service_client(self) -> "Case":
        return self

    async def check_health(self, **_: Any) -> bool:
        return True


def answering(here: Context, answer: ActionResult | Exception) -> tuple[Context, Case]:
    case = Case(answer)
    return replace(here, temporal=cast(Client, case)), case


async def pending(here: Context) -> list[str]:
    return [one.request.action_id for one in await here.db.read(actions.pending, NOON + HOUR)]


async def test_a_step_that_was_done_is_told_from_its_row(here: Context) -> None:
    """The case is asked once; whoever asks again under the key hears the same result."""
    here, case = answering(here, ActionResult(version=3, result={"days": 3}))
    for action_id in ("a-1", "a-2"):
        assert (await send_step(here, replace(STEP, action_id=action_id), [])).result == {"days": 3}
    assert (case.asked, await pending(here)) == (["a-1"], [])


@pytest.mark.parametrize(
    ("failure", "heard", "codes"),
    [
        pytest.param(WorkflowUpdateFailedError(SAID), Refused, ["not_shipped"], id="refused"),
        pytest.param(WorkflowUpdateFailedError(CancelledError("gone")), Refused, [ENDED.code], id="ended meanwhile"),
        pytest.param(RPCError("gone", RPCStatusCode.NOT_FOUND, b""), Refused, [ENDED.code], id="ended before"),
        pytest.param(WorkflowUpdateFailedError(ApplicationError("no", type=FORBIDDEN)), NotAllowed, [], id="forbidden"),
        pytest.param(WorkflowUpdateFailedError(ApplicationError("no", type=INVALID)), Invalid, [], id="invalid"),
    ],
)
async def test_a_step_that_the_case_refuses(
    here: Context, failure: Exception, heard: type[ServiceError], codes: list[str]
) -> None:
    """Its caller hears why, and nobody sends it again; under its key it may be asked for anew."""
    here, case = answering(here, failure)
    for action_id in ("a-1", "a-2"):
        with pytest.raises(heard) as why:
            await send_step(here, replace(STEP, action_id=action_id), [])
        assert [reason.code for reason in why.value.reasons] == codes
    assert (case.asked, await pending(here)) == (["a-1", "a-2"], [])


async def test_a_step_that_is_known_to_be_refused_is_not_sent(here: Context) -> None:
    """A case that has ended is not asked; under its key the step may be taken once nothing speaks against it."""
    here, case = answering(here, ActionResult(version=3, result={}))
    with pytest.raises(Refused, match="Nothing has been shipped"):
        await send_step(here, STEP, [], against=[NOT_SHIPPED])
    assert (case.asked, await pending(here)) == ([], [])
    await send_step(here, replace(STEP, action_id="a-2", body_hash="another"), [])
    assert case.asked == ["a-2"]


async def test_a_step_that_nobody_takes_stays_noted(here: Context) -> None:
    """Temporal answers and no worker does: the caller is told so, and the step is sent again later."""
    here, _ = answering(here, WorkflowUpdateRPCTimeoutOrCancelledError())
    with pytest.raises(Unavailable, match=NO_WORKER):
        await send_step(here, STEP, [])
    assert await pending(here) == ["a-1"]


class NeverStarted(SomeTemporal):
    """The workflow of the case is not there before somebody starts it."""

    async def execute_update(self, _name: str, _asked: object, *, id: str, **_: Any) -> Any:  # noqa: A002 - the SDK's
        self.updated.append(id)
        if not self.started:
            raise RPCError("no such workflow", RPCStatusCode.NOT_FOUND, b"")
        return ActionResult(version=2, result={"days": 3})


async def test_a_step_starts_an_order_that_nothing_has_started_yet(here: Context) -> None:
    """It waits for its first deadline, or its start did not get through: the step reaches it all the same."""
    await open_order(here.db, order())
    temporal = NeverStarted()
    done = await send_step(replace(here, temporal=cast(Client, temporal)), STEP, [])
    assert (temporal.started, temporal.updated) == ([CASE], ["a-1", "a-1"])
    assert done.result == {"days": 3}
    assert done.case
    assert done.case.case_id == CASE


async def test_a_refusal_ends_what_is_sent_again(here: Context) -> None:
    """Nobody waits for it any more, so nothing is raised: the row says what came of it."""
    await here.db.write(actions.begin, STEP)
    here, case = answering(here, WorkflowUpdateFailedError(SAID))
    await send_again(here.db, here.temporal, here.clock, STEP)
    assert (case.asked, await pending(here)) == (["a-1"], [])


async def test_what_fails_in_a_way_that_nobody_foresaw_holds_up_no_other(here: Context) -> None:
    """Recovery tries every step that was left, and leaves what it cannot send to its next look."""
    left = [replace(STEP, action_id=f"a-{n}", key=f"key-{n}", asked_at=NOON - HOUR) for n in (1, 2)]
    for step in left:
        await here.db.write(actions.begin, step)
    here, case = answering(here, ZeroDivisionError())
    await recover(here.db, here.temporal, here.clock)
    assert sorted(case.asked) == sorted(await pending(here)) == ["a-1", "a-2"]
