"""What only the sandbox offers: the test clock, and what was sent to buyers."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field, model_validator

from api import documented
from api.dependencies import Caller, allowed_for
from api.routing import Router
from domain.roles import SHOP_STAFF, Actor, Role
from domain.times import Instant
from sandbox.clock import TestClock
from services.errors import Refused

Mover = Annotated[Actor, allowed_for((Role.OPS, *SHOP_STAFF), "Moving the clock")]
LONGEST = timedelta(days=3660)


class ClockShown(BaseModel):
    """The test clock's time."""

    now: Instant


class Advance(BaseModel):
    """By how much the clock moves, or to when."""

    model_config = ConfigDict(extra="forbid")

    by: timedelta | None = Field(None, ge=timedelta(0), le=LONGEST, examples=["PT73H"])
    to: Instant | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> "Advance":
        if (self.by is None) == (self.to is None):
            raise ValueError("give either by or to")
        return self


def sandbox_routes(clock: TestClock) -> APIRouter:
    """The sandbox's own routes."""
    router = Router(prefix="/sandbox", tags=["sandbox"], responses=documented.PROBLEMS)

    @router.get("/clock")
    async def show_clock(caller: Caller) -> ClockShown:
        """The test clock's time."""
        return ClockShown(now=await clock.now())

    @router.post("/clock/advance")
    async def advance(request: Advance, mover: Mover) -> ClockShown:
        """Moves the clock; answered once every timer due by then has fired and its effects can be read."""
        by = request.by if request.by is not None else request.to - await clock.now()  # type: ignore[operator]
        if by < timedelta(0):
            raise Refused("The clock only moves forward.", code="clock_backwards")
        return ClockShown(now=await clock.advance(by))

    return router
