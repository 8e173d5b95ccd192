"""Random histories of an order for property tests: what happened when, and when the case learnt of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from domain.case.fact import Fact
from domain.order.opening import OrderLine
from domain.order.state import CampaignTerms, Source
from domain.parcels.facts import ExceptionKind
from domain.roles import Role
from tests.domain.orders import PLACED, Order, actor, campaign, line
from tests.profiles import Tried, tried

PAYMENT_LIMIT = timedelta(days=3)
"""`payment.within` of the editions used here."""

bounded = tried(Tried.LIVES)
"""As many examples as lives are tried on."""


@dataclass(frozen=True, slots=True)
class Happening:
    """A fact of the outside world, with the moment it happened."""

    type: str
    when: datetime
    number: int
    data: dict[str, Any] = field(default_factory=dict)

    @property
    def parcel(self) -> str | None:
        """The parcel it tells of."""
        return self.data.get("tracking_no")

    def as_fact(self) -> Fact:
        """As the case gets it."""
        return Fact(
            id=str(self.number), source="test", type=self.type, at=self.when, actor=actor(Role.SYSTEM), data=self.data
        )


@dataclass(frozen=True, slots=True)
class History:
    """An order and everything that happened to it, in the order it happened."""

    lines: tuple[OrderLine, ...]
    happenings: tuple[Happening, ...]
    freight: str = "10.00"
    policy: str = "taobao-2012"
    source: Source = Source.INQUIRY
    campaign: CampaignTerms | None = None
    promised_ship_by: datetime | None = None

    @property
    def total(self) -> Decimal:
        return sum((line.amount for line in self.lines), Decimal(self.freight))

    def open(self) -> Order:
        """The order, opened and nothing else."""
        return Order(
            *self.lines,
            freight=self.freight,
            policy=self.policy,
            source=self.source,
            campaign=self.campaign,
            promised_ship_by=self.promised_ship_by,
        )

    def lived(self, deliveries: Iterable[tuple[datetime, Happening]], end: datetime) -> Order:
        """The order after these facts were delivered at these times, and time went on to the end."""
        order = self.open()
        for moment, happening in deliveries:
            order.until(moment)
            order.deliver(happening.as_fact())
        order.until(end)
        return order


def in_order(history: History) -> list[tuple[datetime, Happening]]:
    """Every fact delivered as it happens; a scan of a parcel nobody has announced waits for the announcement."""
    return _not_before(announced_first(history.happenings), {h.number: h.when for h in history.happenings})


def announced_first(happenings: Sequence[Happening]) -> list[Happening]:
    """The same facts in the same order, but scans of a parcel parked until it is announced, as the intake does."""
    delivered: list[Happening] = []
    parked: list[Happening] = []
    known: set[str | None] = set()
    for happening in happenings:
        if happening.type == "parcel.consigned":
            known.add(happening.parcel)
            delivered.append(happening)
            delivered += [waiting for waiting in parked if waiting.parcel == happening.parcel]
            parked = [waiting for waiting in parked if waiting.parcel != happening.parcel]
        elif happening.parcel is None or happening.parcel in known:
            delivered.append(happening)
        else:
            parked.append(happening)
    return delivered


def _not_before(happenings: Iterable[Happening], when: Mapping[int, datetime]) -> list[tuple[datetime, Happening]]:
    """Deliveries in this order, each at its time or, where that has passed, right after the one before."""
    deliveries: list[tuple[datetime, Happening]] = []
    now = PLACED
    for happening in happenings:
        now = max(now, when[happening.number])
        deliveries.append((now, happening))
    return deliveries


SCANS = ("picked_up", "scanned", "out_for_delivery", "signed")
WRONG_WAYS = ("refused", "returned", "lost", "wrong_sign")
"""What can be said of a parcel that does not reach its buyer; it may be followed by anything."""
AMOUNTS = ("0.00", "0.09", "9.90", "199.00", "600.00", "999.99")


def moments(hours: int) -> st.SearchStrategy[datetime]:
    """About full hours after placing, so that many a fact falls just before, on or just after a clock."""
    return st.builds(
        lambda hour, minutes: PLACED + timedelta(hours=hour, minutes=minutes),
        st.integers(1, min(hours, 80) - 1) | st.integers(1, hours - 1),
        st.sampled_from((-1, 0, 0, 1)),
    )


@st.composite
def histories(draw: st.DrawFn, hours: int = 200, *, shared_lines: bool = True, policy: str | None = None) -> History:
    """Orders with facts about payment, consignments and scans within so many hours of placing.

    `shared_lines` allows a line in several parcels, in units or as a whole, and consignments that name no lines.
    """
    flags, quantities = st.sampled_from((False, False, False, True)), st.sampled_from((1, 1, 2, 3))
    lines = tuple(
        line(str(number), amount, quantity=draw(quantities), made_to_order=draw(flags), virtual=draw(flags))
        for number, amount in enumerate(draw(st.lists(st.sampled_from(AMOUNTS), min_size=1, max_size=3)), 1)
    )
    freight = draw(st.sampled_from(("0.00", "10.00")))
    total = sum((each.amount for each in lines), Decimal(freight))
    before_or_after_closing = moments(min(hours, 80)).filter(lambda moment: moment != PLACED + PAYMENT_LIMIT)
    facts: list[tuple[str, datetime, dict[str, Any]]] = [
        ("payment.received", draw(before_or_after_closing), {"amount": str(amount)})
        for amount in draw(_payments(total))
    ]
    parcels = [f"ZT{number}" for number in range(1, draw(st.integers(0, 3)) + 1)]
    consigned_at = draw(st.lists(moments(hours), min_size=len(parcels), max_size=2 * len(parcels), unique=True))
    for place, when in enumerate(consigned_at if shared_lines else consigned_at[: len(parcels)]):
        own = [each.line_id for each in lines[place :: len(parcels)]] or ["unknown"]
        named = draw(_any_goods(lines)) if shared_lines else {"line_ids": own}
        data = {"carrier": "zto", "tracking_no": parcels[place % len(parcels)], **named}
        facts.append(("parcel.consigned", when, data))
    for parcel in parcels:
        said = draw(st.lists(st.sampled_from((*SCANS, *SCANS, *WRONG_WAYS)), max_size=5))
        facts += [_said_of(parcel, status, draw(moments(hours))) for status in said]
    happenings = [Happening(type_, when, number, data) for number, (type_, when, data) in enumerate(facts)]
    source = draw(st.sampled_from((Source.INQUIRY, Source.INQUIRY, Source.CASH_ON_DELIVERY)))
    campaigns = (None, None, campaign(), campaign("P5D")) if source is Source.INQUIRY else (None,)
    return History(
        lines=lines,
        happenings=tuple(sorted(happenings, key=lambda happening: (happening.when, happening.number))),
        freight=freight,
        policy=policy or draw(st.sampled_from(("taobao-2012", "tmall"))),
        source=source,
        campaign=draw(st.sampled_from(campaigns)),
        promised_ship_by=draw(st.none() | st.integers(2, 9).map(lambda days: PLACED + timedelta(days=days))),
    )


def _said_of(parcel: str, status: str, when: datetime) -> tuple[str, datetime, dict[str, Any]]:
    """A scan, or what went wrong."""
    data = {"carrier": "zto", "tracking_no": parcel}
    if status in {*ExceptionKind}:
        return "parcel.exception", when, data | {"kind": status}
    return f"parcel.{status}", when, data


def _payments(total: Decimal) -> st.SearchStrategy[list[Decimal]]:
    """In full, in parts, too much, too little, or not at all."""
    part = (total / 3).quantize(Decimal("0.01"))
    ways: list[list[Decimal]] = [[total], [total], [part, total - part], [total, total], [total - part], []]
    ways.append([part, part, total])
    return st.sampled_from(ways).map(lambda amounts: [amount for amount in amounts if amount > 0])


def _any_goods(lines: tuple[OrderLine, ...]) -> st.SearchStrategy[dict[str, Any]]:
    """Lines by their ids, or units of them, or nothing, which means all that are left."""
    ids = st.lists(st.sampled_from([*(each.line_id for each in lines), "unknown"]), min_size=1, max_size=3, unique=True)
    units = st.builds(
        lambda line_ids, quantity: [{"line_id": line_id, "quantity": quantity} for line_id in line_ids],
        ids,
        st.integers(1, 3),
    )
    return st.just({}) | ids.map(lambda line_ids: {"line_ids": line_ids}) | units.map(lambda goods: {"lines": goods})


@st.composite
def late_deliveries(draw: st.DrawFn, history: History) -> list[tuple[datetime, Happening]]:
    """Every fact delivered up to five days after it happened; payments before an unpaid order would be closed.

    Whether one is closed that is not paid in time depends on where its goods are: that is learnt as it happens.
    """
    limit = PLACED + PAYMENT_LIMIT
    in_time = [h for h in history.happenings if h.type == "payment.received" and h.when < limit]
    unpaid = sum((Decimal(payment.data["amount"]) for payment in in_time), Decimal(0)) < history.total
    when: dict[int, datetime] = {}
    for happening in history.happenings:
        moment = happening.when + timedelta(hours=draw(st.sampled_from((0, 0, 1, 48, 96, 120))))
        if happening.type == "payment.received" and happening.when < limit:
            moment = min(moment, limit - timedelta(seconds=1))
        when[happening.number] = happening.when if unpaid and happening.parcel else moment
    ordered = sorted(history.happenings, key=lambda happening: (when[happening.number], happening.number))
    return _not_before(announced_first(ordered), when)
