"""One line of an order: what was ordered, and how many of its units are where in its life."""

from datetime import timedelta
from decimal import Decimal

from pydantic import BaseModel, Field

from domain.case.units import share
from domain.money import ZERO, Yuan
from domain.times import Instant


class Line(BaseModel):
    """One line of an order (a sub-order). `amount` is what it is paid in all, without freight.

    Attributes:
        sku: what the buyer has of it, or is to have; `sku_before`: what it was before an exchange.
        others: units that were exchanged for another article, by its SKU, where not all of them were.
        forgone: units that were paid back before the buyer had them; `cancelled`: of them, those that never ship.
        held: units that a hold keeps back.
        requested: units that an open request is about; `refunding`: of them, those that are to be paid back.
        settled: units that are done with, their money paid back.
        receipt_confirmed_at: when receipt was confirmed by timeout, but for `receipt_open` units that were held up.
        receipt_left: the time that was left to those.
        out_of_stock: units that were found to be out of stock; `out_of_stock_told`: of which the buyer has heard.
        compensated: what of the amount a complaint's ruling gave back, yuan.
    """

    line_id: str
    sku: str
    sku_before: str | None = None
    others: dict[str, int] = Field(default_factory=dict)
    title: str
    category: str
    quantity: int
    amount: Yuan
    made_to_order: bool = False
    virtual: bool = False
    weight_kg: Decimal | None = None
    forgone: int = 0
    cancelled: int = 0
    held: int = 0
    requested: int = 0
    refunding: int = 0
    settled: int = 0
    receipt_confirmed_at: Instant | None = None
    receipt_open: int = 0
    receipt_left: timedelta = timedelta()
    out_of_stock: int = 0
    out_of_stock_at: Instant | None = None
    out_of_stock_told: int = 0
    out_of_stock_told_at: Instant | None = None
    compensated: Yuan = ZERO

    def swap(self, units: int, sku: str) -> None:
        """Units of it are of another article now."""
        others = {one: count for one, count in self.others.items() if one != sku}
        now = self.others.get(sku, 0) + units
        if now < self.quantity:
            self.others = others | {sku: now}
        else:
            self.sku_before, self.sku, self.others = self.sku, sku, {}

    def price_of(self, units: int) -> Decimal:
        """What so many units of it come to, yuan."""
        return share(self.amount, self.quantity, units)

    @property
    def left(self) -> int:
        """The units that nobody has asked about, nor got back."""
        return max(self.quantity - self.settled - self.requested, 0)

    @property
    def request_open(self) -> bool:
        """Whether an open request is about any of it."""
        return self.requested > 0

    @property
    def refunded(self) -> bool:
        """Whether all of it is done with."""
        return self.settled >= self.quantity

    @property
    def to_ship(self) -> int:
        """The units that are to be shipped, whether they have been or not."""
        return self.quantity - self.cancelled

    @property
    def to_deliver(self) -> int:
        """The units that are to reach the buyer, whether they have or not."""
        return self.quantity - max(self.forgone, self.cancelled)

    @property
    def categories(self) -> set[str]:
        """Its own category, and what its flags make it: custom-made and virtual goods are such too (S1-13)."""
        return (
            {self.category} | ({"custom"} if self.made_to_order else set()) | ({"virtual"} if self.virtual else set())
        )
