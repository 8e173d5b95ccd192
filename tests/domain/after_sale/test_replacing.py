"""A replacement that does not reach the buyer is sent again, and never counts as received (S2-94, S4-44)."""

from __future__ import annotations

import pytest

from domain.roles import Role
from tests.domain.after_sale.made import shipped, signed
from tests.domain.after_sale.trade import Request
from tests.domain.orders import at

BUYER = Role.BUYER


def sent_again() -> Request:
    """Goods of a lost parcel that were sent again on the third day."""
    trade = shipped()
    trade.until(at(days=3))
    ask = trade.ask("reship", reason="not_received")
    ask.act("agree")
    ask.send_replacement()
    assert ask.clock("replacement_receipt") == ("running", at(days=13))
    return ask


def wrong(ask: Request, kind: str, parcel: str = "ZT2", *, days: float) -> None:
    ask.happened("parcel.exception", {"carrier": "zto", "tracking_no": parcel, "kind": kind}, when=at(days=days))


def test_lost_and_sent_again() -> None:
    """The warehouse has it in its inbox again; the buyer's time counts from the new parcel."""
    ask = sent_again()
    wrong(ask, "lost", days=5)
    assert (ask.stage, ask.deadline("replacement_receipt").state) == ("awaiting_replacement", "cancelled")
    assert sorted(ask.open_tasks()) == ["claim_from_carrier", "ship_replacement"]
    assert ask.refused("confirm_replacement", BUYER) == ["wrong_stage"]
    ask.trade.until(at(days=30))
    ask.send_replacement("zto/ZT3")
    assert (ask.stage, ask.clock("replacement_receipt")) == ("awaiting_buyer_receipt", ("running", at(days=40)))
    ask.trade.until(at(days=41))
    assert (ask.stage, ask.state.outcome) == ("succeeded", "replaced")


@pytest.mark.parametrize("said", ["scanned", "signed"])
def test_lost_and_found(said: str) -> None:
    """Before it is sent again: the buyer's time counts from then."""
    ask = sent_again()
    wrong(ask, "lost", days=5)
    ask.scan(said, "zto/ZT2", when=at(days=20))
    assert (ask.stage, ask.clock("replacement_receipt")) == ("awaiting_buyer_receipt", ("running", at(days=30)))
    assert "ship_replacement" not in ask.open_tasks()


def test_refused_and_back() -> None:
    """Its clock stands still; back, it is sent again."""
    ask = sent_again()
    ask.scan("refused", "zto/ZT2", when=at(days=5))
    assert (ask.stage, ask.deadline("replacement_receipt").state) == ("awaiting_buyer_receipt", "paused")
    ask.scan("returned", "zto/ZT2", when=at(days=8))
    assert (ask.stage, ask.open_tasks()) == ("awaiting_replacement", ["ship_replacement"])


def test_refused_and_delivered_after_all() -> None:
    """The clock goes on."""
    ask = sent_again()
    ask.scan("refused", "zto/ZT2", when=at(days=5))
    ask.scan("signed", "zto/ZT2", when=at(days=6))
    assert ask.clock("replacement_receipt")[0] == "running"
    ask.trade.until(at(days=30))
    assert ask.state.outcome == "replaced"


def test_somebody_else_has_it() -> None:
    """It is sent again, unless the true sign comes."""
    ask = sent_again()
    ask.scan("signed", "zto/ZT2", when=at(days=5))
    wrong(ask, "wrong_sign", days=6)
    assert (ask.stage, ask.open_tasks()) == ("awaiting_replacement", ["ship_replacement"])
    ask.scan("signed", "zto/ZT2", when=at(days=7))
    assert ask.stage == "awaiting_buyer_receipt"


def test_money_instead_of_what_was_lost() -> None:
    """The buyer does not want to wait any more: that is no replacement."""
    ask = sent_again()
    wrong(ask, "lost", days=5)
    ask.act("amend", BUYER, service="refund_only", reason="not_received")
    ask.act("agree")
    assert ask.state.outcome == "refunded"


def test_an_exchange_that_is_lost_twice() -> None:
    """Each time it is sent again."""
    trade = signed()
    ask = trade.ask("exchange", reason="quality")
    ask.act("agree")
    ask.send_back()
    ask.inspect()
    for number in ("ZT2", "ZT3"):
        ask.send_replacement(f"zto/{number}")
        wrong(ask, "lost", number, days=5 if number == "ZT2" else 6)
        assert ask.stage == "awaiting_replacement"
        assert "ship_replacement" in ask.open_tasks()
    ask.send_replacement("zto/ZT4")
    ask.act("confirm_replacement", BUYER)
    assert ask.state.outcome == "replaced"
