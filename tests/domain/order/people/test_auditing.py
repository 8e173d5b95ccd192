"""Looking an order over, with its buyer and before it is printed (S2-04, S2-16, S4-60..63)."""

from __future__ import annotations

import pytest

from domain.order.opening import Buyer, OpenedUnder
from domain.order.state import Source
from tests.domain.orders import at
from tests.domain.people import BUYER, Worked

WROTE = OpenedUnder(message="memo:1")


@pytest.mark.rule("S2-04")
def test_goods_and_address_are_checked_with_a_buyer_who_inquired() -> None:
    """Until it leaves; nobody above hears of it, for the order goes on without."""
    order = Worked(source=Source.INQUIRY)
    assert (order.open_task("check_order").variant, order.has("task_due")) == ("inquiry", False)
    order.pay()
    order.consign(when=at(hours=1))
    order.scan("picked_up", when=at(hours=2))
    assert order.open_tasks() == []


@pytest.mark.rule("S2-16")
def test_what_a_buyer_wrote_is_read() -> None:
    """A silent order without a message asks nobody."""
    assert Worked(under=WROTE).open_task("check_order").variant == "message"
    assert Worked().open_tasks() == []


@pytest.mark.rule("S4-60")
@pytest.mark.parametrize(
    ("missing", "doubtful"),
    [({}, False), ({"phone": None}, True), ({"phone": "12"}, True), ({"address": ""}, True), ({"name": None}, True)],
)
def test_a_recipient_that_no_parcel_would_reach(missing: dict[str, object], doubtful: bool) -> None:
    """Looked at when the ERP has read the order."""
    order = Worked(buyer=Buyer(**BUYER.model_dump() | missing))
    order.pay()
    order.happened("order.erp_read", when=at(minutes=10))
    assert [item.variant for item in order.state.open_work()] == (["recipient"] if doubtful else [])


@pytest.mark.rule("S4-61", "S4-62", "S4-63")
def test_what_is_special_is_looked_at_before_it_is_printed() -> None:
    """An invoice that is wanted, and what the buyer wrote about delivery or goods; an order without asks nobody."""
    order = Worked(under=WROTE)
    order.act("register_invoice", kind="personal", title="memo:2")
    order.pay()
    order.happened("order.erp_read", when=at(minutes=10))
    audits = [item.variant for item in order.state.open_work() if item.type == "order_audit"]
    assert sorted(audits) == ["invoice", "message"]
