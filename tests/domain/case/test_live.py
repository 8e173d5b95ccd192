"""A case being lived: facts once each, actions checked, clocks in their order, one version a change."""

from __future__ import annotations

from datetime import datetime

import pytest

from domain.case.cause import Evidence
from domain.case.deadline import DeadlineState
from domain.case.declare import LastScan
from domain.case.fact import Fact
from domain.case.ids import CaseKind, order_case_id
from domain.case.state import Child
from domain.errors import ActionRefused, Forbidden
from domain.order.life import ORDER
from domain.roles import SYSTEM, Role
from tests.domain.orders import PLACED, Order, actor, at, line, shipped_order


def scan(when: datetime) -> LastScan:
    """A plain scan that the case did not hear of."""
    return LastScan(at=when, evidence=Evidence(type="parcel.scanned", id="s-1"))


def test_opening_is_the_first_version() -> None:
    """The timeline begins with who opened the case, and its first clocks run."""
    order = Order()
    (told,) = order.state.story
    assert (told.seq, told.type, told.version, told.actor) == (1, "case.opened", 1, actor(Role.AGENT))
    assert order.state.version == 1
    assert [deadline.kind for deadline in order.state.running_deadlines()] == ["payment_reminder", "payment"]


def test_a_case_id_can_be_read() -> None:
    """It names kind, shop, marketplace and order, so that a prefix finds a shop's cases."""
    assert order_case_id("demo", "taobao", "T1001") == "order:demo:taobao:T1001"
    assert Order().state.case_id == "order:demo:taobao:T1001"


def test_a_fact_counts_once() -> None:
    """The same source and id again changes nothing, whatever else it says."""
    order = Order()
    assert order.pay(id_="pay-1")
    before = order.state.model_copy(deep=True)
    assert not order.pay("1.00", id_="pay-1")
    assert order.state == before


def test_two_sources_may_use_one_id() -> None:
    """Source and id together tell facts apart."""
    order = Order()
    for source in ("alipay", "wechat"):
        data = {"amount": "100.00"}
        fact = Fact(id="1", source=source, type="payment.received", at=PLACED, actor=SYSTEM, data=data)
        assert order.deliver(fact)
    assert len(order.state.payments) == 2


def test_when_it_happened_and_when_we_learnt_it() -> None:
    """A line of the timeline holds both times, and who reported it."""
    order = Order()
    order.until(at(hours=2))
    order.pay(when=at(hours=1))
    told = next(told for told in order.state.story if told.type == "payment.received")
    assert (told.at, told.recorded_at, told.actor.role) == (at(hours=1), at(hours=2), Role.PAYMENT)


@pytest.mark.parametrize(
    ("event_type", "data"),
    [("parcel.teleported", {}), ("payment.received", {}), ("payment.received", {"amount": "much"})],
)
def test_a_fact_that_cannot_be_read(event_type: str, data: dict[str, str]) -> None:
    """It goes on the timeline and changes nothing else; a case never fails for it."""
    order = Order()
    fact = Fact(id="odd", source="test", type=event_type, at=PLACED, actor=SYSTEM, data=data)
    assert order.deliver(fact)
    assert order.told("fact.not_understood") == [f"Not understood: {event_type}"]
    assert (order.stage, order.state.version, order.state.payments) == ("awaiting_payment", 2, [])
    assert not order.deliver(fact)


def test_another_role_may_not() -> None:
    """A role that the action does not name is turned away before any reason is looked at; the roles are named."""
    with pytest.raises(Forbidden, match=r"This step is for agents and the owner\."):
        Order().act("agree_ship_by", Role.CARRIER, ship_by=at(days=5))


def test_a_refusal_gives_every_reason() -> None:
    """All that speaks against a step is said at once, in sentences that can be read out."""
    order = Order()
    order.pay("1.00")
    order.consign()
    with pytest.raises(ActionRefused) as refused:
        order.act("close_unpaid", reason="memo:1", buyer_consent=False)
    reasons = refused.value.reasons
    assert [reason.code for reason in reasons] == ["already_paid", "already_shipped", "too_soon", "consent_required"]
    assert all(reason.message.endswith(".") for reason in reasons)
    assert str(refused.value).startswith("The buyer has paid")


def test_nothing_can_be_done_once_the_case_has_ended() -> None:
    """Every action is refused, with or without input."""
    order = Order()
    order.until(at(days=3))
    assert not order.state.open
    for action in ORDER.actions:
        if not action.after_end:
            assert order.against(action.name, action.roles[0])[0] == "case_ended"
    assert order.refused("add_memo", text="memo:1") == ["case_ended"]


