"""Stock of a SKU, and units of it that are kept for a case."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.errors import DomainError


@dataclass(frozen=True, slots=True)
class Stock:
    """What a shop has of a SKU, in units.

    Attributes:
        available: on hand, the reserved ones included.
        reserved: kept for cases.
    """

    sku: str
    available: int = 0
    reserved: int = 0

    @property
    def free(self) -> int:
        """What nobody has reserved."""
        return self.available - self.reserved


class ReservationState(StrEnum):
    """`held` until its units are shipped (`consumed`) or no longer wanted (`released`); both are final."""

    HELD = "held"
    RELEASED = "released"
    CONSUMED = "consumed"


@dataclass(frozen=True, slots=True)
class Reservation:
    """Units that are to be kept for a case; the same id is the same reservation, however often it is asked for."""

    reservation_id: str
    merchant: str
    sku: str
    quantity: int
    case_id: str
    made_at: datetime

    def __post_init__(self) -> None:
        if self.quantity < 1:
            raise ValueError("a reservation is of at least one unit")


class BelowReserved(DomainError):
    """Stock cannot be set to less than cases have reserved of it."""

    def __init__(self, stock: Stock) -> None:
        super().__init__(
            f"{stock.reserved} of {stock.sku} are reserved for open cases, so the stock cannot be less than that."
        )
        self.stock = stock
