"""Random chains for property tests: an order, requests on it, answers, time, late facts, money that comes or not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol

from hypothesis import strategies as st

from domain.after_sale.life import AFTER_SALE
from domain.case.errand import ErrandResult, Lane
from domain.roles import Role
from tests.domain.after_sale.outside import Payer
from tests.domain.after_sale.trade import Request, Trade
from tests.domain.orders import line

SERVICES = ("refund_only", "return_refund", "exchange", "repair", "reship", "price_protection")
REASONS = ("no_reason", "quality", "not_received", "out_of_stock", "late", "other")
PRICES = ("100.00", "33.33", "6000.00", "0.01", "0.00")
ASKS_MONEY = ("refund_only", "return_refund", "price_protection")
SUMS = (None, None, None, "0.01", "33.33", "50.00", "99999.00")


TAKEN_IN: dict[str, dict[str, Any]] = {
    "received": {},
    "taken_in": {"conforming": True},
    "unfit": {"conforming": False},
    "short": {"conforming": True, "lines": [{"line_id": "1", "quantity": 1}]},
}
"""What the warehouse may say of a return."""


class Step(Protocol):
    """Something that may happen in a trade at any time."""

    def take(self, trade: Trade) -> None:
        """Lets it happen."""


@dataclass(frozen=True)
class AskFor:
    """The buyer asks for a service for some of the lines: the first that is not refused, from `service` on.

    `units` of each of them, or all that are left.
    """

    service: int
    line_ids: tuple[str, ...]
    units: int | None
    reason: str
    amount: str | None
    wanted_sku: str | None

    def take(self, trade: Trade) -> None:
        known = [each for each in self.line_ids if trade.state.line(each)]
        goods: dict[str, Any] = {"line_ids": known or None}
        if known and self.units:
            goods = {"lines": [{"line_id": each, "quantity": self.units} for each in known]}
        everything = str(trade.state.total or "0.01")
        amounts = (self.amount, everything, "0.01") if self.amount else (None, "0.01")
        for place in range(len(SERVICES)):
            service = SERVICES[(self.service + place) % len(SERVICES)]
            for amount in amounts:
                if service in ASKS_MONEY or amount is None:
                    wish = {"reason": self.reason, "amount": amount, "wanted_sku": self.wanted_sku, **goods}
                    if (service, amount) != ("price_protection", None) and not trade.ask_refused(service, **wish):
                        trade.ask(service, **wish)
                        return


@dataclass(frozen=True)
class Do:
    """Somebody takes one of the steps that can be taken in one of the open requests."""

    number: int
    action: int
    choice: int

    def take(self, trade: Trade) -> None:
        asks = [ask for ask in requests(trade) if ask.state.open]
        if not asks:
            return
        ask = asks[self.number % len(asks)]
        actions = sorted({name: role for name, role in by_whom() if not ask.against(name, role)}.items())
        actions = [one for one in actions if one[0] not in ENDS or self.choice % 7 == 0] or actions
        for place in range(len(actions)):
            name, role = actions[(self.action + place) % len(actions)]
            input_ = inputs(ask)[name]
            if not ask.refused(name, role, **input_[self.choice % len(input_)]):
                return


@dataclass(frozen=True)
class Try:
    """Somebody tries a step whether it can be taken or not."""

    number: int
    by: int
    choice: int

    def take(self, trade: Trade) -> None:
        for ask in requests(trade)[self.number : self.number + 1]:
            name, role = by_whom()[self.by % len(by_whom())]
            input_ = inputs(ask)[name]
            ask.refused(name, role, **input_[self.choice % len(input_)])


@dataclass(frozen=True)
class Wait:
    """Time that passes."""

    hours: int

    def take(self, trade: Trade) -> None:
        trade.until(trade.now + timedelta(hours=self.hours))


@dataclass(frozen=True)
class Scan:
    """The carrier reports, perhaps late, of a return or a replacement."""

    number: int
    status: str
    hours_ago: int

    def take(self, trade: Trade) -> None:
        for ask in requests(trade)[self.number : self.number + 1]:
            for parcel in list(ask.state.parcels):
                data: dict[str, Any] = {"carrier": parcel.carrier, "tracking_no": parcel.tracking_no}
                type_ = "return.received" if self.status in TAKEN_IN else f"parcel.{self.status}"
                data |= TAKEN_IN.get(self.status, {})
                ask.happened(type_, data, when=trade.now - timedelta(hours=self.hours_ago))


@dataclass(frozen=True)
class Ship:
    """The order goes on: consigned, picked up, signed for, confirmed by the buyer."""

    what: str

    def take(self, trade: Trade) -> None:
        if not trade.state.open:
            return
        if self.what == "consigned":
            trade.consign()
        elif self.what == "one":
            trade.consign("ZT3", units={"1": 1})
        elif self.what == "confirmed":
            trade.refused("confirm_receipt", Role.BUYER)
        elif trade.state.parcels:
            trade.scan(self.what)


@dataclass(frozen=True)
class Partner:
    """The payments partner answers from now on as `payer`, or `answers` one payment that waits."""

    payer: Payer
    number: int
    answers: bool

    def take(self, trade: Trade) -> None:
        if not self.answers:
            trade.payer = self.payer
        for ask in requests(trade)[self.number : self.number + 1] if self.answers else ():
            pending = ask.state.next_errand(Lane.PAYMENTS)
            if pending is not None and self.payer is Payer.REFUSES:
                ask.case.take_result(pending, ErrandResult(refused=True), trade.now)
        trade.until(trade.now)


@dataclass(frozen=True)
class Letters:
    """What the cases tell each other waits, or goes on."""

    wait: bool

    def take(self, trade: Trade) -> None:
        trade.letters_wait = self.wait
        trade.until(trade.now)


def by_whom() -> list[tuple[str, Role]]:
    """The actions that chains take, each with every role that may."""
    return [(action.name, role) for action in AFTER_SALE.actions if action.name in NAMES for role in action.roles]


def requests(trade: Trade) -> list[Request]:
    """Every request of the trade."""
    return [Request(trade, case_id) for case_id in trade.children]


def inputs(ask: Request) -> dict[str, list[dict[str, Any]]]:
    """Inputs of every action, one of which must do where the action is allowed at all."""
    back = {"carrier": "yto", "tracking_no": f"R{ask.state.version}", "freight_paid": "18.00"}
    services = [{"service": service} for service in SERVICES[:-1]]
    one_unit = [{"line_id": ask.state.lines[0].line_id, "quantity": 1}]
    return {
        "agree": [{}, {"amount": "0.01"}, {"amount": "99999.00"}, {"repair_by": "shop"}],
        "refuse": [{"reason": "no", "message": "不同意"}],
        "inspect_return": [
            {"conforming": conforming, "cause": cause} for conforming in (True, False) for cause in (None, "buyer")
        ]
        + [{"conforming": True, "lines": one_unit}, {"conforming": False, "lines": one_unit}],
        "extend_return": [{"days": days} for days in (7, 4)],
        "ship_replacement": [
            {"carrier": "zto", "tracking_no": f"ZT9{ask.state.version}"},
            {"carrier": "zto", "tracking_no": f"ZT9{ask.state.version}", "lines": one_unit},
        ],
        "confirm_refund_paid": [{}],
        "approve_refund": [{}],
        "amend": [
            *services,
            {"amount": "0.01"},
            {"service": "price_protection", "amount": "0.01"},
            {"service": "exchange", "wanted_sku": "RED"},
            {"service": "refund_only", "reason": "quality"},
            *({"reason": reason} for reason in REASONS),
            {"description": "text:1"},
        ],
        "withdraw": [{}],
        "submit_return": [back, back | {"carrier": "sf"}, back | {"freight_collect": True}],
        "confirm_replacement": [{}],
        "ask_platform": [{}],
        "submit_evidence": [{"kind": "photo", "reference": "ref:1"}],
        "rule": [
            {"in_favour_of": "buyer"},
            {"in_favour_of": "seller"},
            {"in_favour_of": "buyer", "amount": "0.01"},
            {"in_favour_of": "buyer", "amount": "99999.00"},
        ],
    }


@st.composite
def trades(draw: st.DrawFn) -> Trade:
    """An order of one to three lines, paid, at most of them shipped and signed for."""
    prices = draw(st.lists(st.sampled_from(PRICES), min_size=1, max_size=3))
    trade = Trade(
        *(line(str(n), price, quantity=draw(st.sampled_from((1, 1, 3)))) for n, price in enumerate(prices, 1)),
        freight=draw(st.sampled_from(("0.00", "10.00"))),
        policy=draw(st.sampled_from(("taobao-2012", "jd"))),
    )
    trade.set_up(
        shop={"outbound_freight": "8.00", "refunds_by_hand": draw(st.sampled_from((False, False, True)))},
        exchange_stock={"reserve": draw(st.booleans())},
        authority=draw(st.sampled_from((None, "50.00", "5000.00"))),
    )
    trade.warehouse.units = {"RED": 1, "SKU-1": 1, "SKU-2": 2}
    if trade.state.total:
        trade.pay()
    for far in ("consigned", "picked_up", "signed", "confirmed")[: draw(st.integers(0, 4))]:
        Ship(far).take(trade)
    return trade


def steps() -> st.SearchStrategy[list[Step]]:
    """Twenty-five to forty steps, most of them about requests."""
    number = st.sampled_from(range(4))
    any_number = st.sampled_from(range(1000))
    ask_for = st.builds(
        AskFor,
        any_number,
        st.sampled_from((("1",), ("2",), ("3",), ("1", "2"), ("2", "3"), ())),
        st.sampled_from((None, None, 1, 2)),
        st.sampled_from(REASONS),
        st.sampled_from(SUMS),
        st.sampled_from((None, "RED")),
    )
    do, a_try = st.builds(Do, number, any_number, any_number), st.builds(Try, number, any_number, any_number)
    wait = st.builds(Wait, st.sampled_from((1, 1, 12, 24, 49, 121, 200)))
    status = st.sampled_from(("signed", *TAKEN_IN, "picked_up", "refused", "returned"))
    scan = st.builds(Scan, number, status, st.sampled_from((0, 30)))
    ship = st.builds(Ship, st.sampled_from(("one", "consigned", "picked_up", "signed", "confirmed")))
    partner = st.builds(Partner, st.sampled_from((*Payer, Payer.PAYS)), number, st.booleans())
    letters = st.builds(Letters, st.sampled_from((False, False, True)))
    rarely = (a_try, wait, scan, ship, partner, letters)
    kinds: list[st.SearchStrategy[Any]] = [*[do] * 8, *[ask_for] * 3, *rarely]
    return st.lists(st.sampled_from(kinds).flatmap(lambda kind: kind), min_size=25, max_size=40)


ENDS = ("withdraw", "rule", "refuse")
"""Steps that are taken less often, so that chains go far."""

NAMES = (
    "agree",
    "refuse",
    "inspect_return",
    "extend_return",
    "ship_replacement",
    "confirm_refund_paid",
    "approve_refund",
    "amend",
    "withdraw",
    "submit_return",
    "confirm_replacement",
    "ask_platform",
    "submit_evidence",
    "rule",
)
"""The actions that chains take."""
