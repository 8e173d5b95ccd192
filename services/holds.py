"""Holds released in bulk, so that what nobody asked a refund for is shipped in time (S0-30)."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from domain.case.ids import CaseKind
from domain.errors import Refusal
from domain.hold.life import SHIP_HOLD
from domain.roles import Actor
from services.cases import find_case
from services.context import Context
from services.errors import NotFound, ServiceError
from services.steps import Step, take_step
from store.tokens import Principal

RELEASE = SHIP_HOLD.action("release")
AT_ONCE = 8
"""So many releases are under way at a time, so that a whole shop's do not crowd out other requests."""


class ReleaseStatus(StrEnum):
    """What became of one of the holds."""

    RELEASED = "released"
    REFUSED = "refused"
    NOT_FOUND = "not_found"


@dataclass(frozen=True, slots=True)
class ReleaseResult:
    """One hold's result; `reasons` says why not."""

    case_id: str
    status: ReleaseStatus
    reasons: Sequence[Refusal] = ()


async def release_holds(
    here: Context, caller: Principal, by: Actor, case_ids: Iterable[str], key: str | None
) -> list[ReleaseResult]:
    """Releases holds, each once, in the order they were named; one that cannot be released keeps no other from it.

    `key` stands for the whole of it: each hold's step has a key of its own made from it.
    """
    room = asyncio.Semaphore(AT_ONCE)

    async def release(case_id: str) -> ReleaseResult:
        async with room:
            return await _release(here, caller, by, case_id, f"{key}/{case_id}" if key else None)

    return await asyncio.gather(*map(release, dict.fromkeys(case_ids)))


async def _release(here: Context, caller: Principal, by: Actor, case_id: str, key: str | None) -> ReleaseResult:
    try:
        case = await find_case(here, caller, case_id)
    except NotFound:
        return ReleaseResult(case_id, ReleaseStatus.NOT_FOUND)
    if case.kind is not CaseKind.SHIP_HOLD:
        return ReleaseResult(case_id, ReleaseStatus.NOT_FOUND)
    try:
        await take_step(here, Step(case, RELEASE, by), {}, key)
    except ServiceError as error:
        reasons = error.reasons or [Refusal(code=error.code, message=error.detail)]
        return ReleaseResult(case_id, ReleaseStatus.REFUSED, reasons)
    return ReleaseResult(case_id, ReleaseStatus.RELEASED)
