"""What a case hands to the store: the rows that changed since the last write, and its whole state."""

from __future__ import annotations

from domain.case.record import record
from tests.domain.orders import Order, at


def test_the_first_write_brings_everything() -> None:
    """From version 0: the story so far, every row, and the state without the story."""
    order = Order()
    order.pay()
    write = record(order.state, since=0)
    assert (write.case_id, write.since, write.version) == ("order:demo:taobao:T1001", 0, 2)
    assert [told.seq for told in write.story] == [1, 2, 3]
    assert [deadline.kind for deadline in write.deadlines] == ["payment", "payment_reminder", "ship_by", "ship_alert"]
    assert [entry.kind for entry in write.ledger] == ["payment"]
    assert write.state["stage"] == "awaiting_shipment"
    assert "story" not in write.state


def test_a_write_brings_only_what_changed() -> None:
    """Rows of versions that were written before are left out; what has not changed is not written again."""
    order = Order()
    order.pay()
    written = order.state.version
    order.until(at(hours=49))
    write = record(order.state, since=written)
    assert (write.since, write.version) == (2, 3)
    assert [deadline.kind for deadline in write.deadlines] == ["ship_alert", "task_due"]
    assert [item.type for item in write.work_items] == ["unshipped_48h"]
    assert write.ledger == []
    assert [told.type for told in write.story] == ["work_item.made"]


def test_a_task_that_settled_itself_is_written_again() -> None:
    """A superseded task carries the version that settled it."""
    order = Order()
    order.pay()
    order.until(at(hours=49))
    written = order.state.version
    assert record(order.state, since=written).work_items == []
    order.consign()
    order.scan()
    (item,) = record(order.state, since=written).work_items
    assert (item.state, item.version) == ("superseded", order.state.version)


def test_money_is_text_in_the_state() -> None:
    """Amounts are written with two places, never as floats."""
    order = Order()
    order.pay("209.00")
    (payment,) = record(order.state, since=0).model_dump(mode="json")["state"]["payments"]
    assert payment["amount"] == "209.00"
