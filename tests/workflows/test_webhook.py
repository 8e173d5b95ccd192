"""The workflow of a webhook: what operators see of it, and that it goes on in a new run without a loss."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from temporalio.testing import WorkflowEnvironment

from domain.webhooks.standing import Attempt, TryOut
from tests.patience import PATIENCE
from tests.workflows.impatient import impatient_server
from tests.workflows.scripted_receiver import (
    ScriptedReceiver,
    details,
    given_up,
    missed,
    running_webhook,
    took,
    wake_until_new_run,
)
from workflows.visible import STAGE

pytestmark = pytest.mark.slow


@pytest.fixture
async def impatient() -> AsyncIterator[WorkflowEnvironment]:
    """A dev server that suggests continuing as new early."""
    async with impatient_server() as environment:
        yield environment


async def until(probe: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not await probe():  # noqa: ASYNC110 - what another process shows
            await asyncio.sleep(0.02)


async def test_operators_see_who_is_away(impatient: WorkflowEnvironment) -> None:
    """Since when, what it does not take, why, and what is next; then that it was given up, and that it is back."""
    receiver = ScriptedReceiver(deque([took(4710), missed(4711, 0.2), given_up(), missed(4711)]))
    async with running_webhook(impatient.client, receiver) as started:
        webhook = impatient.client.get_workflow_handle(started.id)

        async def stands(stage: str, words: str) -> bool:
            lines = await details(webhook)
            return bool(lines) and lines[0].startswith(f"**{stage}**") and words in "\n".join(lines)

        await webhook.signal("wake")
        await until(lambda: stands("active", "- next: what follows change 4710"))
        await webhook.signal("wake")
        await until(lambda: stands("failing", "waits to be resumed"))
        assert [one.insist for one in receiver.asked] == [False, False, True]
        assert [one.webhook_id for one in receiver.noted] == ["wh_1"]
        assert (await webhook.describe()).typed_search_attributes.get(STAGE) == "failing"
        await webhook.signal("look_again")
        await until(lambda: stands("away", "(China time) it does not take 4712-1 (caseline.order.stage): http_503"))
        lines = await details(webhook)
        assert lines[0] == "**away** · shop.example.com"
        assert lines[-1] == "- next: 4712-1 (caseline.order.stage)"
        assert (await webhook.describe()).typed_search_attributes.get(STAGE) == "away"
        assert [one.insist for one in receiver.asked][3:] == [False], "what somebody resumed begins anew"
        await webhook.signal("look_again")
        await until(lambda: stands("active", "- next: what follows change 5"))
        assert len(await details(webhook)) == 2
        await webhook.terminate()


async def test_it_goes_on_in_a_new_run(impatient: WorkflowEnvironment) -> None:
    """With what it knew of its receiver; each wake is followed by a delivery, the one between two runs too."""
    receiver = ScriptedReceiver()
    async with running_webhook(impatient.client, receiver) as webhook:
        await wake_until_new_run(impatient.client, webhook, receiver)
        receiver.answers.append(missed(100))
        current = impatient.client.get_workflow_handle(webhook.id)
        await current.signal("wake")

        async def away() -> bool:
            described = await current.describe()
            return described.typed_search_attributes.get(STAGE) == "away"

        await until(away)
        answer: Attempt = await current.execute_update(
            "try_out", TryOut(webhook_id="wh_1", event_id="test-1"), result_type=Attempt
        )
        assert answer.delivered
        await current.terminate()
