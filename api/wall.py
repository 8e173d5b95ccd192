"""A campaign day at a glance, for a screen on the wall."""

from datetime import datetime, timedelta
from typing import Annotated

from pydantic import BaseModel, Field

from api import documented
from api.dependencies import Caller, Here, allowed_for
from api.language import InLanguage
from api.report_words import code_titles
from api.routing import Router
from domain.roles import SHOP_STAFF, Actor, Role
from domain.times import CHINA, Instant
from store.reports.shape import Codes
from store.wall import MINUTES, Wall, wall

router = Router(prefix="/v1/wall", tags=["reports"], responses=documented.PROBLEMS)

Reader = Annotated[Actor, allowed_for((*SHOP_STAFF, Role.OPS), "Looking at the wall")]


class MinuteShown(BaseModel):
    """The orders of a minute."""

    minute: str = Field(examples=["2026-11-11 00:01"], description="Of the China clock.")
    orders: int = Field(examples=[137])


class RiskShown(BaseModel):
    """Deadlines of one kind that the shop has to keep within an hour."""

    hour: str = Field(examples=["2026-11-13 00:00"], description="Of the China clock.")
    kind: str = Field(examples=["ship_by"])
    title: str = Field(examples=["发货"])
    deadlines: int = Field(examples=[12])


class WallShown(BaseModel):
    """What comes in, what is about to be late, and what waits."""

    now: Instant
    last_minute: int = Field(description="Orders opened within the last sixty seconds.", examples=[137])
    per_minute: list[MinuteShown] = Field(description="The last half hour, the oldest minute first.")
    at_risk: list[RiskShown] = Field(description="What runs and falls due within six hours, or is overdue.")
    holds_waiting: int = Field(description="Holds that the ERP has not answered.", examples=[2])
    waiting_since: Instant | None = Field(description="When the oldest of these was asked for.")
    to_ship: int = Field(description="Orders that are to be shipped and in no parcel yet.", examples=[250])
    to_pick_up: int = Field(description="Parcels that no carrier has scanned yet.", examples=[40])


@router.get("")
async def get_wall(caller: Caller, reader: Reader, here: Here, language: InLanguage) -> WallShown:
    """Orders a minute, deadlines at risk, holds that wait for the ERP, the backlog of parcels, as they stand now."""
    now = await here.clock.now()
    return _shown(await here.db.read_at_once(wall, caller.merchant, now), now, code_titles(Codes.CLOCK, language))


def _shown(found: Wall, now: datetime, titles: dict[str, str]) -> WallShown:
    return WallShown(
        now=now,
        last_minute=found.last_minute,
        per_minute=[MinuteShown(minute=minute, orders=found.per_minute.get(minute, 0)) for minute in _minutes(now)],
        at_risk=[
            RiskShown(hour=hour, kind=kind, title=titles[kind], deadlines=deadlines)
            for hour, kind, deadlines in found.at_risk
        ],
        holds_waiting=found.holds_waiting,
        waiting_since=found.waiting_since,
        to_ship=found.to_ship,
        to_pick_up=found.to_pick_up,
    )


def _minutes(now: datetime) -> list[str]:
    this = now.astimezone(CHINA)
    return [f"{this - timedelta(minutes=ago):%Y-%m-%d %H:%M}" for ago in reversed(range(MINUTES))]
