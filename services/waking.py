"""Waking webhooks: their workflows wait without a timer, and are told when their shop's feed goes on.

A look behind it makes it sure: a webhook that rests though there is more for it is woken, by whichever process looks
first; twice does no harm. A workflow that is not there is started: all that it needs stands in the store.
"""

import asyncio
from collections.abc import Sequence
from typing import Any

import structlog
from temporalio.client import Client, WithStartWorkflowOperation
from temporalio.common import (
    SearchAttributePair,
    TypedSearchAttributes,
    WorkflowIDConflictPolicy,
    WorkflowIDReusePolicy,
)
from temporalio.service import RPCError

from domain.case.queues import CASES
from domain.times import Instant
from domain.webhooks.standing import StartWebhook
from runtime.clock import Clock
from store import webhooks
from store.database import Database, DatabaseAway, Transaction
from store.webhooks import Webhook
from workflows.priorities import running_case
from workflows.visible import MERCHANT

LOOK_EVERY = 0.25
"""Seconds between looks."""
NONE_EVERY = 1.0
"""Seconds between looks while there is no webhook."""
AT_ONCE = 50
TRY_AGAIN_AFTER = 1.0
"""Seconds of rest after Temporal or the database did not answer."""

log = structlog.get_logger(__name__)


async def wake_for_ever(db: Database, temporal: Client, clock: Clock) -> None:
    """Wakes until cancelled; nothing that goes wrong ends it."""
    rest = LOOK_EVERY
    while True:
        await asyncio.sleep(rest)
        try:
            rest = NONE_EVERY if await wake(db, temporal, clock) is None else LOOK_EVERY
        except (RPCError, DatabaseAway) as away:
            log.warning("waking_waits", error=str(away))
            await asyncio.sleep(TRY_AGAIN_AFTER)
        except Exception:
            log.exception("waking_failed")
            await asyncio.sleep(TRY_AGAIN_AFTER)


async def wake(db: Database, temporal: Client, clock: Clock) -> Sequence[Webhook] | None:
    """Wakes the webhooks that rest though there is more for them; answers which, and None where there is no webhook.

    Raises:
        RPCError: Temporal is away; who was not told is found by the next look.
    """
    found = await db.read(_to_wake, await clock.now())
    if found:
        await asyncio.gather(*(tell_webhook(temporal, webhook, "wake") for webhook in found))
        await db.write(webhooks.note_woken, found, await clock.now())
    return found


def _to_wake(tx: Transaction, now: Instant) -> Sequence[Webhook] | None:
    return webhooks.to_wake(tx, now, AT_ONCE) if webhooks.has_any(tx) else None


async def tell_webhook(temporal: Client, webhook: Webhook, signal: str) -> None:
    """Signals a webhook's workflow, which is started if it is not there. Raises RPCError."""
    await temporal.start_workflow("Webhook", _start(webhook), **_options(webhook), start_signal=signal)


def start_to_try(webhook: Webhook) -> WithStartWorkflowOperation[Any, Any]:
    """How a webhook's workflow is started for a test delivery, unless it runs."""
    return WithStartWorkflowOperation("Webhook", _start(webhook), **_options(webhook))


def _start(webhook: Webhook) -> StartWebhook:
    return StartWebhook(webhook_id=webhook.webhook_id, merchant=webhook.merchant)


def _options(webhook: Webhook) -> dict[str, Any]:
    return {
        "id": f"webhook:{webhook.webhook_id}",
        "task_queue": CASES,
        "id_conflict_policy": WorkflowIDConflictPolicy.USE_EXISTING,
        "id_reuse_policy": WorkflowIDReusePolicy.ALLOW_DUPLICATE,
        "search_attributes": TypedSearchAttributes([SearchAttributePair(MERCHANT, webhook.merchant)]),
        "static_summary": f"Webhook of {webhook.merchant}",
        "priority": running_case(webhook.merchant),
    }
