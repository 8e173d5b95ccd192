"""A webhook whose deliveries are scripted: its workflow alone, on a real server."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from temporalio import activity
from temporalio.api.sdk.v1 import WorkflowMetadata
from temporalio.client import Client, WorkflowHandle
from temporalio.exceptions import ApplicationError
from temporalio.worker import Worker

from domain.case.queues import CASES, WEBHOOKS
from domain.webhooks.standing import (
    NOT_TAKEN,
    Attempt,
    Deliver,
    Delivered,
    GiveUp,
    Missed,
    Standing,
    StartWebhook,
    TryOut,
)
from tests.patience import PATIENCE
from tests.workflows.impatient import SUGGESTED_AFTER
from worker import workflow_sandbox
from workflows.webhook import WebhookWorkflow

Answer = Delivered | ApplicationError


def took(cursor: int, *, more: bool = False) -> Delivered:
    """Everything up to a change arrived."""
    return Delivered(standing=Standing.ACTIVE, receiver="shop.example.com", cursor=cursor, more=more)


def missed(cursor: int, pause: float = 60) -> Delivered:
    """The first event after that change was not taken."""
    event = Missed(event_id=f"{cursor + 1}-1", type="caseline.order.stage", error="http_503", pause=pause)
    return took(cursor, more=True).model_copy(update={"missed": event})


def given_up() -> ApplicationError:
    """Nothing was taken until time was up."""
    return ApplicationError("shop.example.com did not take it", type=NOT_TAKEN, non_retryable=True)


@dataclass
class ScriptedReceiver:
    """Answers what is queued, then that everything arrived that was asked for; remembers what it was asked."""

    answers: deque[Answer] = field(default_factory=deque)
    asked: list[Deliver] = field(default_factory=list)
    noted: list[GiveUp] = field(default_factory=list)

    @activity.defn(name="deliver_changes")
    async def deliver_changes(self, request: Deliver) -> Delivered:
        """The next answer."""
        self.asked.append(request)
        answer = self.answers.popleft() if self.answers else took(len(self.asked))
        if isinstance(answer, ApplicationError):
            raise answer
        return answer

    @activity.defn(name="try_webhook")
    async def try_webhook(self, request: TryOut) -> Attempt:
        """It is there."""
        return Attempt(status=200)

    @activity.defn(name="note_webhook_failing")
    async def note_failing(self, request: GiveUp) -> None:
        """Keeps it."""
        self.noted.append(request)


@asynccontextmanager
async def running_webhook(
    client: Client, receiver: ScriptedReceiver
) -> AsyncIterator[WorkflowHandle[WebhookWorkflow, Standing]]:
    """The workflow of a webhook, with workers for it."""
    activities: list[Callable[..., Any]] = [receiver.deliver_changes, receiver.try_webhook, receiver.note_failing]
    async with (
        Worker(client, task_queue=CASES, workflows=[WebhookWorkflow], workflow_runner=workflow_sandbox()),
        Worker(client, task_queue=WEBHOOKS, activities=activities),
    ):
        yield await client.start_workflow(
            WebhookWorkflow.run,
            StartWebhook(webhook_id="wh_1", merchant="demo"),
            id="webhook:wh_1",
            task_queue=CASES,
        )


async def details(handle: WorkflowHandle[WebhookWorkflow, Standing]) -> list[str]:
    """What operators read in the Temporal UI."""
    shown: WorkflowMetadata = await handle.query("__temporal_workflow_metadata", result_type=WorkflowMetadata)
    return shown.current_details.splitlines()


async def wake_until_new_run(
    client: Client, webhook: WorkflowHandle[WebhookWorkflow, Standing], receiver: ScriptedReceiver
) -> None:
    """Wakes it, and each time waits for the delivery, until it has gone on in a new run; its receiver is away once."""
    receiver.answers.append(missed(0, 0.05))
    current = client.get_workflow_handle(webhook.id)
    async with asyncio.timeout(PATIENCE):
        for count in range(2, SUGGESTED_AFTER):
            await current.signal("wake")
            while len(receiver.asked) < count:  # noqa: ASYNC110 - filled by an activity
                await asyncio.sleep(0.02)
            if (await current.describe()).run_id != webhook.first_execution_run_id:
                return
    raise AssertionError("it never went on in a new run")
