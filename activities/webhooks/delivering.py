"""Delivering a shop's changes to one webhook, in the order of the feed."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from temporalio import activity
from temporalio.exceptions import ApplicationError

from activities.webhooks.beating import beating
from activities.webhooks.receiver import Receivers
from domain.webhooks.event import WebhookEvent, trial_event
from domain.webhooks.pauses import first_pause, longer_pause
from domain.webhooks.standing import GONE, NOT_TAKEN, Attempt, Deliver, Delivered, GiveUp, Missed, Standing, TryOut
from runtime.clock import Clock
from store import deliveries, webhooks
from store.database import Database, DatabaseAway
from store.deliveries import Batch
from store.webhooks import Webhook

CHANGES = 50
"""Changes that are read together."""
GOES_ON_FOR = 10.0
"""Seconds after which a call begins no further event, so that it ends well before its time is up."""
DATABASE_AGAIN_AFTER = timedelta(seconds=2)
"""The database is looked for so often while it is away: it is no receiver, whose pauses grow."""


class Webhooks:
    """Activities on receivers."""

    def __init__(self, db: Database, clock: Clock, receivers: Receivers) -> None:
        self.db, self.clock, self.receivers = db, clock, receivers

    @activity.defn(name="deliver_changes")
    async def deliver_changes(self, request: Deliver) -> Delivered:
        """Delivers what waits, one event after another, until nothing does or one is not taken.

        That is answered, for the workflow to show and to ask again, insisting: then the call fails where its first
        event is not taken, and Temporal tries it again. So the pauses between attempts are those of one event.
        """
        call = _Call(self, request, asyncio.get_running_loop().time() + GOES_ON_FOR)
        try:
            async with beating():
                return await self._deliver(request, call)
        except DatabaseAway as away:
            raise ApplicationError(str(away), next_retry_delay=DATABASE_AGAIN_AFTER) from away

    async def _deliver(self, request: Deliver, call: "_Call") -> Delivered:
        while True:
            webhook = await self.db.read(webhooks.get, request.webhook_id)
            if webhook is None:
                return Delivered(standing=Standing.REMOVED)
            if webhook.standing is not Standing.ACTIVE or call.over():
                return _how(webhook, call.missed, more=webhook.standing is Standing.ACTIVE)
            batch = await self.db.read(deliveries.next_batch, webhook, CHANGES)
            if batch.end is not None:
                await call.deliver(webhook, batch)
            elif await self.db.write(webhooks.rest, webhook.webhook_id, webhook.merchant, webhook.place):
                await self.db.write(deliveries.forget_old, await self.clock.now())
                return _how(webhook)

    @activity.defn(name="try_webhook")
    async def try_webhook(self, request: TryOut) -> Attempt:
        """Sends an event that tells nothing, once."""
        now = await self.clock.now()
        webhook = await self.db.read(webhooks.get, request.webhook_id)
        if webhook is None:
            return Attempt(error="removed")
        secrets = await self.db.read(webhooks.secrets, webhook.webhook_id, now)
        return await self.receivers.post(webhook.url, secrets, trial_event(request.event_id, webhook.merchant, now))

    @activity.defn(name="note_webhook_failing")
    async def note_failing(self, request: GiveUp) -> None:
        """Notes that a webhook waits for somebody to resume it."""
        await self.db.write(webhooks.stand, request.webhook_id, Standing.ACTIVE, Standing.FAILING, request.at)


class _Call:
    """One call of `deliver_changes`: how long it may go on, and whether it has delivered anything."""

    def __init__(self, parts: Webhooks, request: Deliver, until: float) -> None:
        self.parts, self.db, self.until = parts, parts.db, until
        self.insists = request.insist
        self.missed: Missed | None = None

    def over(self) -> bool:
        """Whether it is time to answer."""
        return self.missed is not None or asyncio.get_running_loop().time() > self.until

    async def deliver(self, webhook: Webhook, batch: Batch) -> None:
        """Delivers a batch until an event is not taken, time is up or somebody moves the webhook.

        Raises:
            ApplicationError: the first event of a call that insists was not taken.
        """
        at = webhook
        secrets = await self.db.read(webhooks.secrets, webhook.webhook_id, await self.parts.clock.now())
        for due in batch.due:
            if self.over():
                return
            attempt = await self.parts.receivers.post(at.url, secrets, due.event)
            now = await self.parts.clock.now()
            if not attempt.delivered:
                await self._stop(at, due.event, attempt)
                return
            if not await self.db.write(deliveries.note_delivered, at, due, attempt, now):
                return
            at, self.insists = replace(at, place=due.then), False
        if batch.end is not None and at.place != batch.end:
            await self.db.write(webhooks.move, at.webhook_id, at.place, batch.end)

    async def _stop(self, webhook: Webhook, event: WebhookEvent, attempt: Attempt) -> None:
        """Notes what was not taken. Raises ApplicationError where the call insists on it."""
        now, error = await self.parts.clock.now(), attempt.error or ""
        pause = first_pause(attempt.retry_after).total_seconds()
        self.missed = Missed(event_id=event.event_id, type=event.type, error=error, pause=pause)
        await self.db.write(deliveries.note_failed, webhook, event, attempt, now)
        if attempt.status == GONE:
            await self.db.write(webhooks.stand, webhook.webhook_id, Standing.ACTIVE, Standing.ENDED, now)
        elif self.insists:
            told = f"{_receiver(webhook)} did not take {event.event_id} ({event.type}): {error}"
            raise ApplicationError(told, attempt, type=NOT_TAKEN, next_retry_delay=_asked_pause(attempt, now))


def _asked_pause(attempt: Attempt, now: datetime) -> timedelta | None:
    """The pause that the receiver asked for, where it is longer than Temporal's own, and ends before all is over."""
    info = activity.info()
    given = info.schedule_to_close_timeout or timedelta.max
    return longer_pause(attempt.retry_after, info.attempt, given - (now - info.scheduled_time))


def _how(webhook: Webhook, missed: Missed | None = None, *, more: bool = False) -> Delivered:
    receiver, cursor = _receiver(webhook), webhook.place.cursor
    return Delivered(standing=webhook.standing, receiver=receiver, cursor=cursor, missed=missed, more=more)


def _receiver(webhook: Webhook) -> str:
    """Its host alone: paths and queries may hold secrets."""
    return urlsplit(webhook.url).netloc
