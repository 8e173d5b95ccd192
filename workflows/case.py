"""What every case workflow does: takes in facts and actions, waits for its earliest clock, writes the read model.

The rules are in `domain/`; which facts, actions and clocks there are, the kind's declaration says (`Life`).
"""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError
from temporalio import workflow
from temporalio.common import RawValue

from domain.case.action import ActionRequest, ActionResult
from domain.case.actions import find_action
from domain.case.deadline import Deadline
from domain.case.declare import AnyAction, LastScan, Life
from domain.case.errand import Lane, PendingErrand
from domain.case.fact import Fact
from domain.case.live import LiveCase
from domain.case.marks import check_mark, mark_of
from domain.case.record import AskLastScan, CaseEnded, RecordCase, TakeUp, record
from domain.case.rules import check_known
from domain.case.state import CaseState, TimelineLine
from domain.errors import HistoryStands
from domain.times import china_clock
from workflows import calls, changes
from workflows.errands import Child, carry_out
from workflows.failures import refusals_to_caller
from workflows.surely import surely
from workflows.visible import details, upsert_attributes

LONG = 1_000
"""Events after which a run goes on as a new one, so that a worker that has to replay it is soon done with it."""

S = TypeVar("S", bound=CaseState)
M = TypeVar("M", bound=BaseModel)


