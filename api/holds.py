"""Holds released in bulk, so that what nobody asked a refund for is shipped in time (S0-30)."""

import asyncio
from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from api import documented
from api.actions import Key, take_in_case
from api.auth import Caller, allowed_for
from api.context import Context, Here
from api.problems import Problem
from domain.case.ids import CaseKind
from domain.errors import Refusal
from domain.hold.life import SHIP_HOLD
from domain.roles import Actor
from store import cases
from store.tokens import Principal

router = APIRouter(prefix="/v1/holds", tags=["holds"], responses=documented.PROBLEMS)

MOST = 200
AT_ONCE = 8
"""So many releases are under way at a time, so that a whole shop's do not crowd out other requests."""

RELEASE = SHIP_HOLD.action("release")
Releaser = Annotated[Actor, allowed_for(RELEASE.roles, "Releasing holds")]
HoldId = Annotated[str, StringConstraints(min_length=1, max_length=250)]


class ReleaseStatus(StrEnum):
    """What became of one of the holds."""

    RELEASED = "released"
    REFUSED = "refused"
    NOT_FOUND = "not_found"


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
    asked: ReleaseHolds, by: Releaser, caller: Caller, here: Here, key: Key = None
) -> HoldsReleased:
    """Releases holds; one that cannot be released keeps no other from it."""
    room = asyncio.Semaphore(AT_ONCE)

    async def release(case_id: str) -> HoldReleased:
        async with room:
            return await _release(here, caller, by, case_id, f"{key}/{case_id}" if key else None)

    return HoldsReleased(results=await asyncio.gather(*map(release, dict.fromkeys(asked.case_ids))))


async def _release(here: Context, caller: Principal, by: Actor, case_id: str, key: str | None) -> HoldReleased:
    case = await cases.get_case(here.db, case_id, caller.merchant)
    if case is None or case.kind is not CaseKind.SHIP_HOLD:
        return HoldReleased(case_id=case_id, status=ReleaseStatus.NOT_FOUND)
    try:
        await take_in_case(here, case, RELEASE, by, {}, key)
    except Problem as problem:
        reasons = list(problem.reasons) or [Refusal(code=problem.code, message=problem.detail)]
        return HoldReleased(case_id=case_id, status=ReleaseStatus.REFUSED, reasons=reasons)
    return HoldReleased(case_id=case_id, status=ReleaseStatus.RELEASED)
