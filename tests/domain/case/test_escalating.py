"""Tasks past due go up: to the supervisors, then to the owner; steps beyond an authority to the owner (S4-66)."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from domain.errors import ActionRefused
from domain.roles import Group, Role
from domain.shop.settings import ShopTerms
from tests.domain.orders import at
from tests.domain.people import Worked


def unshipped() -> Worked:
    """An order whose 48-hours task is due when its shipment is, and not done."""
    order = Worked()
    order.pay()
    order.until(at(hours=72))
    return order


def test_a_task_past_due_goes_to_the_supervisors() -> None:
    """It stays in its own inbox; the escalation names it and when it was due."""
    order = unshipped()
    escalation = order.open_task("escalation")
    assert (escalation.group, escalation.variant, escalation.matter) == (
        Group.SUPERVISOR,
        "past_due",
        order.open_task("unshipped_48h").item_id,
    )
    assert escalation.values["due_at"] == "2026-11-13T16:00:30Z"
    assert order.clock("task_due", "unshipped_48h/1") == ("elapsed", at(hours=72))


def test_then_to_the_owner() -> None:
    """When the supervisors have not settled it in time either; and to nobody after."""
    order = unshipped()
    first = order.open_task("escalation").due_at
    order.until(first)
    escalation = order.open_task("escalation")
    assert (escalation.group, escalation.due_at > first) == (Group.OWNER, True)
    order.until(first + timedelta(days=30))
    assert [item.type for item in order.state.work_items].count("escalation") == 1


def test_it_goes_away_with_the_task() -> None:
    """The goods leave: nothing is past due any more."""
    order = unshipped()
    order.consign(when=at(hours=73))
    order.scan("picked_up", when=at(hours=74))
    assert order.task("escalation").state == "superseded"


def test_a_task_done_in_time_goes_to_nobody() -> None:
    """Its clock is met."""
    order = Worked()
    order.pay()
    order.until(at(hours=50))
    order.done("unshipped_48h", "will_ship")
    order.until(at(hours=90))
    assert "escalation" not in [item.type for item in order.state.work_items]
    assert order.deadline("task_due", "unshipped_48h/1").state == "met"


@pytest.mark.rule("S4-66")
def test_a_step_beyond_an_authority_is_taken_by_one_approval() -> None:
    """It goes to the owner with all that it needs; approving it takes the very step, once."""
    order = Worked()
    order.propose("quote_price", line_id="1", amount="90.00")
    task = order.open_task("escalation")
    assert (task.group, task.variant) == (Group.OWNER, "over_authority")
    assert (task.values["step"], task.values["account"], task.values["amount"]) == (
        "quote_price",
        "demo-agent",
        "90.00",
    )
    order.complete(task, "done", Role.OWNER)
    assert [str(quote.amount) for quote in order.state.quotes] == ["90.00"]
    with pytest.raises(ActionRefused, match="done already"):
        order.complete(task, "done", Role.OWNER)


def test_declined_the_step_is_not_taken() -> None:
    """The owner says no."""
    order = Worked()
    order.propose("quote_price", line_id="1", amount="90.00")
    order.done("escalation", "declined", Role.OWNER)
    assert order.state.quotes == []


def test_a_step_that_is_no_longer_allowed_is_refused_with_its_reasons() -> None:
    """Meanwhile the buyer paid: the approval is refused, the task stays open."""
    order = Worked()
    order.propose("quote_price", line_id="1", amount="90.00")
    order.pay()
    assert order.not_done("escalation", "done", Role.OWNER) == ["already_paid"]
    assert order.open_tasks() == ["escalation"]


def test_the_same_step_is_proposed_once() -> None:
    """Asking again points to the task that waits."""
    order = Worked()
    first = order.propose("quote_price", line_id="1", amount="90.00")
    assert order.propose("quote_price", line_id="1", amount="90.00") == first
    assert order.propose("quote_price", line_id="1", amount="80.00") != first


def test_an_approver_needs_the_authority_themselves() -> None:
    """Whoever may not take the step cannot approve it either."""
    order = Worked()
    order.pay()
    order.until(at(hours=49))
    order.done("unshipped_48h", "out_of_stock")
    order.done("offer_alternative", "declined")
    order.shop = ShopTerms(authority=Decimal("1.00"))
    assert order.not_done("guide_refund", "register") == ["over_authority"]
    order.propose("confirm_receipt")
    assert "forbidden" in order.not_done("escalation", "done", Role.OWNER)


@pytest.mark.rule("S4-38", "S4-66")
def test_an_outcome_beyond_an_authority_is_approved_like_a_step() -> None:
    """The task is done as its account wanted it, once."""
    order = Worked()
    order.pay()
    order.until(at(hours=49))
    order.done("unshipped_48h", "out_of_stock")
    order.done("offer_alternative", "declined")
    task = order.open_task("guide_refund")
    order.propose("complete_work_item", item_id=task.item_id, outcome="register", data={})
    escalation = order.open_task("escalation")
    assert escalation.values["step"] == "guide_refund/register"
    order.complete(escalation, "done", Role.OWNER)
    assert (len(order.requests), order.task("guide_refund").outcome) == (1, "register")
