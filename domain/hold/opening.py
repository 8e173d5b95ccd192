"""Opening a hold: memo at once, the buyer told at once, the ERP asked where it can lock (S0-15..17)."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from domain.case.cause import Evidence
from domain.case.live import LiveCase
from domain.case.rules import FIRST
from domain.hold.life import SHIP_HOLD
from domain.hold.state import HoldState, HoldSurroundings, Requester
from domain.roles import Actor
from domain.shop.hours import WorkingHours
from domain.times import Instant


class HoldShipment(BaseModel):
    """Which lines are not to leave; `line_ids` None: the whole order (S0-12, S0-13)."""

    model_config = ConfigDict(extra="forbid")

    line_ids: Annotated[list[str], Field(min_length=1, max_length=200)] | None = None
    requested_by: Requester


class HoldOpening(BaseModel):
    """An accepted hold, as its workflow gets it."""

    case_id: str
    merchant: str
    platform: str
    policy: str
    order_case_id: str
    order_id: str
    line_ids: list[str]
    whole_order: bool
    requested_by: Requester
    locks: bool
    around: HoldSurroundings
    asked_by: Evidence
    hours: WorkingHours = WorkingHours()
    rules: int = FIRST
    opened_at: Instant
    opened_by: Actor


def begun(opening: HoldOpening) -> LiveCase[HoldState]:
    """The case at version 1: the order's write and the workflow start from the very same."""
    fields = {name: getattr(opening, name) for name in HoldOpening.model_fields if name != "opened_by"}
    case = LiveCase(SHIP_HOLD, HoldState(updated_at=opening.opened_at, **fields))
    what = "the whole order" if opening.whole_order else f"line {', '.join(opening.line_ids)}"
    case.begin(f"Hold on {what}, wanted by the {opening.requested_by}", opening.opened_by, opening.opened_at)
    return case
