"""Webhooks: whom the shop tells what changes, and what was delivered."""

from typing import Annotated

from fastapi import Depends, Path, Response
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from api import documented
from api.dependencies import Caller, Here, allowed_for
from api.paging import ListPage, shown
from api.routing import Router
from api.schemas import PageShown
from domain.roles import Actor, Role
from domain.text import LARGEST
from domain.times import Instant
from domain.webhooks.matching import TypePattern
from domain.webhooks.standing import Standing
from services import webhooks as service
from store import deliveries, webhooks
from store.deliveries import Delivery, DeliveryStatus
from store.webhooks import Webhook

router = Router(prefix="/v1/webhooks", tags=["webhooks"], responses=documented.PROBLEMS)

Owner = Annotated[Actor, allowed_for((Role.OWNER,), "Setting up webhooks")]
Watcher = Annotated[Actor, allowed_for((Role.OWNER, Role.OPS), "Looking at webhooks")]
WebhookId = Annotated[str, Path(description="The webhook's id.", examples=["wh_0c5a"])]
Types = Annotated[list[TypePattern], Field(min_length=1, max_length=100)]


class WebhookRequest(BaseModel):
    """Whom to tell, and what: types of timeline lines, families of them, or `*`."""

    model_config = ConfigDict(extra="forbid")

    url: Annotated[str, StringConstraints(max_length=2000)] = Field(examples=["https://shop.example.com/caseline"])
    types: Types = Field(
        description="`deadline.*` are all deadlines that passed, whatever their kind.",
        examples=[["order.stage", "deadline.*", "work_item.*"]],
    )
    description: Annotated[str, StringConstraints(max_length=200)] = Field("", examples=["our CRM"])


class RedeliverRequest(BaseModel):
    """From where on to deliver again."""

    model_config = ConfigDict(extra="forbid")

    after: int = Field(ge=0, le=LARGEST, description="What follows the change of this `seq`.", examples=[4711])


class WebhookShown(BaseModel):
    """A webhook, and how it stands."""

    webhook_id: str = Field(examples=["wh_0c5a"])
    url: str = Field(examples=["https://shop.example.com/caseline"])
    types: list[str] = Field(examples=[["order.stage", "deadline.*"]])
    description: str
    status: Standing = Field(description="`failing`: waits to be resumed. `ended`: the receiver answered 410.")
    status_since: Instant
    away_since: Instant | None = Field(description="Since when its receiver does not take what comes next.")
    cursor: int = Field(description="The `seq` of the last change that it has, or did not want.", examples=[4711])
    created_at: Instant
    rotated_at: Instant | None


class WebhookWithSecret(WebhookShown):
    """A webhook, and the secret that it signs with: shown this once."""

    secret: str = Field(examples=["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"])


class TestDelivery(BaseModel):
    """What came of a test delivery."""

    event_id: str = Field(examples=["test-5f1c"])
    delivered: bool
    http_status: int | None = Field(examples=[200])
    error: str | None = Field(examples=["timeout"])
    took_ms: int


class DeliveryShown(BaseModel):
    """An event and what came of its last attempt; one that failed is tried again."""

    event_id: str = Field(examples=["4711-1"])
    seq: int = Field(examples=[4711])
    type: str = Field(examples=["caseline.order.stage"])
    case_id: str = Field(examples=["order:demo:taobao:T1001"])
    status: DeliveryStatus
    attempts: int
    first_at: Instant
    last_at: Instant
    http_status: int | None = Field(examples=[200])
    error: str | None = Field(examples=["http_503"])
    took_ms: int


async def _webhook(webhook_id: WebhookId, caller: Caller, here: Here) -> Webhook:
    return await service.find_webhook(here, caller.merchant, webhook_id)


OwnWebhook = Annotated[Webhook, Depends(_webhook)]


@router.get("")
async def list_webhooks(caller: Caller, watcher: Watcher, here: Here, page: ListPage) -> PageShown[WebhookShown]:
    """The shop's webhooks, without their secrets. For: owner, ops."""
    return shown(await here.db.read(webhooks.list_webhooks, caller.merchant, page.limit, page.cursor), _shown)


