"""A parcel: as the case that sends or gets it knows it, and as the store has it."""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from domain.case.cause import Evidence
from domain.case.units import Named, Quantities, minus
from domain.money import Yuan
from domain.times import Instant


class ParcelStatus(StrEnum):
    """`consigned`, then the latest scan's name."""

    CONSIGNED = "consigned"
    PICKED_UP = "picked_up"
    SCANNED = "scanned"
    OUT_FOR_DELIVERY = "out_for_delivery"
    SIGNED = "signed"
    REFUSED = "refused"
    RETURNED = "returned"


class Said(StrEnum):
    """What can be said of a parcel: its scans, what went wrong with it (S2-58..61), and that it was right after all.

    The order is that of things said of the very same moment: who is scanned first is picked up first.
    """

    PICKED_UP = "picked_up"
    SCANNED = "scanned"
    OUT_FOR_DELIVERY = "out_for_delivery"
    OUT_OF_RANGE = "out_of_range"
    PHONE_UNREACHABLE = "phone_unreachable"
    ACCIDENT = "accident"
    WEATHER = "weather"
    CONGESTION = "congestion"
    DAMAGED = "damaged"
    LOST = "lost"
    FOUND = "found"
    REFUSED = "refused"
    SIGNED = "signed"
    WRONG_SIGN = "wrong_sign"
    RECOGNISED = "recognised"
    RETURNED = "returned"


class Mark(BaseModel):
    """One thing that was said of a parcel, of the moment at which it was so."""

    model_config = ConfigDict(frozen=True)

    says: Said
    at: Instant
    by: Evidence


class Consignment(BaseModel):
    """The seller's word that goods left in a parcel; `named` None: all that were in none yet."""

    model_config = ConfigDict(frozen=True)

    at: Instant
    named: Named | None = None


class Parcel(BaseModel):
    """A parcel as the case knows it: the seller's word (`consigned_at`), and what was said of it since.

    `units` follows from the consignments of all parcels, in the order they were made; `again` are those of them that
    another parcel had carried before, and `passed_on` those that another one carries now. Where the parcel is follows
    from the marks, which are kept by their times: `domain/parcels/journey.py` reads them. `watched_since` is when
    somebody last looked into its silence; `watches` counts that.
    """

    carrier: str
    tracking_no: str
    units: Quantities = {}
    again: Quantities = {}
    passed_on: Quantities = {}
    consignments: list[Consignment] = []
    consigned_at: Instant
    consigned_by: Evidence
    marks: list[Mark] = []
    watched_since: Instant | None = None
    watches: int = 0
    version: int = 0

    @property
    def subject(self) -> str:
        """`zto/ZT1`: how deadlines and tasks name the parcel."""
        return f"{self.carrier}/{self.tracking_no}"

    @property
    def carries(self) -> Quantities:
        """What is in it now: what came back and was sent again is not."""
        return minus(self.units, self.passed_on)


class ParcelSeen(BaseModel):
    """A parcel as the store has it, plain scans included.

    Attributes:
        worth: what its units come to, without freight, in yuan.
        being_stopped: whether an interception of it is under way or succeeded, whichever request it is for.
    """

    model_config = ConfigDict(frozen=True)

    carrier: str
    tracking_no: str
    status: ParcelStatus
    units: Quantities
    categories: list[str]
    worth: Yuan
    being_stopped: bool = False

    @property
    def subject(self) -> str:
        """`zto/ZT1`."""
        return f"{self.carrier}/{self.tracking_no}"
