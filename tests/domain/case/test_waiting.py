"""Whom a case waits for, as its snapshot says it; and a child as its parent knows it from the first version on."""

from __future__ import annotations

from typing import Any

import pytest

from domain.after_sale.life import AFTER_SALE
from domain.case.live import LiveCase
from domain.case.record import record
from domain.case.waiting import Waiting, waiting
from domain.order.life import ORDER
from domain.order.state import Source
from domain.roles import Role
from tests.domain.after_sale.made import paid, shipped, signed
from tests.domain.after_sale.outside import Payer
from tests.domain.complaint.complained import Type, complained
from tests.domain.hold.held import Erp, Held, locking
from tests.domain.intercept.stopping import LATER, asked_back, on_its_way
from tests.domain.orders import PLACED, Order, at, shipped_order
from tests.domain.people import Worked


def whom(case: LiveCase[Any]) -> list[tuple[str, str]]:
    return [(one.party.value, one.what) for one in waiting(case.life.waits_for, case.state)]


def test_an_order_waits_for_its_payment_until_it_closes() -> None:
    """Since when, and until when, as the clock has it."""
    order = Order()
    (waits,) = waiting(ORDER.waits_for, order.state)
    assert waits.model_dump(mode="json", by_alias=True) == {
        "party": "buyer",
        "for": "payment",
        "since": "2026-11-10T16:00:30Z",
        "until": "2026-11-13T16:00:30Z",
    }


def test_an_order_waits_for_whoever_has_the_goods() -> None:
    """The warehouse, the carrier, the buyer; and nobody once only the return window runs."""
    order = Order()
    order.pay()
    assert whom(order.case) == [("warehouse", "shipment")]
    order.consign()
    assert whom(order.case) == [("carrier", "pick_up")]
    order.scan("picked_up")
    assert whom(order.case) == [("carrier", "delivery")]
    order.scan("signed")
    assert whom(order.case) == [("buyer", "receipt")]
    order.act("confirm_receipt", Role.BUYER)
    assert whom(order.case) == []
    order.until(at(days=9))
    assert not order.state.open


def test_cash_on_delivery_waits_for_the_call() -> None:
    """The seller's, and it is presale's task."""
    order = Order(source=Source.CASH_ON_DELIVERY)
    assert whom(order.case) == [("seller", "confirmation"), ("seller", "confirm_cod")]


def test_people_are_named_by_their_group() -> None:
    """A task is until it is due."""
    order = shipped_order()
    order.until(at(days=2, hours=2))
    waits = waiting(ORDER.waits_for, order.state)
    item = order.task("tracking_stalled")
    assert waits[-1] == Waiting(party="seller", what="tracking_stalled", since=item.created_at, until=item.due_at)  # type: ignore[arg-type]


def test_a_partner_that_is_to_pay_is_waited_for_also_in_what_is_stored() -> None:
    """`payments: pay 199.00 …`, as long as it does not answer; the order waits for the request meanwhile."""
    trade = paid(payer=Payer.SILENT)
    ask = trade.ask("refund_only")
    ask.act("agree")
    (waits,) = waiting(AFTER_SALE.waits_for, ask.state)
    assert (waits.party, waits.what, waits.since) == ("partner", "payments: pay 209.00 to the buyer (refund)", PLACED)
    stored = AFTER_SALE.state.model_validate(record(ask.state, since=0).state)
    assert waiting(AFTER_SALE.waits_for, stored) == [waits]
    assert ("partner", ask.state.case_id) in whom(trade.case)


def test_what_a_partner_will_not_pay_waits_for_finance() -> None:
    """Here and in the order."""
    trade = paid(payer=Payer.REFUSES)
    ask = trade.ask("refund_only")
    ask.act("agree")
    assert whom(ask.case) == [("finance", "payment"), ("finance", "pay_refund")]
    assert ("finance", ask.state.case_id) in whom(trade.case)


def test_a_request_waits_for_one_party_after_the_other() -> None:
    """The seller, the buyer, the warehouse."""
    ask = signed().ask("return_refund")
    assert whom(ask.case)[0] == ("seller", "answer")
    ask.act("agree")
    assert whom(ask.case) == [("buyer", "return")]
    ask.send_back()
    assert whom(ask.case) == [("warehouse", "inspection")]
    ask.inspect()
    assert whom(ask.case) == []


