"""The ship deadline: from when, until when, and what prevails over the edition's 72 hours."""

from __future__ import annotations

from datetime import datetime

import pytest

from domain.case.cause import Evidence
from domain.case.deadline import DeadlineState
from domain.order.state import CampaignTerms, Source
from tests.domain.orders import Order, at, campaign, line

MET, RUNNING, ELAPSED = DeadlineState.MET, DeadlineState.RUNNING, DeadlineState.ELAPSED


@pytest.mark.rule("S2-49")
def test_72_hours_after_payment() -> None:
    """The clock starts with the payment that settles the order, and says why it is due when it is."""
    order = Order()
    assert not order.has("ship_by")
    order.pay(when=at(hours=5), id_="pay-1")
    deadline = order.deadline("ship_by")
    assert (deadline.state, deadline.started_at, deadline.due_at) == (RUNNING, at(hours=5), at(hours=77))
    assert deadline.because.model_dump() == {
        "event_type": "payment.received",
        "event_id": "pay-1",
        "rule": "ship.within",
        "policy": "taobao-2012",
        "value": "PT72H",
    }


def test_another_edition_another_time() -> None:
    """Douyin's product promise is 48 hours."""
    order = Order(policy="douyin")
    order.pay(when=at(minutes=5))
    assert order.deadline("ship_by").due_at == at(hours=48, minutes=5)


@pytest.mark.rule("S2-50")
@pytest.mark.parametrize("presale", [True, False])
def test_a_stated_time_prevails(presale: bool) -> None:
    """A presale, or a promise without one: due by the stated time, whatever the payment."""
    order = Order(presale=presale, promised_ship_by=at(days=10))
    order.pay(when=at(hours=5))
    deadline = order.deadline("ship_by")
    assert (deadline.due_at, deadline.because.rule) == (at(days=10), "order.promised_ship_by")


def test_a_stated_time_before_the_payment_is_no_promise() -> None:
    """Paid after the stated time, the order ships within the edition's time."""
    order = Order(promised_ship_by=at(hours=5))
    order.pay(when=at(hours=6))
    assert (order.deadline("ship_by").due_at, order.deadline("ship_by").because.rule) == (at(hours=78), "ship.within")


@pytest.mark.rule("S2-70")
@pytest.mark.parametrize(
    ("terms", "due", "rule"),
    [
        (campaign(), at(days=7), "promotion.ship_within"),
        (campaign("P9D"), at(days=9), "campaign.ship_within"),
    ],
)
def test_a_campaign_gives_its_own_time(terms: CampaignTerms, due: datetime, rule: str) -> None:
    """Seven days by the edition, or what the campaign itself says."""
    order = Order(campaign=terms)
    order.pay()
    assert (order.deadline("ship_by").due_at, order.deadline("ship_by").because.rule) == (due, rule)


def test_a_stated_time_prevails_over_the_campaign() -> None:
    """The promise was made for this very order."""
    order = Order(campaign=campaign(), promised_ship_by=at(days=2))
    order.pay()
    assert order.deadline("ship_by").due_at == at(days=2)


@pytest.mark.rule("S2-83")
def test_an_agreed_time_prevails_over_everything() -> None:
    """What buyer and shop agreed on moves the running deadline, and the deadline says so."""
    order = Order(campaign=campaign(), promised_ship_by=at(days=2))
    order.pay()
    order.act("agree_ship_by", ship_by=at(hours=100))
    deadline = order.deadline("ship_by")
    assert (deadline.state, deadline.due_at, deadline.because.rule) == (RUNNING, at(hours=100), "order.agreed_ship_by")
    (change,) = deadline.changes
    assert (change.change, change.by, change.amount) == ("moved", "agree_ship_by", "P2DT4H")


def test_agreed_twice() -> None:
    """The last agreement holds, sooner or later than the one before."""
    order = Order()
    order.pay()
    for hours in (100, 60):
        order.act("agree_ship_by", ship_by=at(hours=hours))
    assert order.deadline("ship_by").due_at == at(hours=60)


