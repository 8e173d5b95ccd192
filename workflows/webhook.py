"""Webhook: one receiver of a shop's changes, for as long as there is a webhook.

It keeps nothing of what is to be delivered: where it has got to stands in the store. It waits to be woken, has what
waits delivered, and is itself the place where operators see which receiver is away and what it is to get next.
"""

from datetime import timedelta

from temporalio import workflow
from temporalio.exceptions import ActivityError, ApplicationError

from domain.case.queues import WEBHOOKS
from domain.times import china_clock
from domain.webhooks.standing import NOT_TAKEN, Attempt, Deliver, Delivered, GiveUp, Standing, StartWebhook, TryOut
from workflows import calls, options
from workflows.visible import STAGE

OVER = (Standing.ENDED, Standing.REMOVED)
AWAY = "away"
"""What operators search for: active, and its receiver does not take what it is sent."""


@workflow.defn(name="Webhook")
class WebhookWorkflow:
    """One webhook."""

    @workflow.init
    def __init__(self, start: StartWebhook) -> None:
        self.start = start
        self.standing = Standing.FAILING if start.failing_since else Standing.ACTIVE
        self.woken, self.again = start.woken, False
        self.under_way: workflow.ActivityHandle[Delivered] | None = None

    @workflow.run
    async def run(self, start: StartWebhook) -> Standing:
        """Delivers until the webhook is over; answers how it ended."""
        self._show()
        while True:
            await workflow.wait_condition(lambda: self.woken or workflow.info().is_continue_as_new_suggested())
            if self.woken:
                insist = self.start.missed is not None and not self.again
                self.woken = self.again = False
                await self._deliver(insist=insist)
            if self.standing in OVER or workflow.info().is_continue_as_new_suggested():
                await workflow.wait_condition(workflow.all_handlers_finished)
                break
        if self.standing not in OVER:
            workflow.continue_as_new(self.start.model_copy(update={"woken": self.woken}))
        return self.standing

    @workflow.signal(name="wake")
    def wake(self) -> None:
        """There are changes to deliver."""
        self.woken = True

    @workflow.signal(name="look_again")
    def look_again(self) -> None:
        """Somebody changed, resumed, moved or removed the webhook: what is being tried is begun anew."""
        self.woken = self.again = True
        if self.under_way:
            self.under_way.cancel()

    @workflow.update(name="try_out")
    async def try_out(self, request: TryOut) -> Attempt:
        """Sends an event that tells nothing, beside whatever is being delivered."""
        return await workflow.execute_activity(
            calls.try_webhook, request, task_queue=WEBHOOKS, summary="Test delivery", **options.RECEIVER_ONCE
        )

    async def _deliver(self, *, insist: bool) -> None:
        """One call, however often it is tried; what follows from how it ends."""
        self._show()
        self.under_way = workflow.start_activity(
            calls.deliver_changes,
            Deliver(webhook_id=self.start.webhook_id, insist=insist),
            task_queue=WEBHOOKS,
            summary=self._next(),
            cancellation_type=workflow.ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
            **(options.RECEIVER if insist else options.DELIVERY),
        )
        try:
            delivered = await self.under_way
        except ActivityError as error:
            await self._take_failure(error)
        else:
            await self._take(delivered)
        finally:
            self.under_way = None
        self._show()

    async def _take(self, delivered: Delivered) -> None:
        """Notes how far it got, and leaves a receiver alone that did not take something."""
        self.standing = delivered.standing
        self.woken = self.woken or delivered.more
        self.start = self.start.model_copy(
            update={"cursor": delivered.cursor, "receiver": delivered.receiver or self.start.receiver}
        )
        if self.standing is Standing.FAILING:
            return
        missed, since = delivered.missed, self.start.away_since
        still = missed and self.start.missed and missed.event_id == self.start.missed.event_id
        if not still or self.start.failing_since:
            since = workflow.now() if missed else None
        self.start = self.start.model_copy(update={"missed": missed, "away_since": since, "failing_since": None})
        if missed and self.standing is Standing.ACTIVE:
            self._show()
            await self._pause(missed.pause)

    async def _pause(self, seconds: float) -> None:
        """Waits until the receiver is to be asked again, or somebody wants that at once."""
        try:
            await workflow.wait_condition(
                lambda: self.again, timeout=timedelta(seconds=seconds), timeout_summary="tries it again"
            )
        except TimeoutError:
            return

    async def _take_failure(self, error: ActivityError) -> None:
        """Begins anew where somebody wants that, or it was not the receiver's fault; else the webhook is failing."""
        if self.again or not _not_taken(error):
            if workflow.cancellation_reason() is not None:
                raise error
            self.woken = True
            return
        now = workflow.now()
        self.standing, self.start = Standing.FAILING, self.start.model_copy(update={"failing_since": now})
        await workflow.execute_activity(
            calls.note_webhook_failing,
            GiveUp(webhook_id=self.start.webhook_id, at=now),
            task_queue=WEBHOOKS,
            summary="Note that it is failing",
            **options.STORE_SURELY,
        )

    def _show(self) -> None:
        """Says how it stands: as current details, and to whoever searches for a stage."""
        workflow.set_current_details("\n".join(self._details()))
        stage = self._stage()
        if workflow.info().typed_search_attributes.get(STAGE) != stage:
            workflow.upsert_search_attributes([STAGE.value_set(stage)])

    def _stage(self) -> str:
        return AWAY if self.standing is Standing.ACTIVE and self.start.missed else self.standing

    def _details(self) -> list[str]:
        lines = [f"**{self._stage()}**" + (f" · {self.start.receiver}" if self.start.receiver else "")]
        missed, since, failing = self.start.missed, self.start.away_since, self.start.failing_since
        if missed and since:
            lines.append(
                f"- since {china_clock(since)} (China time) it does not take {missed.event_id} "
                f"({missed.type}): {missed.error}"
            )
            if not failing:
                lines.append("- tried again for three days, at least once an hour unless it asks for longer pauses")
        if failing:
            lines.append(f"- given up at {china_clock(failing)} (China time); waits to be resumed")
        if self.standing not in OVER:
            lines.append(f"- next: {self._next()}")
        return lines

    def _next(self) -> str:
        if self.start.missed:
            return f"{self.start.missed.event_id} ({self.start.missed.type})"
        cursor = self.start.cursor
        return "what waits" if cursor is None else f"what follows change {cursor}"


def _not_taken(error: ActivityError) -> bool:
    """Whether the receiver took nothing until time was up; the last attempt says so, or what stands behind it."""
    cause = error.cause
    while cause is not None:
        if isinstance(cause, ApplicationError):
            return cause.type == NOT_TAKEN
        cause = cause.__cause__
    return False
