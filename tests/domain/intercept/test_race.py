"""Interception, delivery and refund race, in any order: money and goods are conserved whichever wins."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.case.ledger import EntryKind
from domain.errors import ActionRefused
from domain.money import ZERO
from domain.roles import Role
from tests.domain.after_sale.trade import Request
from tests.domain.intercept.stopping import LATER, STOPPED, Stopped, Stopping, asked_back, failed, on_its_way
from tests.domain.order.histories import bounded
from tests.domain.orders import line

PARCELS = ("zto/ZT1", "yto/YT2")
WORTH = {"zto/ZT1": Decimal("600.00"), "yto/YT2": Decimal("200.00")}
FEES = {"zto/ZT1": Decimal("3.00"), "yto/YT2": Decimal("4.00")}
Step = Callable[["Race"], None]


class Race:
    """One trade with two parcels, both asked back; `yes` is every parcel that the carrier said it stopped."""

    def __init__(self) -> None:
        lines = (line("1", "600.00"), line("2", "200.00"))
        parcels = {"zto/ZT1": ["1"], "yto/YT2": ["2"]}
        self.trade: Stopping = on_its_way(*lines, parcels=parcels, answer=LATER)
        self.request: Request = asked_back(self.trade)
        self.yes: set[str] = set()

    def of(self, parcel: str) -> list[Stopped]:
        return [one for one in self.trade.intercepts() if one.state.parcel_name == parcel]

    def acts(self, step: Callable[[], object]) -> None:
        with suppress(ActionRefused):
            step()


def _stop(parcel: str, answer: str) -> Step:
    def step(race: Race) -> None:
        race.trade.answers[parcel] = {"yes": STOPPED, "no": failed(), "later": LATER}[answer]
        asked = len(race.trade.asked)
        race.acts(lambda: race.trade.stop(race.request, parcel))
        if answer == "yes" and len(race.trade.asked) > asked:
            race.yes.add(parcel)

    return step


def _answer(parcel: str, *, stopped: bool, ago: int) -> Step:
    def step(race: Race) -> None:
        for one in race.of(parcel):
            at = max(race.trade.now - timedelta(hours=ago), one.state.opened_at)
            if stopped and one.state.open:
                race.yes.add(parcel)
            one.answered(stopped=stopped, reason=None if stopped else "late", when=at)

    return step


def _phone(parcel: str, *, stopped: bool) -> Step:
    def step(race: Race) -> None:
        for one in race.of(parcel):
            if stopped and one.stage == "requested":
                race.yes.add(parcel)
            race.acts(lambda one=one: one.act("report_intercept_answer", stopped=stopped))  # type: ignore[misc]

    return step


def _scan(parcel: str, status: str) -> Step:
    return lambda race: race.trade.reported(status, parcel)


def _request(action: str, role: Role, **input_: str) -> Step:
    return lambda race: race.acts(lambda: race.request.act(action, role, **input_))


def _claim(parcel: str, amount: str, paid: str) -> Step:
    def step(race: Race) -> None:
        for one in race.of(parcel):
            race.acts(lambda one=one: one.act("file_claim", kind="lost", amount=amount))  # type: ignore[misc]
            race.acts(lambda one=one: one.act("settle_claim", Role.CARRIER, amount=paid))  # type: ignore[misc]

    return step


def _wait(hours: int) -> Step:
    return lambda race: race.trade.until(race.trade.now + timedelta(hours=hours))


parcel = st.sampled_from(PARCELS)
amounts = st.sampled_from(("0.00", "100.00", "200.00", "200.01", "600.00", "600.01", "1000.00"))
STEPS = st.one_of(
    st.builds(_stop, parcel, st.sampled_from(("yes", "no", "later"))),
    st.builds(_answer, parcel, stopped=st.booleans(), ago=st.sampled_from((0, 1, 5))),
    st.builds(_phone, parcel, stopped=st.booleans()),
    st.builds(_scan, parcel, st.sampled_from(("scanned", "out_for_delivery", "signed", "refused", "returned"))),
    st.sampled_from(
        (
            _request("agree", Role.AGENT),
            _request("refuse", Role.AGENT, reason="other", message="已发货"),
            _request("withdraw", Role.BUYER),
            _request("ask_platform", Role.BUYER, text="请介入"),
            _request("rule", Role.PLATFORM, in_favour_of="buyer", text="退款"),
        )
    ),
    st.builds(_claim, parcel, amounts.filter(lambda amount: amount != "0.00"), amounts),
    st.builds(_wait, st.sampled_from((1, 3, 25, 200, 800))),
)


@pytest.mark.rule("S1-32", "S1-36", "S1-37")
@bounded
@given(st.lists(STEPS, min_size=1, max_size=14))
def test_money_and_goods_are_conserved(steps: list[Step]) -> None:
    """Whatever happens in whatever order.

    The buyer is paid once at most and never more than they paid. A parcel costs one fee at most, and only if the
    carrier said that it stopped it. A claim is within limits, and once. What was stopped is refunded, or somebody
    has a task; what nobody stopped or agreed to is not refunded while the seller may still decide.
    """
    race = Race()
    for step in steps:
        step(race)
        _conserved(race)
    race.trade.until(race.trade.now + timedelta(days=90))
    _conserved(race)
    _asked_about(race)
    assert all(
        not one.state.open for one in race.trade.intercepts() if one.state.claim is None or one.state.claim.settled
    )


def _conserved(race: Race) -> None:
    paid_out = sum((pay.amount for pay in race.trade.paid_out.values()), ZERO)
    assert paid_out <= Decimal("810.00")
    assert len(race.trade.paid_out) <= 1
    for name in PARCELS:
        entries = [entry for one in race.of(name) for entry in one.state.ledger]
        fees = [entry.amount for entry in entries if entry.kind is EntryKind.INTERCEPT_FEE]
        assert fees in ([], [FEES[name]])
        assert not fees or name in race.yes
        claims = [entry.amount for entry in entries if entry.kind is EntryKind.INTERCEPT_CLAIM]
        assert len(claims) <= 1
        assert sum(claims, ZERO) <= WORTH[name]
    _goods(race)


def _goods(race: Race) -> None:
    stopped = {one.state.parcel_name for one in race.trade.intercepts() if one.stage not in ("requested", "failed")}
    state = race.request.state
    if stopped == set(PARCELS) and state.outcome is None:
        assert race.request.stage == "refunding"


def _asked_about(race: Race) -> None:
    """In the end nothing has come back for a request that was closed without somebody asking the buyer."""
    state = race.request.state
    if state.stage == "closed" and any(one.stage != "failed" for one in race.trade.intercepts()):
        assert "stopped_in_vain" in [item.type for item in state.work_items]
