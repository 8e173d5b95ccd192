"""Delivering a shop's changes to one webhook, in the order of the feed."""

import asyncio
from dataclasses import replace
from urllib.parse import urlsplit

from temporalio import activity
from temporalio.exceptions import ApplicationError

from activities.webhooks.receiver import Receivers
from domain.webhooks.event import WebhookEvent, trial_event
from domain.webhooks.standing import GONE, NOT_TAKEN, Attempt, Deliver, Delivered, GiveUp, Standing, TryOut
from runtime.clock import Clock
from store import deliveries, webhooks
from store.database import Database
from store.deliveries import Batch
from store.webhooks import Webhook

CHANGES = 50
"""Changes that are read together."""
GOES_ON_FOR = 10.0
"""Seconds after which a call begins no further event, so that it ends well before its time is up."""


class Webhooks:
    """Activities on receivers."""

    def __init__(self, db: Database, clock: Clock, receivers: Receivers) -> None:
        self.db, self.clock, self.receivers = db, clock, receivers

    @activity.defn(name="deliver_changes")
    async def deliver_changes(self, request: Deliver) -> Delivered:
        """Delivers what waits, one event after another; fails where not even the first is taken, to be tried again.

        One that is not taken behind others ends the call: the next begins with it, so that the pauses between
        attempts are those of one event.
        """
        call = _Call(self, asyncio.get_running_loop().time() + GOES_ON_FOR)
        while True:
            webhook = await self.db.read(webhooks.get, request.webhook_id)
            if webhook is None:
                return Delivered(standing=Standing.REMOVED)
            if webhook.standing is not Standing.ACTIVE or call.over():
                return _how(webhook, more=webhook.standing is Standing.ACTIVE)
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
        return await self.send(webhook, trial_event(request.event_id, webhook.merchant, now))

    @activity.defn(name="note_webhook_failing")
    async def note_failing(self, request: GiveUp) -> None:
        """Notes that a webhook waits for somebody to resume it."""
        await self.db.write(webhooks.stand, request.webhook_id, Standing.ACTIVE, Standing.FAILING, request.at)

    async def send(self, webhook: Webhook, event: WebhookEvent) -> Attempt:
        """Sends an event once, signed by the secrets of the moment."""
        secrets = await self.db.read(webhooks.secrets, webhook.webhook_id, await self.clock.now())
        return await self.receivers.post(webhook.url, secrets, event)


class _Call:
    """One call of `deliver_changes`: how long it may go on, and whether it has delivered anything."""

    def __init__(self, parts: Webhooks, until: float) -> None:
        self.parts, self.db, self.until = parts, parts.db, until
        self.got = self.stopped = False

    def over(self) -> bool:
        """Whether it is time to answer."""
        return self.stopped or asyncio.get_running_loop().time() > self.until

    async def deliver(self, webhook: Webhook, batch: Batch) -> None:
        """Delivers a batch until an event is not taken, time is up or somebody moves the webhook.

        Raises:
            ApplicationError: the first event of the call was not taken.
        """
        at = webhook
        for due in batch.due:
            if self.over():
                return
            attempt, now = await self.parts.send(at, due.event), await self.parts.clock.now()
            if not attempt.delivered:
                await self._stop(at, due.event, attempt)
                return
            if not await self.db.write(deliveries.note_delivered, at, due, attempt, now):
                return
            at, self.got = replace(at, place=due.then), True
        if batch.end is not None and at.place != batch.end:
            await self.db.write(webhooks.move, at.webhook_id, at.place, batch.end)

    async def _stop(self, webhook: Webhook, event: WebhookEvent, attempt: Attempt) -> None:
        """Notes what was not taken. Raises ApplicationError where nothing was before it."""
        now, self.stopped = await self.parts.clock.now(), True
        await self.db.write(deliveries.note_failed, webhook, event, attempt, now)
        if attempt.status == GONE:
            await self.db.write(webhooks.stand, webhook.webhook_id, Standing.ACTIVE, Standing.ENDED, now)
        elif not self.got:
            told = f"{_receiver(webhook)} did not take {event.event_id} ({event.type}): {attempt.error}"
            raise ApplicationError(told, attempt, type=NOT_TAKEN)


def _how(webhook: Webhook, *, more: bool = False) -> Delivered:
    receiver, cursor = _receiver(webhook), webhook.place.cursor
    return Delivered(standing=webhook.standing, receiver=receiver, cursor=cursor, more=more)


def _receiver(webhook: Webhook) -> str:
    """Its host alone: paths and queries may hold secrets."""
    return urlsplit(webhook.url).netloc
