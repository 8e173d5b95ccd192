"""The version of the rules that a case lives by: its order's, for life, or a newer one from a version on."""

from datetime import date

import pytest

from domain.case import rules
from domain.case.rules import RulesVersion
from domain.errors import UnknownRules
from domain.order.opening import OpenedOrder
from domain.order.state import OrderState
from domain.roles import SYSTEM
from tests.domain.complaint.complained import Type, complained
from tests.domain.hold.held import Held
from tests.domain.intercept.stopping import asked_back, on_its_way
from tests.domain.orders import PLACED, Order, order_opened_at


@pytest.fixture
def second(monkeypatch: pytest.MonkeyPatch) -> int:
    """A second version of the rules, under which orders are opened from now on."""
    version = RulesVersion(2, date(2026, 12, 1), "A test's.")
    monkeypatch.setattr(rules, "VERSIONS", (*rules.VERSIONS, version))
    return version.number


def test_an_order_lives_by_the_rules_it_was_opened_under(second: int) -> None:
    """Whatever is released later."""
    assert Order().state.rules == second


def test_payloads_of_before_name_no_version() -> None:
    """What says nothing lives by the first."""
    opening = order_opened_at(PLACED).model_dump(mode="json", exclude={"rules"})
    state = Order().state.model_dump(mode="json", exclude={"rules"})
    assert OpenedOrder.model_validate(opening).rules == rules.FIRST
    assert OrderState.model_validate(state).rules == rules.FIRST


def test_what_an_order_opens_lives_by_the_same(second: int) -> None:
    """A trade is one: request, interception, hold and complaint, though opened later, live by their order's rules."""
    trade = on_its_way()
    request = asked_back(trade)
    (stopped,) = trade.stop(request)
    cases = [request.case, stopped.case, Held().hold().case, complained(Type.BREACH_OF_PROMISE).case]
    assert {case.state.kind: case.state.rules for case in cases} == dict.fromkeys(
        ["after_sale", "parcel_intercept", "ship_hold", "complaint"], second
    )


def test_what_an_order_of_before_opens_lives_as_it_does(monkeypatch: pytest.MonkeyPatch) -> None:
    """Newer rules are released while it runs."""
    trade = on_its_way()
    monkeypatch.setattr(rules, "VERSIONS", (*rules.VERSIONS, RulesVersion(2, date(2026, 12, 1), "A test's.")))
    assert asked_back(trade).case.state.rules == rules.FIRST


def test_a_case_goes_over_in_a_version_of_its_own() -> None:
    """The timeline says from when on, and whatever follows from the new rules follows then."""
    order = Order()
    order.case.raise_rules(2, "a-change", order.now)
    assert (order.state.rules, order.state.version) == (2, 2)
    told = order.state.story[-1]
    assert (told.type, told.data, told.actor) == ("case.rules_raised", {"rules": 2}, SYSTEM)


def test_a_process_of_before_knows_no_newer_rules() -> None:
    """It says so rather than going on by older ones."""
    rules.check_known(rules.newest())
    with pytest.raises(UnknownRules, match="lives by version 2 of the rules; this process knows 1 at most"):
        rules.check_known(2)
