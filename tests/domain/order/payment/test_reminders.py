"""Calls about payment: when, how often, and what follows each (S2-27..48)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from domain.intervals import Interval
from domain.order.opening import OpenedUnder
from domain.order.state import Source
from domain.shop.hours import GroupHours, Shift, Weekday, WorkingHours
from domain.times import CHINA
from tests.domain.orders import line
from tests.domain.people import Worked

HOUR = timedelta(hours=1)


def china(hour: int, minute: int = 0, day: int = 11) -> datetime:
    """A time of November 2026 on the China clock; the 11th is a Wednesday."""
    return datetime(2026, 11, day, hour, minute, tzinfo=CHINA).astimezone(UTC)


def window(order: Worked) -> tuple[datetime | None, datetime]:
    """From when and until when the open call is to be made."""
    task = order.open_task("payment_reminder")
    return task.not_before, task.due_at


@pytest.mark.rule("S2-27")
@pytest.mark.parametrize(
    ("placed", "begins", "ends"),
    [
        (china(2), china(11), china(12)),
        (china(11, 10), china(11, 40), china(12)),
        (china(11, 45), china(16), china(17)),
        (china(13), china(16), china(17)),
        (china(18), china(11, day=12), china(12, day=12)),
    ],
)
def test_the_first_call_is_for_the_next_window(placed: datetime, begins: datetime, ends: datetime) -> None:
    """Half an hour after placing somebody is asked to call, between eleven and twelve or four and five."""
    order = Worked(placed=placed)
    order.until(placed + timedelta(minutes=29))
    assert order.open_tasks() == []
    order.until(placed + timedelta(minutes=30))
    assert window(order) == (begins, ends)


def test_a_paid_order_is_not_called() -> None:
    """Paid before anybody was asked to call, nobody is; paid later, the task settles itself."""
    order = Worked(placed=china(2))
    order.pay()
    order.until(china(23))
    assert order.state.work_items == [] or order.open_tasks() == ["unshipped_48h"]
    assert order.deadline("payment_reminder").state == "met"
    later = Worked(placed=china(2))
    later.until(china(3))
    later.pay()
    assert later.task("payment_reminder").state == "superseded"


@pytest.mark.rule("S2-33")
def test_a_call_that_was_not_made_moves_on_to_the_next_window() -> None:
    """There is never more than one: what nobody did in its window is for the next one."""
    order = Worked(placed=china(2))
    order.until(china(12))
    assert window(order) == (china(16), china(17))
    order.until(china(17))
    assert window(order) == (china(11, day=12), china(12, day=12))
    assert len(order.state.work_items) == 1


@pytest.mark.rule("S2-32", "S2-35")
def test_what_follows_a_call() -> None:
    """The marketplace's reminder, then a message, then the memo, in this order and once each."""
    order = Worked(placed=china(2))
    order.until(china(11, 5))
    order.done("payment_reminder", "reached", reason="considering")
    assert order.after_messages == ["remind_to_pay", "payment_reminder", "memo"]
    assert order.memos == ["已催付"]


@pytest.mark.rule("S2-31")
def test_the_promised_time_is_followed_up() -> None:
    """The buyer said when they would pay: the memo says so, and the next call is in the first window after it."""
    order = Worked(placed=china(2))
    order.until(china(11, 5))
    order.done("payment_reminder", "reached", reason="balance_short", promised_pay_at=china(12, 30).isoformat())
    assert window(order) == (china(16), china(17))
    assert order.open_task("payment_reminder").variant == "follow_up"
    assert order.memos == ["已催付，顾客11月11日 12:30前付款"]


def test_a_promise_lies_ahead() -> None:
    """A time that has passed is no promise."""
    order = Worked(placed=china(2))
    order.until(china(11, 5))
    promised = china(11).isoformat()
    assert order.not_done("payment_reminder", "reached", promised_pay_at=promised) == ["promise_in_past"]


def test_reached_without_a_promise_they_are_left_alone_for_a_day() -> None:
    """Nobody calls again in the afternoon."""
    order = Worked(placed=china(2))
    order.until(china(11, 5))
    order.done("payment_reminder", "reached", reason="too_expensive")
    assert window(order) == (china(11, 5, day=12), china(12, day=12))


