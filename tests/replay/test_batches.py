"""Reports in batches: the clock stops seldom, and every case ends as if each fact had been told at its very time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import assume, example, given
from hypothesis import strategies as st

from replay.batches import AT_MOST, SLACK, batches
from replay.orders import RecordedOrder
from tests.replay.lived import essence, lived_at_once, lived_in_batches, order, windows_of

PLACED = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)


def after(hours: float = 0, minutes: float = 0) -> datetime:
    return PLACED + timedelta(hours=hours, minutes=minutes)


around = st.builds(
    timedelta,
    hours=st.sampled_from([0, 0, 1, 7, 24, 47, 48, 49, 71, 72, 73, 96, 120, 168, 192, 240, 241, 408]),
    minutes=st.integers(-20, 20),
).filter(lambda delay: delay >= timedelta())


@st.composite
def logs(draw: st.DrawFn) -> list[RecordedOrder]:
    """A few orders whose times lie on, and around, the deadlines of the edition; some unpaid, some on their way."""
    orders = []
    for number in range(draw(st.integers(1, 4))):
        placed_at = PLACED + timedelta(minutes=draw(st.integers(0, 1800)))
        paid_at = placed_at + draw(around)
        picked_up_at = paid_at + draw(around)
        consigned_at = draw(st.sampled_from([None, picked_up_at, paid_at + draw(around)]))
        got_to = draw(st.integers(0, 3))
        orders.append(
            order(
                f"A{number}",
                placed_at,
                paid_at=paid_at if got_to else None,
                consigned_at=consigned_at if got_to else None,
                picked_up_at=picked_up_at if got_to > 1 else None,
                signed_at=picked_up_at + draw(around) if got_to > 2 else None,
            )
        )
    return orders


@given(orders=logs(), drift=st.timedeltas(timedelta(), SLACK - timedelta(seconds=30)))
@example(orders=[order("A0", PLACED, paid_at=after(72))], drift=timedelta())
@example(orders=[order("A0", PLACED, paid_at=after(72, 1))], drift=timedelta())
@example(orders=[order("A0", PLACED, paid_at=PLACED, picked_up_at=after(72))], drift=timedelta())
def test_told_in_batches_every_case_ends_as_if_told_at_once(orders: list[RecordedOrder], drift: timedelta) -> None:
    """Deadlines, money, tasks, outcome: nothing differs, though the clock runs over the times it should stand at."""
    made = batches(windows_of(recorded) for recorded in orders)
    # Two clocks of one case minutes apart, and a fact between them: the player would stop with TooSlow.
    assume(all(batch.before is None or batch.at + drift < batch.before for batch in made))
    told = lived_in_batches(orders, made, drift)
    assert [essence(case) for case in told] == [essence(lived_at_once(recorded)) for recorded in orders]


@given(orders=logs())
def test_everything_is_told_once_in_the_order_it_happened(orders: list[RecordedOrder]) -> None:
    """Each opening and fact is in one batch; an order's come one after another, the clock never goes back."""
    planned = [windows_of(recorded) for recorded in orders]
    made = batches(planned)
    told = [(report.order, report.step) for batch in made for report in batch.reports]
    assert sorted(told) == [(place, step) for place, found in enumerate(planned) for step in range(len(found))]
    for place in range(len(orders)):
        assert [step for other, step in told if other == place] == sorted(s for p, s in told if p == place)
    assert [batch.at for batch in made] == sorted(batch.at for batch in made)


@given(orders=logs())
def test_no_batch_waits_until_a_clock_runs_out(orders: list[RecordedOrder]) -> None:
    """Everything is told before the clock that it must not run over, by the slack where there is so much room."""
    for batch in batches(windows_of(recorded) for recorded in orders):
        for after_it, at, before in (report.window for report in batch.reports):
            if before is None:
                continue
            assert batch.at < before
            if before - max(after_it or at, at - SLACK) >= 2 * SLACK:
                assert batch.at <= before - SLACK


@given(orders=logs())
def test_nothing_waits_longer_than_the_batch_may_last_and_nothing_is_told_much_too_early(
    orders: list[RecordedOrder],
) -> None:
    """A fact waits six hours at most; before it happened it is told by the slack at most."""
    for batch in batches(windows_of(recorded) for recorded in orders):
        for report in batch.reports:
            assert report.window.at - SLACK <= batch.at <= report.window.at + AT_MOST


def test_a_payment_is_told_before_the_deadline_that_it_meets() -> None:
    """Paid in the last second of three days: the clock stops before that second."""
    (opening, payment) = batches([windows_of(order("A0", PLACED, paid_at=after(72)))])
    assert opening.at == PLACED
    assert payment.at == after(72) - SLACK


def test_facts_that_no_deadline_parts_are_told_together() -> None:
    """Placed, paid and picked up within hours: one stop of the clock."""
    (batch,) = batches([windows_of(order("A0", PLACED, paid_at=after(1), picked_up_at=after(5)))])
    assert batch.at == after(5)
    assert [report.step for report in batch.reports] == [0, 1, 2, 3]
