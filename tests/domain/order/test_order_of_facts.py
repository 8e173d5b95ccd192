"""The order in which facts arrive does not matter, as long as they arrive before the clocks they concern pass."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.case.deadline import DeadlineState
from domain.case.ledger import totals
from tests.domain.order.histories import History, announced_first, bounded, histories, in_order
from tests.domain.orders import PLACED, Order

HOURS = 40
"""Before the first clock of an order passes (48 h), but for those of people's work."""

PEOPLES = ("payment_reminder", "task_due", "look_again")
"""Whom somebody was to call is not undone by a payment that is learnt of later."""

ends = st.sampled_from((41, 100, 720)).map(lambda hours: PLACED + timedelta(hours=hours))


def clocks(order: Order, *kinds: str) -> list[tuple[str, str, DeadlineState, datetime]]:
    """How every deadline stands, and when it is due; without kinds, all but those of people's work.

    One that was met or called off has no consequence: where that was so before it was learnt, it never ran.
    """
    return sorted(
        (deadline.kind, deadline.subject, deadline.state, deadline.due_at)
        for deadline in order.state.deadlines
        if (deadline.kind in kinds if kinds else deadline.kind not in PEOPLES)
        and deadline.state not in (DeadlineState.MET, DeadlineState.CANCELLED)
    )


def contents(order: Order) -> dict[str, dict[str, int]]:
    """The units in each parcel."""
    return {parcel.subject: parcel.units for parcel in order.state.parcels}


def shuffled(history: History, data: st.DataObject, end: datetime) -> Order:
    """The order that learns of everything at once, in any order."""
    now = PLACED + timedelta(hours=HOURS + 1)
    mixed = announced_first(data.draw(st.permutations(history.happenings)))
    return history.lived([(now, happening) for happening in mixed], end)


@bounded
@given(history=histories(HOURS, shared_lines=False), end=ends, data=st.data())
def test_any_order_ends_alike(history: History, end: datetime, data: st.DataObject) -> None:
    """Stage, outcome, ledger and every deadline of the order are the same in whichever order the facts arrived."""
    in_time, mixed = history.lived(in_order(history), end), shuffled(history, data, end)
    assert mixed.stage == in_time.stage
    assert (mixed.state.outcome, mixed.state.open) == (in_time.state.outcome, in_time.state.open)
    assert totals(mixed.state.ledger) == totals(in_time.state.ledger)
    assert clocks(mixed) == clocks(in_time)


@bounded
@given(history=histories(HOURS), end=ends, data=st.data())
def test_lines_in_several_parcels(history: History, end: datetime, data: st.DataObject) -> None:
    """Lines that share parcels, or are named by no consignment, cost the same and are due at the same time."""
    in_time, mixed = history.lived(in_order(history), end), shuffled(history, data, end)
    assert totals(mixed.state.ledger) == totals(in_time.state.ledger)
    kinds = ("payment", "ship_by", "ship_alert", "auto_confirm")
    assert clocks(mixed, *kinds) == clocks(in_time, *kinds)
    assert contents(mixed) == contents(in_time)


@bounded
@given(history=histories(), data=st.data())
def test_a_doubled_fact_changes_nothing(history: History, data: st.DataObject) -> None:
    """A fact that was seen before is dropped: not even the version changes."""
    order = history.open()
    known = []
    for moment, happening in in_order(history):
        order.until(moment)
        assert order.deliver(happening.as_fact())
        known.append(happening)
        before = order.state.model_copy(deep=True)
        again = data.draw(st.sampled_from(known))
        assert not order.deliver(again.as_fact())
        assert order.state == before
