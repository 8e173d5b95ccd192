"""The floor: the least that a workflow does if it takes an order's messages and records each of them.

It knows no rule, no deadline and no story. What a case costs beyond it is the price of what a case does beyond it.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from temporalio import activity, workflow

QUEUE = "floor"
MESSAGES = ("paid", "consigned", "picked_up", "signed", "confirm")
RECORD_WITHIN = timedelta(seconds=10)


@dataclass
class Message:
    """A signal's or update's payload: the same event or action body that the API gets."""

    body: dict[str, Any]


@dataclass
class Step:
    """One row: the case's message of that number."""

    case_id: str
    number: int
    name: str


@activity.defn(name="record_step")
async def record_step(step: Step) -> None:
    """Inserts the row; `bench/floor_worker.py` carries it out."""
    raise NotImplementedError


@workflow.defn
class FloorCase:
    """Four signals and an update, each recorded by one local activity; then it ends."""

    def __init__(self) -> None:
        self.received: list[str] = []
        self.recorded = 0

    @workflow.run
    async def run(self, opened: Message) -> None:
        while self.recorded < len(MESSAGES):
            await workflow.wait_condition(lambda: len(self.received) > self.recorded)
            step = Step(workflow.info().workflow_id, self.recorded + 1, self.received[self.recorded])
            await workflow.execute_local_activity(record_step, step, start_to_close_timeout=RECORD_WITHIN)
            self.recorded += 1
        await workflow.wait_condition(workflow.all_handlers_finished)

    @workflow.signal
    def paid(self, message: Message) -> None:
        self.received.append("paid")

    @workflow.signal
    def consigned(self, message: Message) -> None:
        self.received.append("consigned")

    @workflow.signal
    def picked_up(self, message: Message) -> None:
        self.received.append("picked_up")

    @workflow.signal
    def signed(self, message: Message) -> None:
        self.received.append("signed")

    @workflow.update
    async def confirm(self, message: Message) -> int:
        self.received.append("confirm")
        number = len(self.received)
        await workflow.wait_condition(lambda: self.recorded >= number)
        return number


@workflow.defn
class BareTimer:
    """Waits for an instant and records that it came: the least that a deadline costs."""

    @workflow.run
    async def run(self, due: float) -> None:
        await workflow.sleep(max(due - workflow.now().timestamp(), 0.0))
        step = Step(workflow.info().workflow_id, 1, "elapsed")
        await workflow.execute_local_activity(record_step, step, start_to_close_timeout=RECORD_WITHIN)

    @workflow.query
    def waits(self) -> bool:
        """Answered once a worker has taken it up: its timer is armed then."""
        return True
