"""Holds by memo alone: asked for, told, and undone."""

import pytest

from domain.case.ledger import EntryKind, net
from domain.hold.state import HoldStage
from domain.order.state import OrderStage
from domain.roles import Role
from tests.domain.hold.held import ON, Erp, Held
from tests.domain.orders import at, line


@pytest.mark.rule("S0-08", "S0-15", "S0-16")
@pytest.mark.parametrize("role", [Role.AGENT, Role.BUYER])
def test_asking_stamps_the_memo_and_tells_the_buyer_at_once(role: Role) -> None:
    """Whoever asks: the memo is on the order and the message is out before a minute has passed."""
    order = Held(frozen_to=at(hours=20))
    order.set_up(ship_hold=ON | {"self_service": True})
    order.hold(role=role)
    assert [(memo.case_id, memo.released) for memo in order.memos] == [(order.state.case_id, False)]
    assert order.sent() == ["ship_hold_received"]
    assert order.messages[0].values == {"refunds_open": "11月11日 20:00"}


def test_the_message_names_no_time_where_refunds_are_open() -> None:
    """The wording without a time is sent then."""
    order = Held()
    order.hold()
    assert order.messages[0].values == {}


@pytest.mark.rule("S0-18", "S0-21")
def test_a_memo_is_never_called_a_success() -> None:
    """Days later the hold is what it was, and the buyer has heard of no success."""
    order = Held(frozen_to=at(hours=20))
    hold = order.hold()
    order.until(at(days=2))
    assert hold.stage == HoldStage.MEMO_ONLY
    assert order.sent() == ["ship_hold_received"]
    assert order.locks == []


@pytest.mark.rule("S0-21")
def test_not_even_an_erp_makes_a_memo_a_success() -> None:
    """An ERP that was never asked reports a lock: it is noted."""
    order = Held()
    hold = order.hold()
    hold.erp_says(locked=True)
    assert hold.stage == HoldStage.MEMO_ONLY
    assert len(hold.told("hold.lock_answer")) == 1
    assert order.sent() == ["ship_hold_received"]


@pytest.mark.rule("S0-10", "S0-17", "S0-24", "S0-32", "S0-33", "S0-34", "S0-35")
@pytest.mark.parametrize(
    ("erp_lock", "routing", "locks"),
    [
        (True, "platform_erp_wms", True),
        (True, "own", True),
        (True, "platform_wms", False),
        (False, "platform_erp_wms", False),
        (False, "platform_wms", False),
    ],
)
def test_the_way_of_the_orders_decides_whether_the_erp_is_asked(erp_lock: bool, routing: str, locks: bool) -> None:
    """The memo is always stamped; the ERP is asked where it is to lock and the orders pass through it."""
    order = Held()
    order.set_up(ship_hold=ON | {"erp_lock": erp_lock, "routing": routing})
    hold = order.hold()
    assert hold.stage == (HoldStage.LOCKED if locks else HoldStage.MEMO_ONLY)
    assert [lock.units for lock in order.locks] == ([{"1": 1}] if locks else [])
    assert len(order.memos) == 1


@pytest.mark.rule("S0-12", "S0-13")
def test_single_items_or_the_whole_order_are_held() -> None:
    """The lines that the buyer picked, or all where none is named; the memo names the picked ones."""
    some = Held(line("1"), line("2"))
    some.hold("2")
    assert [each.held for each in some.state.lines] == [0, 1]
    assert some.memos[0].lines == "2"
    whole = Held(line("1"), line("2"))
    whole.hold()
    assert [each.held for each in whole.state.lines] == [1, 1]
    assert whole.memos[0].lines == ""


@pytest.mark.rule("S0-23")
def test_a_hold_costs_nothing() -> None:
    """Neither the hold nor its order books a fee."""
    order = Held()
    hold = order.hold()
    order.until(at(hours=30))
    hold.release()
    assert hold.state.ledger == []
    assert net(order.state.ledger, EntryKind.INTERCEPT_FEE) == 0


@pytest.mark.rule("S0-26", "S0-27")
@pytest.mark.parametrize("role", [Role.AGENT, Role.BUYER])
def test_without_an_erp_a_release_changes_the_memo_and_tells_the_shippers(role: Role) -> None:
    """The memo says ship, the warehouse has a task, which ends when the goods leave."""
    order = Held(line("1"), line("2"))
    hold = order.hold("2")
    hold.release(role)
    assert (hold.stage, hold.state.outcome, hold.state.open) == ("released", "released", False)
    assert [(memo.lines, memo.released) for memo in order.memos] == [("2", False), ("2", True)]
    assert order.open_tasks() == ["ship_again"]
    assert not order.line("2").held
    order.consign("ZT1", "1")
    assert order.open_tasks() == ["ship_again"]
    order.consign("ZT2", "2")
    assert order.open_tasks() == []


def test_a_released_hold_cannot_be_released_again() -> None:
    """It has ended; a new hold may be asked for, and takes back the task to ship."""
    order = Held()
    hold = order.hold()
    hold.release()
    assert hold.release_refused() == ["case_ended"]
    again = order.hold()
    assert again.state.case_id != hold.state.case_id
    assert order.open_tasks() == []


def test_goods_that_left_all_the_same_end_the_hold() -> None:
    """Every held line left: there is nothing to hold, and nothing to ship again."""
    order = Held()
    hold = order.hold()
    order.consign()
    assert hold.stage == HoldStage.RELEASED
    assert order.open_tasks() == []
    assert order.stage == OrderStage.AWAITING_SHIPMENT


def test_one_of_two_held_lines_that_left_does_not_free_the_other() -> None:
    """The other stays held until it leaves too."""
    order = Held(line("1"), line("2"))
    hold = order.hold()
    order.consign("ZT1", "1")
    assert hold.stage == HoldStage.MEMO_ONLY
    order.consign("ZT2", "2")
    assert hold.stage == HoldStage.RELEASED


@pytest.mark.rule("S0-09")
def test_a_failed_lock_leaves_the_memo_and_a_person_to_see_to_it() -> None:
    """Where the ERP does not lock, the memo is all there is, so somebody has to speak with those who ship."""
    order = Held(erp=Erp.WILL_NOT)
    order.set_up(ship_hold=ON | {"erp_lock": True})
    hold = order.hold()
    assert len(order.memos) == 1
    assert hold.open_tasks() == ["hold_lock_by_hand"]
