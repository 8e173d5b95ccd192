"""What somebody looks into or follows up around the seller's answer (S4-46, S4-54..56)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from domain.case.completing import completing
from domain.case.work import WorkItem
from domain.roles import Role
from tests.domain.after_sale.made import shipped, signed
from tests.domain.after_sale.trade import Request
from tests.domain.orders import at, request_by

BUYER = Role.BUYER
DAY = timedelta(days=1)


def refused(**asked: Any) -> Request:
    ask = shipped().ask("refund_only", reason="other", **asked)
    ask.act("refuse", reason="already_shipped", message="已发货请拒收")
    return ask


def open_task(ask: Request, type_: str) -> WorkItem:
    (item,) = [item for item in ask.state.open_work() if item.type == type_]
    return item


def done(ask: Request, type_: str, outcome: str, role: Role = Role.AGENT, **data: Any) -> None:
    """Does the one open task of that type."""
    rule, by = completing(ask.case.life), request_by(role, ask.trade.next_id("step"), ask.trade.circumstances())
    said = {"item_id": open_task(ask, type_).item_id, "outcome": outcome, "data": data}
    input_ = rule.read(said, lambda: ask.state)
    ask.case.check(rule, by, ask.trade.now, input_)
    ask.case.act(rule, by, ask.trade.now, input_)
    ask.trade.until(ask.trade.now)


@pytest.mark.rule("S4-54")
def test_a_refusal_is_followed_up_the_same_day() -> None:
    """By a call; agreeing after all is the action itself, and settles it."""
    ask = refused()
    task = open_task(ask, "contact_refused_buyer")
    assert (task.group, task.due_at - ask.trade.now < DAY) == ("aftersale", True)
    done(ask, "contact_refused_buyer", "agreed")
    assert (ask.stage, ask.open_tasks()) == ("succeeded", [])


@pytest.mark.rule("S4-54")
@pytest.mark.parametrize("outcome", ["amends", "withdraws", "unreachable"])
def test_until_the_buyer_has_reacted_they_are_called_again(outcome: str) -> None:
    """The next day, as often as it takes; not once they have."""
    ask = refused()
    for _ in range(2):
        done(ask, "contact_refused_buyer", outcome)
        assert open_task(ask, "contact_refused_buyer").not_before == ask.trade.now + DAY
        ask.trade.until(ask.trade.now + DAY)
    ask.act("amend", BUYER, reason="quality")
    assert ask.open_tasks() == ["review_after_sale"]


def test_who_insists_is_left_alone() -> None:
    """Their clock runs, and then the request closes; another refusal is another matter."""
    ask = refused()
    done(ask, "contact_refused_buyer", "insists")
    assert (ask.open_tasks(), ask.deadline("buyer_reaction").state) == ([], "running")
    ask.act("amend", BUYER, reason="quality")
    ask.trade.until(ask.trade.now + DAY)
    ask.act("refuse", reason="already_shipped", message="已发货请拒收")
    assert ask.open_tasks() == ["contact_refused_buyer"]


def test_a_return_that_did_not_conform_is_spoken_of_as_such() -> None:
    """The buyer hears what was found, and which ways there are."""
    ask = signed().ask("return_refund", reason="quality")
    ask.act("agree")
    ask.send_back()
    ask.inspect(conforming=False)
    assert open_task(ask, "contact_refused_buyer").variant == "not_conforming"


@pytest.mark.rule("S4-55")
def test_a_waybill_that_is_not_named_is_asked_for() -> None:
    """Two days after the consent, and again each two days in place of the time before; not once it is there."""
    ask = signed().ask("return_refund", reason="quality")
    ask.act("agree")
    agreed_at = ask.trade.now
    ask.trade.until(agreed_at + 2 * DAY - timedelta(seconds=1))
    assert ask.open_tasks() == []
    ask.trade.until(agreed_at + 2 * DAY)
    assert open_task(ask, "ask_return_waybill").group == "aftersale"
    done(ask, "ask_return_waybill", "will_send")
    ask.trade.until(agreed_at + 4 * DAY)
    assert ask.open_tasks() == ["ask_return_waybill"]
    ask.trade.until(agreed_at + 6 * DAY)
    assert ask.open_tasks() == ["ask_return_waybill"]
    ask.send_back()
    assert (ask.open_tasks(), ask.deadline("return_waybill").state) == ([], "met")


@pytest.mark.rule("S4-56")
def test_nobody_asks_for_a_number_that_the_shop_may_fill_in() -> None:
    """The buyer has allowed it: they are left in peace."""
    ask = signed().ask("return_refund", reason="quality", agent_may_return=True)
    ask.act("agree")
    ask.trade.until(at(days=9))
    assert ask.tasks("ask_return_waybill") == []


@pytest.mark.rule("S4-46")
@pytest.mark.parametrize("found", ["ours", "carrier", "complete"])
def test_the_warehouse_looks_into_what_is_wrong_or_missing(found: str) -> None:
    """Before after-sale settles it: the carrier is ruled out, and the review reads what was found."""
    ask = signed().ask("reship", reason="wrong_item")
    assert sorted(ask.open_tasks()) == ["check_packing", "review_after_sale"]
    review = open_task(ask, "review_after_sale")
    assert (open_task(ask, "check_packing").group, review.variant) == ("warehouse", "wrong_item")
    assert "packing" not in review.values
    done(ask, "check_packing", found, Role.WAREHOUSE)
    assert open_task(ask, "review_after_sale").values["packing"] == found
    assert ask.open_tasks() == ["review_after_sale"]


def test_once_it_is_settled_the_warehouse_need_not_look() -> None:
    """Nor where the reason is another, or the warehouse has looked before."""
    ask = signed().ask("return_refund", reason="wrong_item")
    ask.act("agree")
    assert ask.open_tasks() == []
    other = signed().ask("return_refund", reason="quality")
    assert other.open_tasks() == ["review_after_sale"]


def contradicting() -> Request:
    trade = signed()
    trade.contradicts = ["退货"]
    return trade.ask("exchange", reason="quality", wanted_sku="BLUE")


@pytest.mark.rule("S3-08", "S3-09")
def test_a_buyer_who_means_what_they_asked_for_is_answered() -> None:
    """By a person: no strategy decides what the text contradicts."""
    ask = contradicting()
    done(ask, "keyword_mismatch", "as_requested")
    assert ask.open_tasks() == ["review_after_sale"]
    done(ask, "review_after_sale", "agreed")
    assert (ask.stage, ask.open_tasks()) == ("awaiting_buyer_return", [])


def test_a_buyer_who_wants_to_amend_and_does_not_is_asked_again() -> None:
    """The next day; the amended request is answered."""
    ask = contradicting()
    done(ask, "keyword_mismatch", "amended")
    assert open_task(ask, "keyword_mismatch").not_before == ask.trade.now + DAY
    ask.trade.contradicts = []
    ask.trade.until(ask.trade.now + DAY)
    ask.act("amend", BUYER, service="return_refund")
    assert ask.open_tasks() == ["review_after_sale"]
