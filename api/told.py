"""What receivers of webhooks are sent, for the OpenAPI document (`webhooks`); nothing here is served."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Body, Header
from pydantic import BaseModel, Field

from api import documented
from domain.case.ids import CaseKind
from domain.times import Instant
from domain.webhooks.event import MEDIA_TYPE, TEST_TYPE

SPECVERSION = Literal["1.0"]
CONTENT_TYPE = Literal["application/json"]

WebhookEventId = Annotated[
    str,
    Header(alias="webhook-id", description="The event's `id`, the same however often it is sent.", examples=["4711-2"]),
]
Timestamp = Annotated[
    str,
    Header(
        alias="webhook-timestamp", description="When it was signed, in seconds since 1970.", examples=["1794369600"]
    ),
]
Signature = Annotated[
    str,
    Header(
        alias="webhook-signature",
        description="By Standard Webhooks, one for each secret that is valid now.",
        examples=["v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4="],
    ),
]


class ChangeEventData(BaseModel):
    """The version of a case, and what the line of its timeline holds: no personal data, no free text."""

    case_id: str = Field(examples=["order:demo:taobao:T1001"])
    order_id: str = Field(examples=["T1001"])
    kind: CaseKind
    stage: str = Field(examples=["awaiting_shipment"])
    version: int = Field(examples=[3])
    seq: int = Field(description="The change's number, as in `GET /v1/changes`.", examples=[4711])
    at: Instant
    data: dict[str, Any] = Field(examples=[{"stage": "awaiting_shipment"}])


class ChangeEvent(BaseModel):
    """A CloudEvent in structured mode: one line of a case's timeline."""

    specversion: SPECVERSION
    id: str = Field(description="The change's `seq`, and which of its lines.", examples=["4711-2"])
    source: str = Field(examples=["/merchants/demo"])
    type: str = Field(description="`caseline.` and the line's type.", examples=["caseline.order.stage"])
    time: Instant
    datacontenttype: CONTENT_TYPE
    subject: str = Field(description="The case.", examples=["order:demo:taobao:T1001"])
    data: ChangeEventData


class NoData(BaseModel):
    """Nothing."""


class TrialEvent(BaseModel):
    """A CloudEvent that tells nothing but that it arrives."""

    specversion: SPECVERSION
    id: str = Field(examples=["test-5f1c"])
    source: str = Field(examples=["/merchants/demo"])
    type: Literal["caseline.webhook.test"] = Field(examples=[TEST_TYPE])
    time: Instant
    datacontenttype: CONTENT_TYPE
    data: NoData


router = APIRouter(
    tags=["webhooks"],
    responses={
        410: {"description": "Nothing more is wanted: the webhook has ended"},
        "4XX": {"description": "Not taken: sent again, after `Retry-After` or growing pauses, for three days"},
        "5XX": {"description": "Not taken: sent again, after `Retry-After` or growing pauses, for three days"},
    },
)


@router.post(
    "change",
    status_code=204,
    response_description="Taken; so is any 2xx within 15 s",
    operation_id="receive_change",
    openapi_extra=documented.WITHOUT_TOKEN,
)
async def receive_change(
    event: Annotated[ChangeEvent, Body(media_type=MEDIA_TYPE)],
    webhook_id: WebhookEventId,
    webhook_timestamp: Timestamp,
    webhook_signature: Signature,
) -> None:
    """Something changed, in the order of the feed and at least once; answer 2xx to an `id` that is known already."""


@router.post(
    "test",
    status_code=204,
    response_description="Taken",
    operation_id="receive_test",
    openapi_extra=documented.WITHOUT_TOKEN,
)
async def receive_test(
    event: Annotated[TrialEvent, Body(media_type=MEDIA_TYPE)],
    webhook_id: WebhookEventId,
    webhook_timestamp: Timestamp,
    webhook_signature: Signature,
) -> None:
    """What `POST /v1/webhooks/{webhook_id}/test` sends, once."""
