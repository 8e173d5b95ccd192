"""Webhooks as a shop's owner sets them up: the row first, then its workflow is told to look again."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from uuid import uuid4

import structlog
from temporalio.client import WorkflowUpdateFailedError, WorkflowUpdateRPCTimeoutOrCancelledError
from temporalio.service import RPCError

from domain.errors import Refusal
from domain.invalid import InvalidValue
from domain.webhooks.addresses import host_and_port
from domain.webhooks.standing import Attempt, Standing, TryOut
from runtime.addresses import NoSuchHost, NotPublic, look_up
from services.context import Context
from services.errors import NotFound, Unavailable, invalid_field, refused
from services.sources import FORMER_FOR, new_secret
from services.waking import start_to_try, tell_webhook
from store import webhooks
from store.webhooks import Place, Webhook

TRY_WITHIN = 20.0
"""Seconds for a test delivery to come to its end; a receiver has fifteen of them."""

log = structlog.get_logger(__name__)


async def add_webhook(
    here: Context, merchant: str, url: str, types: Sequence[str], description: str
) -> tuple[Webhook, str]:
    """Sets up a webhook for what changes from now on; answers it and its secret. Raises Invalid."""
    await _check_url(here, url)
    now, secret = await here.clock.now(), new_secret()
    webhook = Webhook(
        webhook_id=f"wh_{uuid4().hex}",
        merchant=merchant,
        url=url,
        types=tuple(types),
        description=description,
        created_at=now,
        rotated_at=None,
        standing=Standing.ACTIVE,
        standing_since=now,
        place=Place(0),
    )
    return await here.db.write(webhooks.add, webhook, secret), secret


async def find_webhook(here: Context, merchant: str, webhook_id: str) -> Webhook:
    """A webhook of the shop. Raises NotFound."""
    found = await here.db.read(webhooks.find, merchant, webhook_id)
    if found is None:
        raise NotFound(f"There is no webhook {webhook_id}.")
    return found


async def change_webhook(here: Context, webhook: Webhook, url: str, types: Sequence[str], description: str) -> Webhook:
    """Sets where it stands and what it is told; what is being tried is begun anew. Raises Invalid."""
    await _check_url(here, url)
    await here.db.write(webhooks.change, webhook.webhook_id, url, types, description)
    await _look_again(here, webhook)
    return replace(webhook, url=url, types=tuple(types), description=description)


async def rotate_secret(here: Context, webhook: Webhook) -> tuple[Webhook, str]:
    """A new secret; the one before signs too for a day."""
    now, secret = await here.clock.now(), new_secret()
    await here.db.write(webhooks.rotate, webhook.webhook_id, secret, now, now + FORMER_FOR)
    return replace(webhook, rotated_at=now), secret


async def remove_webhook(here: Context, webhook: Webhook) -> None:
    """Ends a webhook; nothing more is sent."""
    await here.db.write(webhooks.remove, webhook.webhook_id)
    await _look_again(here, webhook)


async def resume_webhook(here: Context, webhook: Webhook) -> Webhook:
    """Goes on where a failing webhook stopped. Raises Refused where it is not failing."""
    now = await here.clock.now()
    if not await here.db.write(webhooks.stand, webhook.webhook_id, Standing.FAILING, Standing.ACTIVE, now):
        raise refused([Refusal(code="not_failing", message="Only a webhook that is failing can be resumed.")])
    await _look_again(here, webhook)
    return replace(webhook, standing=Standing.ACTIVE, standing_since=now)


async def redeliver(here: Context, webhook: Webhook, after: int) -> Webhook:
    """Delivers again, in order, what follows a change, and then goes on. Raises Refused where that is still to come."""
    _refuse_ended(webhook)
    if not await here.db.write(webhooks.go_back, webhook.webhook_id, after):
        raise refused([Refusal(code="not_delivered_yet", message=f"What follows change {after} is still to come.")])
    await _look_again(here, webhook)
    return replace(webhook, place=Place(after))


async def try_webhook(here: Context, webhook: Webhook) -> tuple[str, Attempt]:
    """Sends an event that tells nothing, once, whatever waits; answers its id, and what came of it.

    Raises:
        Refused: the webhook has ended.
        Unavailable: Temporal or every worker is away.
    """
    _refuse_ended(webhook)
    request = TryOut(webhook_id=webhook.webhook_id, event_id=f"test-{uuid4().hex}")
    try:
        async with asyncio.timeout(TRY_WITHIN):
            attempt: Attempt = await here.temporal.execute_update_with_start_workflow(
                "try_out",
                request,
                id=request.event_id,
                result_type=Attempt,
                start_workflow_operation=start_to_try(webhook),
            )
    except (TimeoutError, RPCError, WorkflowUpdateFailedError, WorkflowUpdateRPCTimeoutOrCancelledError) as away:
        raise Unavailable("Temporal or every worker is away; nothing was sent, or nobody knows. Try again.") from away
    return request.event_id, attempt


async def _look_again(here: Context, webhook: Webhook) -> None:
    """Breaks the pause between attempts. If Temporal is away, the next attempt sees what the row says."""
    try:
        await tell_webhook(here.temporal, webhook, "look_again")
    except RPCError as away:
        log.warning("webhook_not_told", webhook_id=webhook.webhook_id, error=str(away))


def _refuse_ended(webhook: Webhook) -> None:
    if webhook.standing is Standing.ENDED:
        raise refused([Refusal(code="webhook_ended", message="Its receiver answered 410: nothing more is sent to it.")])


async def _check_url(here: Context, url: str) -> None:
    """A URL that can be called now or some day; one whose name nobody knows yet is looked up again at each call."""
    try:
        host, port = host_and_port(url)
        await look_up(host, port, private=here.settings.webhooks_private)
    except NotPublic:
        raise invalid_field("url", "stands at an address that is not public", "不是公网地址") from None
    except NoSuchHost:
        return
    except InvalidValue as bad:
        raise invalid_field("url", str(bad), bad.zh) from None
