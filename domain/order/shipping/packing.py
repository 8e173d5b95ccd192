"""Which units are in which parcel, and which never ship: by consignments and refunds in the order they happened."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import NamedTuple

from domain.case.parcel import Consignment, Parcel
from domain.case.units import Quantities, plus
from domain.order.state import OrderState

_EVER = datetime.max.replace(tzinfo=UTC)


class _CameBack(NamedTuple):
    """Units that a parcel brought back, or lost."""

    at: datetime
    parcel: str
    units: int


@dataclass(slots=True)
class _Shelf:
    """The units of a line that are in no parcel: those that never left, those that stay, those that came back."""

    fresh: int
    cancelled: int = 0
    back: list[_CameBack] = field(default_factory=list)

    def forgo(self, units: int) -> None:
        """Units were refunded that the buyer never had: those that are here are not sent any more."""
        staying = min(units, self.fresh)
        self.fresh -= staying
        self.cancelled += staying
        self._take_back(units - staying, _EVER, "")

    def take(self, units: int | None, at: datetime, parcel: str, *, named: bool) -> tuple[int, int]:
        """Takes units for a parcel; None: all that are left. Answers how many leave first, and how many again.

        A parcel that names goods holds some: where none are left, those that were refunded or that come back later.
        """
        wanted = units if units is not None else self.fresh + self._came_back(at, parcel)
        if units is None and wanted == 0 and named:
            wanted = self.cancelled + self._came_back(_EVER, parcel)
        first = min(wanted, self.fresh)
        self.fresh -= first
        again = self._take_back(wanted - first, at, parcel)
        if named:
            after_all = min(wanted - first - again, self.cancelled)
            self.cancelled -= after_all
            first += after_all
            again += self._take_back(wanted - first - again, _EVER, parcel)
        return first, again

    def _came_back(self, by: datetime, into: str) -> int:
        return sum(one.units for one in self.back if one.at <= by and one.parcel != into)

    def _take_back(self, units: int, by: datetime, into: str) -> int:
        """Takes what other parcels brought back by then; answers how much of it there was."""
        taken = 0
        for place, one in enumerate(self.back):
            if one.at <= by and one.parcel != into:
                part = min(one.units, units - taken)
                self.back[place] = one._replace(units=one.units - part)
                taken += part
        return taken


class _Packing:
    """The goods of an order on their way into its parcels."""

    def __init__(self, state: OrderState) -> None:
        self.shelves = {line.line_id: _Shelf(line.quantity) for line in state.lines}
        self.first: dict[str, Quantities] = {}
        self.again: dict[str, Quantities] = {}

    def fill(self, parcel: Parcel, consignment: Consignment) -> None:
        """What left with it."""
        subject, named = parcel.subject, consignment.named
        for line_id, shelf in self.shelves.items():
            if named is not None and line_id not in named:
                continue
            wanted = named[line_id] if named is not None else None
            first, again = shelf.take(wanted, consignment.at, subject, named=named is not None)
            self.first[subject] = plus(self.first.get(subject, {}), {line_id: first})
            self.again[subject] = plus(self.again.get(subject, {}), {line_id: again})
            if came_back_at := parcel.returned_at or parcel.lost_at:
                shelf.back.append(_CameBack(came_back_at, subject, first + again))

    def forgo(self, forgone: Quantities) -> None:
        """What was refunded and the buyer never had."""
        for line_id, units in forgone.items():
            self.shelves[line_id].forgo(units)


def pack(state: OrderState) -> None:
    """Says what each parcel carries and what of each line never ships, by what happened when, not by what was learnt.

    A consignment that names more units than there are gets what there is.
    """
    packing = _Packing(state)
    for _, happen in sorted(_happenings(state, packing), key=lambda one: one[0]):
        happen()
    for parcel in state.parcels:
        again = packing.again.get(parcel.subject, {})
        units = plus(packing.first.get(parcel.subject, {}), again)
        if (parcel.units, parcel.again) != (units, again):
            parcel.units, parcel.again, parcel.version = units, again, state.version
    for line in state.lines:
        line.cancelled = packing.shelves[line.line_id].cancelled


_Order = tuple[datetime, int, str]
"""When it happened; at the very same time consignments that name goods come first, refunds last."""


def _happenings(state: OrderState, packing: _Packing) -> Iterable[tuple[_Order, Callable[[], None]]]:
    for request in state.requests:
        at = request.ended_at or request.requested_at
        yield (at, 3, request.case_id), partial(packing.forgo, request.forgone)
    for parcel in state.parcels:
        for consignment in parcel.consignments:
            rank = 2 if consignment.named is None else 1
            yield (consignment.at, rank, parcel.subject), partial(packing.fill, parcel, consignment)
