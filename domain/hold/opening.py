"""Opening a hold: memo at once, the buyer told at once, the ERP asked where it can lock (S0-15..17)."""

from pydantic import ConfigDict

from domain.case.cause import Evidence
from domain.case.child import Start, begin_child
from domain.case.ids import CaseKind
from domain.case.live import LiveCase
from domain.case.opening import Opening
from domain.case.units import NamesLines, Quantities, in_words
from domain.hold.life import SHIP_HOLD
from domain.hold.state import HoldState, HoldSurroundings, Requester


class HoldShipment(NamesLines):
    """Which goods are not to leave; none named: the whole order (S0-12, S0-13)."""

    model_config = ConfigDict(extra="forbid")

    requested_by: Requester


class HoldOpening(Opening):
    """An accepted hold, as its workflow gets it."""

    kind = CaseKind.SHIP_HOLD

    units: Quantities
    whole_order: bool
    requested_by: Requester
    locks: bool
    surroundings: HoldSurroundings
    asked_by: Evidence


StartHold = Start[HoldOpening, HoldState]


def begin(opening: HoldOpening) -> LiveCase[HoldState]:
    """The hold at version 1."""
    what = "the whole order" if opening.whole_order else f"line {in_words(opening.units)}"
    return begin_child(SHIP_HOLD, opening, f"Hold on {what}, wanted by the {opening.requested_by}")