@router.post("", status_code=201)
async def add_webhook(caller: Caller, owner: Owner, request: WebhookRequest, here: Here) -> WebhookWithSecret:
    """Tells a receiver what changes from now on; keep the secret, it is not shown again. For: owner."""
    added = await service.add_webhook(here, caller.merchant, request.url, request.types, request.description)
    return _with_secret(*added)


@router.get("/{webhook_id}")
async def get_webhook(webhook: OwnWebhook, watcher: Watcher) -> WebhookShown:
    """How a webhook stands. For: owner, ops."""
    return _shown(webhook)


@router.put("/{webhook_id}")
async def put_webhook(webhook: OwnWebhook, owner: Owner, request: WebhookRequest, here: Here) -> WebhookShown:
    """Sets whom to tell what; an event that is being tried goes to the new address at once. For: owner."""
    return _shown(await service.change_webhook(here, webhook, request.url, request.types, request.description))


@router.delete("/{webhook_id}", status_code=204)
async def remove_webhook(webhook: OwnWebhook, owner: Owner, here: Here) -> Response:
    """Ends a webhook, and forgets what was delivered. For: owner."""
    await service.remove_webhook(here, webhook)
    return Response(status_code=204)


@router.post("/{webhook_id}/rotate")
async def rotate_webhook(webhook: OwnWebhook, owner: Owner, here: Here) -> WebhookWithSecret:
    """Goes over to a new secret; the one before signs too for a day. For: owner."""
    return _with_secret(*await service.rotate_secret(here, webhook))


@router.post("/{webhook_id}/test")
async def test_webhook(webhook: OwnWebhook, owner: Owner, here: Here) -> TestDelivery:
    """Sends `caseline.webhook.test` once, beside whatever waits, and says what came of it. For: owner."""
    event_id, attempt = await service.try_webhook(here, webhook)
    return TestDelivery(
        event_id=event_id,
        delivered=attempt.delivered,
        http_status=attempt.status,
        error=attempt.error,
        took_ms=attempt.took_ms,
    )


@router.post("/{webhook_id}/resume")
async def resume_webhook(webhook: OwnWebhook, owner: Owner, here: Here) -> WebhookShown:
    """Goes on where a failing webhook stopped, without a loss. For: owner."""
    return _shown(await service.resume_webhook(here, webhook))


@router.post("/{webhook_id}/redeliver")
async def redeliver_changes(webhook: OwnWebhook, owner: Owner, request: RedeliverRequest, here: Here) -> WebhookShown:
    """Delivers again, under the same ids and in order, what follows a change; then goes on. For: owner."""
    return _shown(await service.redeliver(here, webhook, request.after))


@router.get("/{webhook_id}/deliveries")
async def list_deliveries(
    webhook: OwnWebhook, watcher: Watcher, here: Here, page: ListPage, status: DeliveryStatus | None = None
) -> PageShown[DeliveryShown]:
    """What was delivered, and what is being tried, the newest change first; kept for 30 days. For: owner, ops."""
    found = await here.db.read(deliveries.list_deliveries, webhook.webhook_id, status, page.limit, page.cursor)
    return shown(found, _delivery_shown)


def _shown(webhook: Webhook) -> WebhookShown:
    return WebhookShown(
        webhook_id=webhook.webhook_id,
        url=webhook.url,
        types=list(webhook.types),
        description=webhook.description,
        status=webhook.standing,
        status_since=webhook.standing_since,
        away_since=webhook.away_since,
        cursor=webhook.place.cursor,
        created_at=webhook.created_at,
        rotated_at=webhook.rotated_at,
    )


def _with_secret(webhook: Webhook, secret: str) -> WebhookWithSecret:
    return WebhookWithSecret(**dict(_shown(webhook)), secret=secret)


def _delivery_shown(delivery: Delivery) -> DeliveryShown:
    return DeliveryShown(
        event_id=delivery.event_id,
        seq=delivery.seq,
        type=delivery.type,
        case_id=delivery.case_id,
        status=delivery.status,
        attempts=delivery.attempts,
        first_at=delivery.first_at,
        last_at=delivery.last_at,
        http_status=delivery.http_status,
        error=delivery.error,
        took_ms=delivery.took_ms,
    )
