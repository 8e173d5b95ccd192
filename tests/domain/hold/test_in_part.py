"""A hold over several units of which some leave all the same, or are refunded: it holds the others."""

from __future__ import annotations

from tests.domain.hold.held import Held, locking
from tests.domain.orders import line


def three(*, erp: bool = True) -> Held:
    """Three units, and nothing else."""
    order = locking(line("1", "300.00", quantity=3), freight="0.00") if erp else Held(line("1", "300.00", quantity=3))
    if not order.state.paid:
        order.pay()
    return order


def test_one_of_three_leaves_all_the_same() -> None:
    """The order and the hold know that two are held; the memo says so."""
    order = three()
    hold = order.hold()
    assert (hold.stage, order.line().held) == ("locked", 3)
    order.consign("ZT1", units={"1": 1})
    assert (hold.stage, hold.state.units, order.line().held) == ("locked", {"1": 2}, 2)
    assert order.memos[-1].lines == "1 ×2"
    assert hold.told("hold.in_part") == ["Not held any more: line 1"]


def test_the_last_of_them_leaves() -> None:
    """Nothing is left to hold."""
    order = three()
    hold = order.hold()
    order.consign("ZT1", units={"1": 1})
    order.consign("ZT2", units={"1": 2})
    assert (hold.stage, order.line().held) == ("released", 0)


def test_one_of_three_is_refunded() -> None:
    """The refund is of the held units; with the last of them the hold is over."""
    order = three()
    hold = order.hold()
    order.ask("refund_only", reason="other", lines=[{"line_id": "1", "quantity": 1}]).act("agree")
    assert (hold.stage, hold.state.units, order.line().held) == ("locked", {"1": 2}, 2)
    order.ask("refund_only", reason="other", lines=[{"line_id": "1", "quantity": 2}]).act("agree")
    assert (hold.stage, order.line().held) == ("refunded", 0)


def test_what_is_not_held_leaves_first() -> None:
    """One of three is held: two may leave, and the hold stands."""
    order = three(erp=False)
    result = order.act("hold_shipment", lines=[{"line_id": "1", "quantity": 1}], requested_by="buyer")
    order.consign("ZT1", units={"1": 2})
    assert order.line().held == 1
    hold = order.children[result["case_id"]]
    assert hold.state.open
    order.consign("ZT2", units={"1": 1})
    assert (hold.state.open, order.line().held) == (False, 0)
    assert hold.state.stage == "released"


def test_a_refund_before_the_hold_is_not_of_it() -> None:
    """It took a unit that nobody held."""
    order = three(erp=False)
    order.ask("refund_only", reason="other", lines=[{"line_id": "1", "quantity": 1}]).act("agree")
    order.act("hold_shipment", lines=[{"line_id": "1", "quantity": 1}], requested_by="buyer")
    assert order.line().held == 1


def test_one_leaves_and_the_others_are_refunded() -> None:
    """What was held to the end stays: that is a refund, not a release."""
    order = three()
    hold = order.hold()
    order.consign("ZT1", units={"1": 1})
    order.ask("refund_only", reason="other", lines=[{"line_id": "1", "quantity": 2}]).act("agree")
    assert hold.stage == "refunded"
