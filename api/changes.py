"""The feed: what changed in the shop's cases, version by version, in one order."""

from typing import Annotated

from fastapi import Query
from pydantic import BaseModel, Field

from api import documented
from api.dependencies import Caller, Here, allowed_for
from api.routing import Router
from domain.case.ids import CaseKind
from domain.roles import SHOP_STAFF, Actor, Role
from domain.text import LARGEST
from domain.times import Instant
from store.changes import Numbered, list_changes

router = Router(prefix="/v1/changes", tags=["changes"], responses=documented.PROBLEMS)

FOLLOWERS = (*SHOP_STAFF, Role.ERP, Role.PLATFORM, Role.OPS)
Follower = Annotated[Actor, allowed_for(FOLLOWERS, "Following what changes")]


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
