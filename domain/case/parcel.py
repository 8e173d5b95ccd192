"""A parcel: as the case that sends or gets it knows it, and as the store has it."""

from collections.abc import Iterable
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from domain.case.cause import Evidence
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


class Consignment(BaseModel):
    """The seller's word that lines left in a parcel; `line_ids` None: all that were in none yet."""

    model_config = ConfigDict(frozen=True)

    at: Instant
    line_ids: list[str] | None


class Parcel(BaseModel):
    """A parcel as the case knows it: the seller's word (`consigned_at`) and the carrier's scans.

    `line_ids` follows from the consignments of all parcels, in the order they were made.
    `consigned_by`, `last_scan_by` and `signed_by` are the events that said so.
    `first_scan_at` is the earliest time in the carrier's own records: that is the ship time (S2-84).
    """

    carrier: str
    tracking_no: str
    line_ids: list[str]
    consignments: list[Consignment] = []
    consigned_at: Instant
    consigned_by: Evidence
    status: ParcelStatus = ParcelStatus.CONSIGNED
    status_at: Instant
    first_scan_at: Instant | None = None
    last_scan_at: Instant | None = None
    last_scan_by: Evidence | None = None
    signed_at: Instant | None = None
    signed_by: Evidence | None = None
    refused_at: Instant | None = None
    returned_at: Instant | None = None
    lost_at: Instant | None = None
    version: int = 0

    @property
    def subject(self) -> str:
        """`zto/ZT1`: how deadlines and tasks name the parcel."""
        return f"{self.carrier}/{self.tracking_no}"


def places(parcels: Iterable[Parcel]) -> list[tuple[str, ParcelStatus, list[str]]]:
    """Where each parcel is, and what is in it."""
    return [(parcel.subject, parcel.status, parcel.line_ids) for parcel in parcels]


class ParcelSeen(BaseModel):
    """A parcel as the store has it, plain scans included.

    Attributes:
        worth: its lines' amounts, without freight, in yuan.
        being_stopped: whether an interception of it is under way or succeeded, whichever request it is for.
    """

    model_config = ConfigDict(frozen=True)

    carrier: str
    tracking_no: str
    status: ParcelStatus
    line_ids: list[str]
    categories: list[str]
    worth: Yuan
    being_stopped: bool = False

    @property
    def subject(self) -> str:
        """`zto/ZT1`."""
        return f"{self.carrier}/{self.tracking_no}"
