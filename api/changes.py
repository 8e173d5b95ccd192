"""The feed: what changed in the shop's cases, version by version, in one order; page by page, or as it comes."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Annotated

import structlog
from fastapi import Header, Query
from pydantic import BaseModel, Field
from sse_starlette import EventSourceResponse, ServerSentEvent
from sse_starlette.sse import SendTimeoutError
from starlette.types import Receive, Scope, Send

from api import documented
from api.dependencies import Caller, Here, allowed_for
from api.routing import Router
from domain.case.ids import CaseKind
from domain.roles import SHOP_STAFF, Actor, Role
from domain.text import LARGEST
from domain.times import Instant
from services.following import Following
from store.changes import Numbered, list_changes
from store.database import DatabaseAway

log = structlog.get_logger(__name__)

router = Router(prefix="/v1/changes", tags=["changes"], responses=documented.PROBLEMS)

FOLLOWERS = (*SHOP_STAFF, Role.ERP, Role.PLATFORM, Role.OPS)
Follower = Annotated[Actor, allowed_for(FOLLOWERS, "Following what changes")]

COMMENT_EVERY = 15
"""Seconds between comments, by which both sides know that the other is there."""
CUT_OFF_AFTER = 20.0
"""Seconds for a client to take something; a slower one is cut off, and comes again where it was."""
LASTS = 3600.0
"""Seconds after which a stream ends, and its client comes again: by then its token may be revoked."""


class ChangeShown(BaseModel):
    """One version of one case."""

    seq: int = Field(description="Counts the shop's changes; none is ever filled in later.", examples=[4711])
    at: Instant
    case_id: str = Field(examples=["order:demo:taobao:T1001"])
    order_id: str = Field(examples=["T1001"])
    platform: str = Field(examples=["taobao"])
    kind: CaseKind
    version: int = Field(examples=[3])
    stage: str = Field(examples=["awaiting_shipment"])
    what: list[str] = Field(description="The types of the lines on its timeline.", examples=[["payment.received"]])


class ChangesShown(BaseModel):
    """Changes in the order of `seq`; `next` is where to go on: the last one here, or the one asked after."""

    items: list[ChangeShown]
    next: int = Field(examples=[4711])


@router.get("")
async def list_changes_after(
    caller: Caller,
    follower: Follower,
    here: Here,
    after: Annotated[int, Query(ge=0, le=LARGEST, description="The last `seq` that is known already.")] = 0,
    limit: Annotated[int, Query(ge=1, le=200, description="At most so many items.")] = 50,
    kind: CaseKind | None = None,
    platform: str | None = None,
) -> ChangesShown:
    """What changed after a change: whoever goes on from `next` sees every version of every case, and each once."""
    found = await here.db.read(list_changes, caller.merchant, after, limit, kind, platform)
    return ChangesShown(items=[_shown(one) for one in found], next=found[-1].seq if found else after)


@router.get(
    "/stream",
    response_model=None,
    responses={
        200: {
            "description": "Server-sent events: `id` is `seq`, `data` a change as `GET /v1/changes` shows it",
            "content": {"text/event-stream": {"schema": {"type": "string"}}},
        }
    },
)
async def stream_changes(
    caller: Caller,
    follower: Follower,
    here: Here,
    after: Annotated[int | None, Query(ge=0, le=LARGEST, description="The last `seq` that is known already.")] = None,
    last_event_id: Annotated[
        int | None, Header(alias="Last-Event-ID", ge=0, le=LARGEST, description="The same, as browsers send it.")
    ] = None,
) -> EventSourceResponse:
    """What changes, as it comes: behind the last known change, or from now on. A comment every 15 s.

    It ends after an hour, or where a client takes too long; the client goes on where it was, with any process.
    """
    known = after if last_event_id is None else last_event_id
    return _Stream(
        _events(here.following, caller.merchant, known),
        ping=COMMENT_EVERY,
        ping_message_factory=lambda: ServerSentEvent(comment="still there"),
        send_timeout=CUT_OFF_AFTER,
        sep="\n",
    )


class _Stream(EventSourceResponse):
    """A stream that ends where its client takes too long."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Streams until one side has had enough."""
        try:
            await super().__call__(scope, receive, send)
        except SendTimeoutError:
            log.info("slow_client_cut_off")


async def _events(following: Following, merchant: str, after: int | None) -> AsyncIterator[ServerSentEvent]:
    until = asyncio.get_running_loop().time() + LASTS
    async with aclosing(following.follow(merchant, after)) as pages:
        try:
            async for found in pages:
                if asyncio.get_running_loop().time() > until:
                    return
                for one in found:
                    yield ServerSentEvent(_shown(one).model_dump_json(), id=str(one.seq))
        except DatabaseAway:
            return


def _shown(one: Numbered) -> ChangeShown:
    change = one.change
    return ChangeShown(
        seq=one.seq,
        at=change.at,
        case_id=change.case_id,
        order_id=change.order_id,
        platform=change.platform,
        kind=change.kind,
        version=change.version,
        stage=change.stage,
        what=list(change.what),
    )