@pytest.mark.rule("S2-30", "S2-41")
@pytest.mark.parametrize("outcome", ["busy", "not_self", "unreachable"])
def test_not_reached_they_are_called_in_the_next_window(outcome: str) -> None:
    """Not again at once in the window that is running."""
    order = Worked(placed=china(2))
    order.until(china(11, 5))
    order.done("payment_reminder", outcome)
    assert window(order) == (china(16), china(17))


@pytest.mark.rule("S2-48")
def test_three_calls_are_enough() -> None:
    """After the edition's number of calls nobody is asked to call again, whatever came of them."""
    order = Worked(placed=china(2))
    order.until(china(11))
    for call in ("unreachable", "busy", "reached"):
        order.until(order.open_task("payment_reminder").not_before or order.now)
        order.done("payment_reminder", call)
    order.until(china(23, day=13))
    assert order.open_tasks() == []
    assert len(order.state.calls) == 3


@pytest.mark.rule("S2-40")
def test_the_buyer_does_not_want_it() -> None:
    """No more calls; the order is closed only if the buyer agreed."""
    order = Worked(placed=china(2))
    order.until(china(11, 5))
    order.done("payment_reminder", "not_wanted")
    assert (order.stage, order.open_tasks()) == ("awaiting_payment", [])
    agreed = Worked(placed=china(2))
    agreed.until(china(11, 5))
    agreed.done("payment_reminder", "not_wanted", buyer_consent=True)
    assert (agreed.stage, agreed.state.outcome) == ("closed", "unpaid")
    assert agreed.memos == ["已催付，顾客不需要了，同意关闭订单"]


def test_no_call_after_the_order_closes() -> None:
    """A follow-up that would come after the closing is not asked for."""
    order = Worked(placed=china(2))
    order.until(china(11, 5))
    order.done("payment_reminder", "reached", promised_pay_at=china(10, day=14).isoformat())
    assert order.open_tasks() == []


def test_cash_on_delivery_is_not_called_about_payment() -> None:
    """The buyer pays at the door."""
    order = Worked(source=Source.CASH_ON_DELIVERY, placed=china(2))
    order.until(china(17))
    assert "payment_reminder" not in [item.type for item in order.state.work_items]


def test_nobody_calls_while_nobody_works() -> None:
    """Presale works in the afternoon only: the call waits for the afternoon's window."""
    afternoon = Shift(days=tuple(Weekday), intervals=(Interval.model_validate({"from": "13:00", "to": "18:00"}),))
    hours = WorkingHours.model_validate({"groups": {"presale": GroupHours(shifts=(afternoon,))}})
    order = Worked(placed=china(2), under=OpenedUnder(hours=hours))
    order.until(china(3))
    assert window(order) == (china(16), china(17))


@pytest.mark.rule("S2-37")
def test_the_script_names_the_order() -> None:
    """Whoever calls has the order's facts before them: goods, amount, when it was placed, when it closes."""
    order = Worked(placed=china(2))
    order.until(china(3))
    values = order.open_task("payment_reminder").values
    assert (values["amount"], values["placed_at"], values["pay_by"]) == (
        "209.00",
        "2026-11-10T18:00:00Z",
        "2026-11-13T18:00:00Z",
    )
    assert "连衣裙×1" in values["items"]


@pytest.mark.rule("S2-37")
def test_the_script_names_what_is_still_to_be_paid() -> None:
    """A part was paid: nobody asks for it again."""
    order = Worked(placed=china(2))
    order.until(china(3))
    order.pay("50.00")
    assert order.open_task("payment_reminder").values["amount"] == "159.00"


@pytest.mark.parametrize(
    ("paid", "freight", "said"),
    [
        ("", "12.00", "应付 62.00 元（含运费 12.00 元）"),
        ("", "0.00", "应付 50.00 元（包邮）"),
        ("57.00", "12.00", "已付 57.00 元，还差 5.00 元，"),
    ],
)
def test_what_is_to_pay_is_said_as_it_is(paid: str, freight: str, said: str) -> None:
    """Of a part that is open nobody says how much freight is in it."""
    order = Worked(line("1", "50.00"), placed=china(2), freight=freight)
    if paid:
        order.pay(paid)
    order.until(china(3))
    item = order.open_task("payment_reminder")
    words = order.case.policy.work
    assert said in words.fill(words.tasks["payment_reminder"].script, item.values, order.now).zh
