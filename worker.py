"""Composition root of a worker process: the workflows, and the activities with what they depend on."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import httpx
from temporalio.client import Client
from temporalio.common import MetricMeter
from temporalio.worker import PollerBehaviorSimpleMaximum, UnsandboxedWorkflowRunner, Worker, WorkflowRunner
from temporalio.worker.workflow_sandbox import SandboxRestrictions

from activities.automation import Strategies
from activities.carrier import Carrier
from activities.cases import Cases
from activities.erp import Erp
from activities.incidents import Incidents
from activities.messaging import Messaging
from activities.partners.connections import partner_connections
from activities.payments import Payments
from activities.platforms import Platforms
from activities.records import Records
from activities.webhooks.beating import BEAT_EVERY
from activities.webhooks.delivering import Webhooks
from activities.webhooks.receiver import Receivers
from domain.case.queues import CASES, PARTNERS, WEBHOOKS
from runtime.clock import Clock
from runtime.settings import CACHED_CASES, Settings
from runtime.workflow_sandbox import QuickSandbox, leave_payloads_alone
from store.database import Database
from workflows.after_sale import AfterSaleCase
from workflows.complaint import Complaint
from workflows.hold import ShipHold
from workflows.intercept import ParcelIntercept
from workflows.message import PlatformMessage
from workflows.order import OrderCase
from workflows.pulling import PullSource
from workflows.webhook import WebhookWorkflow

CASE_WORKFLOWS = (OrderCase, AfterSaleCase, ShipHold, ParcelIntercept, Complaint, PlatformMessage)
"""One for every kind of case."""
WORKFLOWS = (*CASE_WORKFLOWS, WebhookWorkflow, PullSource)
"""All that a worker runs; recorded histories of each replay in the tests."""

PASSED_THROUGH = ("domain", "workflows", "pydantic", "pydantic_core", "annotated_types", "typing_inspection")
"""Modules that are the same in every workflow: they keep nothing, and are slow to load anew for each.

The sandbox does not look into them. What it would refuse in `domain` and `workflows`, `make check` refuses there.
"""
TASKS_AT_ONCE = 20
"""Workflow tasks in a worker's hand at the same time. More would not get on faster, for they share one core, but each
would take longer: with the SDK's 100 a running case waited for a burst of new ones. What waits, waits in Temporal."""
POLLS_AT_ONCE = PollerBehaviorSimpleMaximum(10)
POLLS_FOR_NEW = 0.5
"""How many poll for workflow tasks, and how much of them for cases that the worker does not keep: new ones, and those
that another kept. With the SDK's five, one of them for these, a paid order waited three times as long in a burst."""
CALLS_AT_ONCE = 8
"""Calls of the store by workflows at the same time: as many as it has threads that write to PostgreSQL. The time of
those that wait for their turn here does not count against them."""
DELIVERIES_AT_ONCE = 100
"""Webhooks that are delivered to at the same time."""
PLATFORM_ANSWERS_WITHIN = 10.0
"""Seconds that a platform may take to answer."""
FINISH_WITHIN = timedelta(seconds=5)
"""How long activities may go on once the worker is told to stop."""


def case_worker(client: Client, db: Database, *, sandboxed: bool = True, cached: int = CACHED_CASES) -> Worker:
    """A worker for every kind of case.

    Args:
        client: of Temporal.
        db: the read model.
        sandboxed: off saves CPU and loses the check that code replays.
        cached: how many cases it keeps in memory.
    """
    leave_payloads_alone()
    incidents = Incidents(worker_meter(client))
    records = Records(db, incidents)
    return Worker(
        client,
        task_queue=CASES,
        max_concurrent_workflow_tasks=TASKS_AT_ONCE,
        workflow_task_poller_behavior=POLLS_AT_ONCE,
        nonsticky_to_sticky_poll_ratio=POLLS_FOR_NEW,
        max_concurrent_local_activities=CALLS_AT_ONCE,
        workflows=WORKFLOWS,
        activities=[
            records.record_case,
            records.take_up,
            records.last_scan,
            records.end_reservation,
            records.take_stock,
            Cases(db, client).tell_case,
            records.stamp_memo,
            records.write_memo,
            records.see_to_messages,
            Strategies(db).decide,
        ],
        interceptors=[incidents],
        graceful_shutdown_timeout=FINISH_WITHIN,
        max_cached_workflows=cached,
        workflow_runner=workflow_sandbox() if sandboxed else UnsandboxedWorkflowRunner(),
    )


def worker_meter(client: Client) -> MetricMeter:
    """What the client's own metrics are counted by; nothing where it has none."""
    runtime = client.service_client.config.runtime
    return runtime.metric_meter if runtime else MetricMeter.noop


@asynccontextmanager
async def partner_worker(client: Client, db: Database, settings: Settings, clock: Clock) -> AsyncIterator[None]:
    """A worker for calls to partner systems, while it is entered; their clock is the test clock in the sandbox."""
    async with partner_connections(settings, clock) as partners:
        calls: list[Callable[..., Any]] = [
            Payments(partners.payment).pay_refund,
            Messaging(partners.messaging, db).send_message,
            Erp(partners.erp).lock_order,
            Carrier(partners.carrier).ask_carrier,
        ]
        async with httpx.AsyncClient(timeout=PLATFORM_ANSWERS_WITHIN, follow_redirects=False) as http:
            platforms = Platforms(db, clock, http, settings.platforms_url)
            calls += [platforms.ask_wanted, platforms.list_changed]
            async with Worker(client, task_queue=PARTNERS, activities=calls, graceful_shutdown_timeout=FINISH_WITHIN):
                yield


@asynccontextmanager
async def webhook_worker(client: Client, db: Database, settings: Settings, clock: Clock) -> AsyncIterator[None]:
    """A worker for deliveries to receivers, while it is entered."""
    receivers = Receivers(private=settings.webhooks_private)
    webhooks = Webhooks(db, clock, receivers)
    calls: list[Callable[..., Any]] = [webhooks.deliver_changes, webhooks.try_webhook, webhooks.note_failing]
    try:
        async with Worker(
            client,
            task_queue=WEBHOOKS,
            activities=calls,
            max_concurrent_activities=DELIVERIES_AT_ONCE,
            max_heartbeat_throttle_interval=BEAT_EVERY,
            default_heartbeat_throttle_interval=BEAT_EVERY,
            graceful_shutdown_timeout=FINISH_WITHIN,
        ):
            yield
    finally:
        await receivers.close()


def workflow_sandbox() -> WorkflowRunner:
    """The SDK's sandbox, with our pure modules passed through."""
    return QuickSandbox(restrictions=SandboxRestrictions.default.with_passthrough_modules(*PASSED_THROUGH))
