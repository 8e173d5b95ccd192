"""Which units are in which parcel, and which never ship: by consignments and refunds in the order they happened."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import NamedTuple

from domain.after_sale.relation import Standing
from domain.case.parcel import Consignment, Parcel
from domain.case.pauses import Pause
from domain.case.units import Quantities, plus
from domain.order.state import OrderState
from domain.parcels.journey import gone_times

_EVER = datetime.max.replace(tzinfo=UTC)


class _Gone(NamedTuple):
    """Units whose parcel came back, was lost or with somebody else, and when; they can be sent again meanwhile."""

    times: list[Pause]
    parcel: str
    units: int

    def by(self, moment: datetime) -> bool:
        """Whether they were gone then."""
        return any(one.since <= moment and (one.until is None or moment < one.until) for one in self.times)


@dataclass(slots=True)
class _Shelf:
    """The units of a line that are in no parcel: those that never left, those that stay, those that came back."""

    fresh: int
    cancelled: int = 0
    back: list[_Gone] = field(default_factory=list)

    def forgo(self, units: int, about: str | None) -> None:
        """Units were refunded that the buyer never had: those that are here are not sent any more.

        Refunded for a parcel that was gone, first of all what it held.
        """
        units -= sum(self._take_back(units, _EVER, about).values()) if about else 0
        staying = min(units, self.fresh)
        self.fresh -= staying
        self.cancelled += staying
        self._take_back(units - staying, _EVER)

    def take(self, units: int | None, at: datetime, *, named: bool) -> tuple[int, dict[str, int]]:
        """Takes units for a parcel; None: all that are left.

        Answers how many leave for the first time, and how many each other parcel passes on.

        A parcel that names goods holds some: where none are left, those that were refunded or that come back later.
        """
        wanted = units if units is not None else self.fresh + self._gone(at)
        if units is None and wanted == 0 and named:
            wanted = self.cancelled + self._gone(_EVER)
        first = min(wanted, self.fresh)
        self.fresh -= first
        again = self._take_back(wanted - first, at)
        if named:
            after_all = min(wanted - first - sum(again.values()), self.cancelled)
            self.cancelled -= after_all
            first += after_all
            again = plus(again, self._take_back(wanted - first - sum(again.values()), _EVER))
        return first, again

    def has(self, at: datetime) -> bool:
        """Whether units are there that are to be sent."""
        return self.fresh + self._gone(at) > 0

    def _gone(self, by: datetime) -> int:
        return sum(one.units for one in self.back if one.by(by))

    def _take_back(self, units: int, by: datetime, parcel: str | None = None) -> dict[str, int]:
        """Takes what was gone by then, with that parcel or any; answers how much of it was of which one."""
        taken: dict[str, int] = {}
        for place, one in enumerate(self.back):
            if one.by(by) and parcel in (None, one.parcel):
                part = min(one.units, units - sum(taken.values()))
                self.back[place] = one._replace(units=one.units - part)
                taken = plus(taken, {one.parcel: part})
        return taken


class _Packing:
    """The goods of an order on their way into its parcels."""

    def __init__(self, state: OrderState) -> None:
        self.shelves = {line.line_id: _Shelf(line.quantity) for line in state.lines}
        self.first: dict[str, Quantities] = {}
        self.again: dict[str, Quantities] = {}
        self.passed_on: dict[str, Quantities] = {}

    def fill(self, parcel: Parcel, consignment: Consignment) -> None:
        """What left with it; one that names nothing holds some all the same where nothing is left that should leave.

        What is said of one parcel again adds what it names beyond what was said before.
        """
        subject, named = parcel.subject, consignment.named
        if named is None and not any(shelf.has(consignment.at) for shelf in self.shelves.values()):
            named = dict.fromkeys(self.shelves)
        for line_id, shelf in self.shelves.items():
            if named is not None and line_id not in named:
                continue
            wanted = named[line_id] if named is not None else None
            if wanted is not None:
                wanted = max(wanted - self._held(subject, line_id), 0)
            own = [one for one in shelf.back if one.parcel == subject]
            shelf.back = [one for one in shelf.back if one.parcel != subject]
            first, passed_on = shelf.take(wanted, consignment.at, named=named is not None)
            shelf.back += own
            again = sum(passed_on.values())
            for other, units in passed_on.items():
                self.passed_on[other] = plus(self.passed_on.get(other, {}), {line_id: units})
            self.first[subject] = plus(self.first.get(subject, {}), {line_id: first})
            self.again[subject] = plus(self.again.get(subject, {}), {line_id: again})
            if times := gone_times(parcel):
                shelf.back.append(_Gone(times, subject, first + again))

    def _held(self, subject: str, line_id: str) -> int:
        """How many units of the line are in the parcel by what was said of it before."""
        return sum(kept.get(subject, {}).get(line_id, 0) for kept in (self.first, self.again))

    def forgo(self, request: Standing) -> None:
        """What was refunded and the buyer never had."""
        for line_id, units in request.forgone.items():
            self.shelves[line_id].forgo(units, request.about)


def pack(state: OrderState) -> None:
    """Says what each parcel carries and what of each line never ships, by what happened when, not by what was learnt.

    A consignment that names more units than there are gets what there is.
    """
    packing = _Packing(state)
    for _, happen in sorted(_happenings(state, packing), key=lambda one: one[0]):
        happen()
    for parcel in state.parcels:
        again, passed_on = packing.again.get(parcel.subject, {}), packing.passed_on.get(parcel.subject, {})
        units = plus(packing.first.get(parcel.subject, {}), again)
        if (parcel.units, parcel.again, parcel.passed_on) != (units, again, passed_on):
            parcel.units, parcel.again, parcel.passed_on, parcel.version = units, again, passed_on, state.version
    for line in state.lines:
        line.cancelled = packing.shelves[line.line_id].cancelled


_Order = tuple[datetime, int, str]
"""When it happened; at the very same time consignments that name goods come first, refunds last."""


def _happenings(state: OrderState, packing: _Packing) -> Iterable[tuple[_Order, Callable[[], None]]]:
    for request in state.requests:
        at = request.ended_at or request.requested_at
        yield (at, 3, request.case_id), partial(packing.forgo, request)
    for parcel in state.parcels:
        for consignment in parcel.consignments:
            rank = 2 if consignment.named is None else 1
            yield (consignment.at, rank, parcel.subject), partial(packing.fill, parcel, consignment)
