"""Holds released in bulk, so that what nobody asked a refund for is shipped in time (S0-30)."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from api import documented
from api.dependencies import Caller, Here, Key, allowed_for
from api.routing import Router
from domain.errors import Refusal
from domain.roles import Actor
from services import holds
from services.holds import ReleaseStatus

router = Router(prefix="/v1/holds", tags=["holds"], responses=documented.PROBLEMS)

MOST = 200
Releaser = Annotated[Actor, allowed_for(holds.RELEASE.roles, "Releasing holds")]
HoldId = Annotated[str, StringConstraints(min_length=1, max_length=250)]


class ReleaseHolds(BaseModel):
    """The holds whose goods are to be shipped after all."""

    model_config = ConfigDict(extra="forbid")

    case_ids: Annotated[list[HoldId], Field(min_length=1, max_length=MOST, examples=[["hold:demo:taobao:T1001:1"]])]


class HoldReleased(BaseModel):
    """One hold's result; `reasons` says why not."""

    case_id: str = Field(examples=["hold:demo:taobao:T1001:1"])
    status: ReleaseStatus
    reasons: list[Refusal] = []


class HoldsReleased(BaseModel):
    """Each hold's result, in the order they were named; one that was named twice stands once."""

    results: list[HoldReleased]


@router.post("/release")
async def release_holds(
    request: ReleaseHolds, by: Releaser, caller: Caller, here: Here, key: Key = None
) -> HoldsReleased:
    """Releases holds; one that cannot be released keeps no other from it."""
    released = await holds.release_holds(here, caller, by, request.case_ids, key)
    return HoldsReleased(
        results=[HoldReleased(case_id=one.case_id, status=one.status, reasons=list(one.reasons)) for one in released]
    )
