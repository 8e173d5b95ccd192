"""The state of a hold. It never touches its order's stage, and the ship deadline keeps running (S0-04, S0-31)."""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

from domain.case.cause import Evidence
from domain.case.child import ChildStanding
from domain.case.ids import CaseKind
from domain.case.state import CaseState
from domain.case.units import Quantities
from domain.times import Instant


class HoldStage(StrEnum):
    """Where a hold stands; asking is not success (S0-18)."""

    REQUESTED = "requested"
    MEMO_ONLY = "memo_only"
    LOCKING = "locking"
    LOCKED = "locked"
    LOCK_FAILED = "lock_failed"
    RELEASED = "released"
    REFUNDED = "refunded"


class Requester(StrEnum):
    """Who wants the goods held."""

    BUYER = "buyer"
    AGENT = "agent"


class HoldSurroundings(BaseModel):
    """What a hold must know of its order.

    Attributes:
        refund_open: whether a refund of the held goods is asked for; `refunded`: whether all of them are refunded.
        shipped: whether all that is not refunded left all the same; `over`: the order is completed or closed.
        here: what of the held goods has neither left nor was refunded; None: all of it, as far as anybody said.
        ship_by: when the order has to be shipped.
        refunds_open_at: when the campaign lets refunds be asked for; None: at any time.
    """

    model_config = ConfigDict(frozen=True)

    refund_open: bool = False
    refunded: bool = False
    shipped: bool = False
    over: bool = False
    here: Quantities | None = None
    ship_by: Instant | None = None
    refunds_open_at: Instant | None = None


class HoldStanding(ChildStanding):
    """A hold as its order knows it.

    Attributes:
        units: the goods that it holds, or held until it was released; `asked`: those it was asked for.
        by_hand: released, and those who ship have to be told by a person (S0-27).
    """

    units: Quantities
    asked: Quantities = Field(default_factory=dict)
    by_hand: bool = False


class HoldState(CaseState):
    """A ship hold.

    Attributes:
        units: the goods that it holds: those that leave all the same, or are refunded, are not held any more.
        asked: the goods that it was asked for.
        locks: the ERP is to lock the order; else a memo is all there is (S0-21).
    """

    kind: CaseKind = CaseKind.SHIP_HOLD
    stage: str = HoldStage.REQUESTED
    outcome: HoldStage | None = None
    order_case_id: str
    units: Quantities
    asked: Quantities = Field(default_factory=lambda data: dict(data["units"]))
    whole_order: bool
    requested_by: Requester
    locks: bool
    surroundings: HoldSurroundings
    asked_by: Evidence
    lock_reason: str | None = None
    by_hand: bool = False
    told_order: HoldStanding | None = None

    @property
    def at(self) -> HoldStage:
        """The stage as what it is."""
        return HoldStage(self.stage)