def test_holds_interceptions_and_complaints_wait_for_somebody_too() -> None:
    """Whoever may act next."""
    hold = locking().hold()
    assert whom(hold.case)[0] == ("seller", "release")
    trade = on_its_way(answer=LATER)
    (stopped,) = trade.stop(asked_back(trade))
    assert whom(stopped.case)[0] == ("carrier", "answer")
    complaint = complained(Type.BREACH_OF_PROMISE)
    assert whom(complaint.case)[0] == ("seller", "answer")


def test_a_request_that_is_decided_waits_for_its_interception() -> None:
    """Its order names whoever the interception waits for, not a partner that nobody has asked for anything."""
    trade = on_its_way()
    (stopped,) = trade.stop(ask := asked_back(trade))
    assert (ask.stage, ask.state.open) == ("succeeded", True)
    assert set(whom(trade.case)) == {("carrier", ask.state.case_id), ("carrier", stopped.state.case_id)}
    trade.reported("returned", when=at(days=3))
    assert set(whom(trade.case)) >= {("seller", ask.state.case_id), ("seller", stopped.state.case_id)}


def test_a_request_that_is_decided_waits_for_who_looks_at_its_goods() -> None:
    """They came after it was paid by timeout."""
    trade = signed()
    ask = trade.ask("return_refund", reason="quality")
    ask.act("agree")
    ask.send_back()
    trade.until(at(days=14))
    ask.scan("signed")
    assert ask.stage == "succeeded"
    assert ("warehouse", ask.state.case_id) in whom(trade.case)


def test_money_paid_by_hand_is_waited_for_no_more() -> None:
    """The step that pays it decides the request too; its task goes away before the order hears whom is waited for."""
    ended = paid(payer=Payer.REFUSES).ask("refund_only")
    ended.act("agree")
    heard = [ended.view.waits_for]
    ended.act("confirm_refund_paid", Role.FINANCE)
    heard.append(ended.view.waits_for)
    assert (ended.state.open, heard) == (False, ["finance", None])

    stays = signed(payer=Payer.REFUSES).ask("return_refund", reason="quality")
    stays.act("agree")
    stays.send_back()
    stays.trade.until(at(days=14))
    stays.scan("signed")
    stays.act("confirm_refund_paid", Role.FINANCE)
    assert (stays.state.open, stays.stage, stays.open_tasks()) == (True, "succeeded", ["inspect_return"])
    assert stays.view.waits_for == "warehouse"


@pytest.mark.parametrize("locks", [True, False])
def test_a_hold_is_known_as_it_stands_at_once(locks: bool) -> None:
    """Nobody has to tell the order that the ERP is asked, or that a memo is all there is."""
    held = locking() if locks else Held()
    held.letters_wait = True
    hold = held.hold()
    (child,) = held.state.children
    assert child.stage == held.state.holds[0].stage == ("locking" if locks else "memo_only")
    assert (child.stage == hold.stage) is not locks  # the ERP has answered since


def test_a_refund_that_the_shop_opens_agreed_is_known_so_at_once() -> None:
    """Its order does not show that the seller has to answer."""
    order = Worked()
    order.pay()
    order.consign()
    order.scan("picked_up")
    order.happened("parcel.exception", {"carrier": "zto", "tracking_no": "ZT1", "kind": "lost"})
    order.done("parcel_exception", "refund")
    (child,) = order.state.children
    assert (child.stage, order.state.requests[0].stage) == ("refunding", "refunding")


def test_nothing_of_an_ended_case_runs_on() -> None:
    """A hold ends because its goods left; its clocks stop with it."""
    held = Held()
    hold = held.hold()
    held.consign()
    assert not hold.state.open
    assert hold.state.running_deadlines() == []
    assert whom(hold.case) == []
    assert shipped().state.running_deadlines()


def test_a_hold_waits_for_the_erp_that_has_not_said() -> None:
    """Asked, the partner owes an answer; that it will say later, and until it has, it still is the one."""
    order = locking(erp=Erp.SILENT)
    assert whom(order.hold().case) == [("seller", "release"), ("partner", "lock")]