def test_agreed_before_the_payment() -> None:
    """The agreement is kept, and holds when the clock starts."""
    order = Order()
    order.act("agree_ship_by", ship_by=at(hours=100))
    order.pay(when=at(hours=1))
    assert order.deadline("ship_by").due_at == at(hours=100)


def test_an_agreed_time_before_the_payment_is_over() -> None:
    """Paid only after the agreed time, the order ships within the edition's time, and is not late at once."""
    order = Order()
    order.act("agree_ship_by", ship_by=at(hours=10))
    order.pay(when=at(hours=20))
    assert (order.deadline("ship_by").due_at, order.deadline("ship_by").because.rule) == (at(hours=92), "ship.within")
    assert order.penalty == (0, "0.00")


@pytest.mark.rule("S2-83")
def test_custom_goods_have_no_ship_deadline() -> None:
    """Made to order, nothing is due, and nobody is asked why it is not shipped."""
    order = Order(line(made_to_order=True))
    order.pay()
    order.until(at(days=9))
    assert not order.has("ship_by")
    assert not order.has("ship_alert")
    assert order.penalty == (0, "0.00")


@pytest.mark.rule("S2-83")
def test_custom_goods_beside_others() -> None:
    """The deadline is for the other lines: met without the custom goods."""
    order = Order(line("1", made_to_order=True), line("2"))
    order.pay()
    order.consign("ZT2", "2")
    order.scan("picked_up", "ZT2")
    assert order.deadline("ship_by").state is MET


@pytest.mark.rule("S2-70")
def test_a_campaign_that_moves_takes_its_orders_along() -> None:
    """Other terms move the running deadline."""
    order = Order(campaign=campaign())
    order.pay()
    order.happened("campaign.changed", campaign("P9D").model_dump(mode="json"), when=at(days=6))
    deadline = order.deadline("ship_by")
    assert (deadline.due_at, [change.change for change in deadline.changes]) == (at(days=9), ["moved"])
    assert order.told("campaign.changed") == ["Campaign double-11 has other terms"]


def test_another_campaign_moves_nothing() -> None:
    """An order belongs to one campaign, or to none."""
    for order in (Order(), Order(campaign=campaign(id_="618"))):
        order.pay()
        before = order.deadline("ship_by").due_at
        order.happened("campaign.changed", campaign("P9D").model_dump(mode="json"))
        assert order.deadline("ship_by").due_at == before
        assert order.told("campaign.changed") == []


@pytest.mark.parametrize("picked_up", [at(days=5), None])
def test_a_campaign_moves_running_deadlines_only(picked_up: datetime | None) -> None:
    """What was met, or missed, by the terms of its day stays so; the campaign's other terms are taken over."""
    order = Order(campaign=campaign())
    order.pay()
    if picked_up:
        order.consign()
        order.scan("picked_up", when=picked_up)
    order.until(at(days=7, hours=1))
    before, penalty = order.clock("ship_by"), order.penalty
    for within in ("P1D", "P12D"):
        terms = campaign(within).model_copy(update={"ship_hold": True})
        order.happened("campaign.changed", terms.model_dump(mode="json"))
        assert (order.clock("ship_by"), order.penalty) == (before, penalty)
    assert order.state.campaign
    assert order.state.campaign.ship_hold


def test_cash_on_delivery_runs_from_the_confirmation() -> None:
    """Nothing is due before the buyer has confirmed the order; then 72 hours from there."""
    order = Order(source=Source.CASH_ON_DELIVERY)
    order.until(at(days=5))
    assert not order.has("ship_by")
    order.state.cod_confirmed_at, order.state.cod_confirmed_by = at(days=4), Evidence(type="confirm_cod", id="a-1")
    order.act("add_memo", text="memo:confirmed")
    deadline = order.deadline("ship_by")
    assert (deadline.due_at, deadline.because.event_type) == (at(days=7), "confirm_cod")
