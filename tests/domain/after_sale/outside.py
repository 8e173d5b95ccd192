"""What stands outside the cases of a trade: the payments partner, and the warehouse's stock."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from domain.case.errand import StockChange


class Payer(StrEnum):
    """How the payments partner answers: it pays, it will not, or it is down."""

    PAYS = "pays"
    REFUSES = "refuses"
    SILENT = "silent"


@dataclass
class Warehouse:
    """Units of stock, and what is reserved of them: one end at most for each reservation."""

    units: dict[str, int] = field(default_factory=dict)
    held: dict[str, tuple[str, int]] = field(default_factory=dict)
    ended: dict[str, StockChange] = field(default_factory=dict)

    def free(self, sku: str) -> int:
        """Units that nobody has reserved."""
        return self.units.get(sku, 0) - sum(quantity for kept, quantity in self.held.values() if kept == sku)

    def end(self, reservation_id: str, change: StockChange, leaving: int | None) -> None:
        """A reservation ends; `leaving`: how many of its units were sent, where not all were."""
        sku, quantity = self.held.pop(reservation_id)
        assert reservation_id not in self.ended
        self.ended[reservation_id] = change
        if change is StockChange.CONSUME:
            self.units[sku] -= quantity if leaving is None else leaving
