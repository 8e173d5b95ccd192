"""Money for the buyer's trouble: on any order that was paid, never above what was paid."""

from __future__ import annotations

from domain.order.money import money
from domain.roles import Role
from tests.domain.after_sale.made import paid, signed
from tests.domain.orders import Order, at, line

WHY = "memo:why"


def test_an_agent_compensates_within_their_authority() -> None:
    """Beyond it the API proposes it to the owner."""
    trade = paid()
    trade.set_up(authority="20.00")
    assert trade.refused("compensate", amount="20.01", reason=WHY) == ["over_authority"]
    trade.act("compensate", amount="20.00", reason=WHY)
    assert f"{money(trade.state).compensated}" == "20.00"
    assert [(entry.kind, entry.rule) for entry in trade.state.ledger][1:] == [("compensation", "S4-66")]


def test_after_completion_and_end() -> None:
    """The case is taken up again, pays, and ends again."""
    trade = signed()
    trade.act("confirm_receipt", Role.BUYER)
    trade.until(at(days=20))
    assert not trade.state.open
    trade.act("compensate", Role.FINANCE, amount="0.01", reason=WHY)
    assert (f"{money(trade.state).compensated}", trade.state.open) == ("0.01", False)


def test_never_more_than_was_paid() -> None:
    """Of a line, of the order with its freight, and with what a refund pays after it."""
    trade = paid(line("1", "50.00"), line("2", "60.00"))
    assert trade.refused("compensate", amount="50.01", reason=WHY, line_ids=["1"]) == ["amount_too_high"]
    assert trade.refused("compensate", amount="120.01", reason=WHY) == ["amount_too_high"]
    trade.act("compensate", amount="30.00", reason=WHY, line_ids=["1"])
    trade.ask("refund_only", reason="other").act("agree")
    standing = money(trade.state)
    assert (f"{standing.refunded}", f"{standing.compensated}") == ("90.00", "30.00")
    assert trade.refused("compensate", amount="0.01", reason=WHY) == ["amount_too_high"]


def test_what_a_request_is_about_is_granted_there() -> None:
    """Nobody pays twice for it."""
    trade = signed()
    trade.ask("return_refund", reason="quality")
    assert trade.refused("compensate", amount="0.01", reason=WHY) == ["amount_too_high"]


def test_nothing_was_paid() -> None:
    """Nor is a part payment what an order is compensated from."""
    order = Order()
    order.pay("100.00")
    assert "not_paid" in order.refused("compensate", amount="1.00", reason=WHY)


def test_what_lateness_cost_has_been_compensated_too() -> None:
    """The penalty of S2-85 counts, of one line or of all."""
    trade = paid()
    trade.until(at(hours=73))
    assert f"{money(trade.state).compensated}" == "9.95"
    assert trade.refused("compensate", amount="199.06", reason=WHY) == ["amount_too_high"]
    trade.act("compensate", amount="199.00", reason=WHY, line_ids=["1"])
    assert trade.refused("compensate", amount="0.06", reason=WHY) == ["amount_too_high"]
    trade.act("compensate", amount="0.05", reason=WHY)
    assert f"{money(trade.state).compensated}" == "209.00"