def test_an_ended_case_still_takes_in_facts() -> None:
    """A late payment of a closed order is booked, and somebody is asked what comes of it."""
    order = Order()
    order.until(at(days=4))
    order.pay()
    assert (order.stage, order.state.outcome, order.state.open) == ("closed", "unpaid", True)
    assert [entry.kind for entry in order.state.ledger] == ["payment"]
    assert order.open_tasks() == ["late_payment"]


def test_the_earliest_clock_passes_first() -> None:
    """Of several clocks that are due, the earliest; none before its time."""
    order = Order()
    order.pay()
    assert order.case.overdue(at(hours=47)) is None
    due = order.case.overdue(at(hours=80))
    assert due is order.deadline("ship_alert")
    assert order.state.next_due_at() == at(hours=48)
    order.until(at(hours=48))
    assert order.state.next_due() is order.deadline("ship_by")


def test_a_clock_passes_at_its_own_time() -> None:
    """However late the case wakes, what follows from a clock happened when it was due."""
    order = Order()
    order.until(at(hours=1))
    deadline = order.deadline("payment")
    order.case.pass_deadline(deadline, at(days=5))
    told = next(told for told in order.state.story if told.type == "order.closed")
    assert (told.at, told.recorded_at, told.actor) == (at(days=3), at(days=5), SYSTEM)
    assert (deadline.state, deadline.version) == (DeadlineState.ELAPSED, order.state.version)


def test_a_deadline_may_pass_twice() -> None:
    """Met by late evidence, and then not after all: it passes again, and its entries have a cause of their own."""
    order = Order(line(quantity=2))
    order.pay()
    order.consign("ZT1", when=at(hours=1))
    order.until(at(hours=80))
    order.scan("picked_up", "ZT1", when=at(hours=70))
    assert (order.deadline("ship_by").state, order.penalty) == (DeadlineState.MET, (0, "0.00"))
    order.consign("ZT2", units={"1": 1}, when=at(minutes=30))
    assert (order.clock("ship_by"), order.penalty) == ((DeadlineState.ELAPSED, at(hours=72)), (3, "4.98"))
    booked = [entry for entry in order.state.ledger if entry.kind == "late_shipment_points" and not entry.reverses]
    assert len(booked) == len({entry.cause for entry in booked}) == 2


def test_a_scan_that_did_not_wake_the_case_moves_the_clock_that_waits_for_it() -> None:
    """The carrier's last scan is heard before tracking counts as stalled; the clock then runs on from it."""
    order = shipped_order()
    deadline = order.deadline("tracking_stall", "zto/ZT1")
    order.case.pass_deadline(deadline, at(hours=49), last_scan=scan(at(hours=30)))
    assert (deadline.state, deadline.due_at) == (DeadlineState.RUNNING, at(hours=78))
    assert order.open_tasks() == []
    order.case.pass_deadline(deadline, at(hours=78), last_scan=scan(at(hours=30)))
    assert deadline.state is DeadlineState.ELAPSED
    assert order.open_tasks() == ["tracking_stalled"]


def test_a_clock_that_waits_for_no_scan_does_not_hear_one() -> None:
    """Only tracking is asked about the last scan."""
    order = Order()
    order.case.pass_deadline(order.deadline("payment"), at(days=3), last_scan=scan(at(hours=1)))
    assert order.stage == "closed"


def test_a_case_stays_open_while_a_child_is() -> None:
    """A closed order ends with its last child."""
    order = Order()
    order.state.children.append(Child(case_id="after-sale:1", kind=CaseKind.AFTER_SALE, stage="awaiting_seller"))
    order.until(at(days=4))
    assert (order.stage, order.state.open) == ("closed", True)
    assert order.against("add_memo") == []
    order.state.children[0].open = False
    order.act("add_memo", text="memo:1")
    assert not order.state.open
    assert order.told("case.ended") == ["The case has ended: unpaid"]


def test_a_case_survives_being_stored() -> None:
    """The whole state goes through JSON and back, as it does when a case goes on in a new run."""
    order = Order()
    order.pay()
    order.consign(when=at(hours=1))
    order.act("extend_receipt", days=3)
    order.until(at(hours=73))
    state = order.state
    assert type(state).model_validate_json(state.model_dump_json()) == state
    assert state.updated_at == at(hours=73)