class CaseWorkflow(Generic[S]):
    """A case of any kind, run on Temporal."""

    def __init__(
        self, life: Life[S], kept: S | None, begin: Callable[[], LiveCase[S]], *, taken_up: bool = False
    ) -> None:
        self.case = LiveCase(life, kept) if kept else begin()
        self.early: list[Fact] | None = [] if taken_up else None
        self.taken_up_at = 0
        self.stands: HistoryStands | None = None
        self.told_since = kept.version if kept else 0
        self.told: list[TimelineLine] = []
        if not kept:  # whoever opened it has written how it begins
            self.state.mark = mark_of(self.state)
            self._tell()
        self.written = self.state.version
        self.running: dict[Lane, asyncio.Task[None]] = {}
        self.children: list[Child] = []

    @property
    def state(self) -> S:
        """The state of the case."""
        return self.case.state

    async def run_to_end(self, start: BaseModel) -> CaseEnded:
        """Lives the case until it ends.

        Args:
            start: what the run started from; the next one starts from the same, and from the state as it then is.

        Raises:
            UnknownRules: the worker is older than the case, which stands still until a newer one runs.
        """
        await self._live_this_run()
        if self.state.open:
            workflow.continue_as_new(start.model_copy(update={"state": self.state, "taken_up": False}))
        return CaseEnded(outcome=self.state.outcome, version=self.state.version)

    async def _live_this_run(self) -> None:
        """Until the case ends, or its history is long enough to go on in a new one."""
        check_known(self.state.rules)
        self._show()
        if self.early is not None:
            await self._take_up(self.early)
        running = [asyncio.create_task(self._keep_writing()), asyncio.create_task(self._keep_running())]
        while True:
            await self._live_on()
            if not self.state.open:
                # They have told that they ended, and do so in a moment. One that ended after its parent would stop the
                # clock of the time-skipping server.
                await asyncio.gather(*self.children, return_exceptions=True)
            await self._wait(lambda: workflow.all_handlers_finished() and self._all_done())
            if self.taken_up_at == self.state.version:
                self.taken_up_at = 0
                await self._write(record(self.state, self.written), "Nothing came of it: ended as before")
            elif self._leaves_this_run():
                break  # else something took the case up again meanwhile
        for task in running:
            task.cancel()

    async def _live_on(self) -> None:
        """Lets clocks pass and waits for what comes, until it is time to leave."""
        while not self._leaves_this_run():
            if overdue := self.case.overdue(workflow.now()):
                await self._pass(overdue)
            else:
                await self._wait_for(self.state.next_due())

    async def _take_up(self, early: list[Fact]) -> None:
        """An ended case goes on from its row: whoever took it up may have read an older one. What came waits for it."""
        request = TakeUp(case_id=self.state.case_id)
        taken = await surely(calls.take_up, request, "Take up the ended case")
        self.case = LiveCase(self.case.life, self.case.life.state.model_validate(taken.state))
        self.written = self.told_since = self.taken_up_at = self.state.version
        self.early = None
        for fact in early:
            self.case.take_in(fact, workflow.now())

    @workflow.signal(dynamic=True)
    def take_in(self, event_type: str, args: Sequence[RawValue]) -> None:
        """A fact: the signal is named after its event type. One sent by hand that is no fact is left aside.

        The signal that an order is started with brings everything that waited for it.
        """
        try:
            facts = [_payload([arg], Fact) for arg in args]
        except ValidationError:
            facts = []
        if not facts:
            workflow.logger.warning("a signal that is no fact was left aside")
        for fact in facts:
            if self.early is None:
                self.case.take_in(fact, workflow.now())
            else:
                self.early.append(fact)

    @workflow.update(dynamic=True)
    async def act(self, action_name: str, args: Sequence[RawValue]) -> ActionResult:
        """A step: the update is named after its action; it answers once the read model shows it."""
        if self.early is not None:
            await workflow.wait_condition(lambda: self.early is None)
            self.check(action_name, args)
        with refusals_to_caller():
            action, request, input_ = self._request(action_name, args)
            result = self.case.act(action, request, workflow.now(), input_)
        version = self.state.version
        await workflow.wait_condition(lambda: self.written >= version and not self.state.not_started(version))
        return ActionResult(version=version, result=result)

    @act.validator
    def check(self, action_name: str, args: Sequence[RawValue]) -> None:
        """Refuses a step with every reason that speaks against it; one that was taken before is let through."""
        with refusals_to_caller():
            action, request, input_ = self._request(action_name, args)
            if self.early is None and self.case.result_of(request.action_id) is None:
                self.case.check(action, request, workflow.now(), input_)

    @workflow.query(name="state", description="The whole state of the case, as its facts have it")
    def whole_state(self) -> dict[str, Any]:
        """The state as JSON, without the timeline lines not yet written."""
        return self.state.model_dump(mode="json", exclude={"story"})

    @workflow.query(name="deadlines", description="Every clock of the case, running ones first")
    def deadlines(self) -> list[Deadline]:
        """The clocks, running ones first, the earliest due first."""
        return sorted(self.state.deadlines, key=lambda deadline: (not deadline.running, deadline.due_at))

    @workflow.query(
        name="rebuild", description="All that the read model can be rebuilt from; of the timeline, this run's"
    )
    def rebuild(self) -> RecordCase:
        """One write that replaces every row of the case; of the timeline the lines that this run has told."""
        told = {"story": [*self.told, *self.state.story], "told_since": self.told_since}
        return record(self.state, since=0).model_copy(update={**told, "rebuilds": True})

    async def _wait_for(self, due: Deadline | None) -> None:
        """Waits for the earliest clock; earlier if another becomes the earliest. One timer a case, not one a clock."""
        armed = due.due_at if due else None

        def something_else() -> bool:
            return self.state.next_due_at() != armed or self._leaves_this_run()

        if due is None:
            await self._wait(something_else)
            return
        summary = f"{due.kind} {due.subject} due {china_clock(due.due_at)} China time".replace("  ", " ")
        try:
            await self._wait(something_else, timeout=due.due_at - workflow.now(), timeout_summary=summary)
        except TimeoutError:
            return

    async def _wait(self, until: Callable[[], bool], **timeout: Any) -> None:
        """Waits, but not in a story that is not the case's: that fails the workflow task, and nothing of it is kept."""
        await workflow.wait_condition(lambda: self.stands is not None or until(), **timeout)
        if self.stands:
            raise self.stands

    async def _pass(self, deadline: Deadline) -> None:
        last_scan = await self._last_scan(deadline) if self.case.clock(deadline.kind).hear_scan else None
        if deadline.running and deadline.due_at <= workflow.now():
            self.case.pass_deadline(deadline, workflow.now(), last_scan)

    async def _last_scan(self, deadline: Deadline) -> LastScan | None:
        carrier, _, tracking_no = deadline.subject.partition("/")
        request = AskLastScan(
            case_id=self.state.case_id, carrier=carrier, tracking_no=tracking_no, known=deadline.started_at
        )
        return await surely(calls.last_scan, request, f"Last scan of {deadline.subject}")

    async def _keep_writing(self) -> None:
        """The one writer of this case: everything noted since its last write, in one activity."""
        while True:
            await workflow.wait_condition(lambda: not self._all_written())
            self._raise_rules()
            write = record(self.state, since=self.written)
            self._tell()
            upsert_attributes(self.state)
            self._show()
            try:
                await self._write(write, f"Write version {write.version}: {self.state.stage}")
            except HistoryStands as stands:
                self.stands = stands
                return

    def _tell(self) -> None:
        """The story so far leaves the state: it is told, and only a rebuild tells it again."""
        self.told += self.state.story
        self.state.story.clear()

    async def _write(self, write: RecordCase, summary: str) -> None:
        """Writes to the read model, and compares with what the history says was written. Raises HistoryStands."""
        written = await surely(calls.record_case, write, summary) or ""
        check_mark(write.case_id, write.version, write.mark, written)
        self.state.mark, self.written = written, write.version

    def _raise_rules(self) -> None:
        """Newer rules for a running case: once it has changed, so that a step is checked and taken by the same ones."""
        if self.state.open:
            for rules, change in changes.raised_at(self.state.rules, self.state.version):
                self.case.raise_rules(rules, change, workflow.now())

    async def _keep_running(self) -> None:
        """Runs the errands, many lanes at once, each errand once the version that asks for it is written."""
        while True:
            await workflow.wait_condition(lambda: bool(self._ready()))
            for pending in self._ready():
                self.running[pending.lane] = asyncio.create_task(self._run(pending))

    async def _run(self, pending: PendingErrand) -> None:
        result = await carry_out(self.state, pending, self.children)
        del self.running[pending.lane]
        self.case.take_result(pending, result, workflow.now())
        self._show()  # some errands are done without a new version

    def _show(self) -> None:
        workflow.set_current_details(details(self.case.life.waits_for, self.state))

    def _ready(self) -> list[PendingErrand]:
        """The next errand of every lane that is free."""
        if not self.state.errands:
            return []
        firsts = [self.state.next_errand(lane) for lane in Lane if lane not in self.running]
        return [pending for pending in firsts if pending and pending.version <= self.written]

    def _leaves_this_run(self) -> bool:
        return not self.state.open or (_is_long() and not self.state.errands)

    def _all_done(self) -> bool:
        return self._all_written() and not self.state.errands

    def _all_written(self) -> bool:
        return self.written >= self.state.version

    def _request(self, name: str, args: Sequence[RawValue]) -> tuple[AnyAction[S], ActionRequest, BaseModel]:
        life = self.case.life
        action, request = find_action(life, name), _payload(args, ActionRequest)
        return action, request, action.read(request.input, lambda: self.state)


def _payload(args: Sequence[RawValue], model: type[M]) -> M:
    return workflow.payload_converter().from_payload(args[0].payload, model)


def _is_long() -> bool:
    info = workflow.info()
    return info.get_current_history_length() >= LONG or info.is_continue_as_new_suggested()
