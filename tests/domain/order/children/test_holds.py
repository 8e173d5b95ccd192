"""What speaks against a hold, and what an order makes of what its holds tell."""

import pytest

from domain.errors import ActionRefused
from domain.roles import Role
from tests.domain.hold.held import ON, Held, sale
from tests.domain.orders import at, line


@pytest.mark.rule("S0-06", "S0-22")
def test_a_shop_that_has_not_switched_holds_on_has_none() -> None:
    """Any shop may, once its main account has switched them on."""
    order = Held()
    order.set_up()
    assert order.hold_refused() == ["not_enabled"]
    order.set_up(ship_hold=ON)
    assert order.hold_refused() == []


@pytest.mark.rule("S0-25")
def test_buyers_hold_for_themselves_where_the_shop_lets_them() -> None:
    """Else it is the shop's people who ask."""
    order = Held()
    assert order.hold_refused(role=Role.BUYER) == ["no_self_service"]
    order.set_up(ship_hold=ON | {"self_service": True})
    hold = order.hold(role=Role.BUYER)
    assert hold.state.requested_by == "buyer"


@pytest.mark.rule("S0-14")
@pytest.mark.parametrize(
    ("terms", "hours", "refused"),
    [
        (sale(), 0, []),
        (sale(), 23.9, []),
        (sale(), 24, ["not_in_campaign"]),
        (sale(starts_at=at(hours=2)), 1, ["not_in_campaign"]),
        (sale(ship_hold=False), 0, ["not_in_campaign"]),
        (None, 0, ["not_in_campaign"]),
    ],
)
def test_goods_are_held_in_campaigns_that_allow_it(terms: object, hours: float, refused: list[str]) -> None:
    """From its start, until before its end."""
    order = Held(campaign=terms)
    order.until(at(hours=hours))
    assert order.hold_refused() == refused


@pytest.mark.rule("S0-14")
def test_a_campaign_may_stop_allowing_holds() -> None:
    """Those that stand go on; new ones are refused."""
    order = Held(line("1"), line("2"))
    standing = order.hold("1")
    order.campaign_changes(sale(ship_hold=False))
    assert order.hold_refused("2") == ["not_in_campaign"]
    assert standing.state.open


def test_every_reason_is_named_at_once() -> None:
    """Not only the first."""
    order = Held(campaign=None)
    order.set_up()
    assert order.hold_refused("9", role=Role.BUYER) == [
        "not_enabled",
        "no_self_service",
        "not_in_campaign",
        "unknown_line",
    ]


def test_goods_that_left_are_past_holding() -> None:
    """Consigned is shipped; what has not left may still be held."""
    order = Held(line("1"), line("2"))
    order.consign("ZT1", "1")
    assert order.hold_refused("1") == ["already_shipped"]
    assert order.hold_refused() == ["already_shipped"]
    assert order.hold_refused("2") == []


def test_goods_are_held_once() -> None:
    """Lines that are held already are refused; others are not."""
    order = Held(line("1"), line("2"))
    order.hold("1")
    assert order.hold_refused("1") == ["already_held"]
    assert order.against("hold_shipment") == []
    order.hold("2")
    assert order.against("hold_shipment") == ["already_held"]


@pytest.mark.rule("S0-01", "S0-02", "S0-03")
def test_a_hold_keeps_the_goods_until_refunds_open() -> None:
    """No refund while the campaign freezes them, then the refund closes the order and the goods never left."""
    order = Held(frozen_to=at(hours=20))
    hold = order.hold()
    (refusal,) = order.against_request("refund_only", reason="other")
    assert refusal.code == "refunds_frozen"
    assert "20:00" in refusal.message
    order.until(at(hours=20))
    order.ask("refund_only", reason="other").act("agree")
    assert (hold.stage, order.stage, order.state.outcome) == ("refunded", "closed", "refunded")


@pytest.mark.rule("S0-04")
def test_no_word_of_a_hold_moves_the_stage() -> None:
    """Asked for, released, asked for again: the order awaits its shipment."""
    order = Held()
    for _ in range(2):
        hold = order.hold()
        assert order.stage == "awaiting_shipment"
        hold.release()
        assert order.stage == "awaiting_shipment"
    assert [(child.stage, child.open) for child in order.state.children] == [("released", False)] * 2


def test_a_word_that_was_overtaken_changes_nothing() -> None:
    """A hold's older standing arrives after its newer one."""
    order = Held()
    hold = order.hold()
    older = order.state.holds[0]
    hold.release()
    order.happened("hold.moved", older.model_dump(mode="json"))
    assert not order.line().held


def test_warehouse_staff_do_not_ask_for_holds() -> None:
    """The shop's agents and, where they may, the buyer do."""
    order = Held()
    with pytest.raises(Exception, match="This step is for agents, supervisors, the owner and the buyer"):
        order.hold(role=Role.WAREHOUSE)
    with pytest.raises(ActionRefused):
        order.hold("9")
