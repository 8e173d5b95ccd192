"""Whatever happened, and however late the case learnt of it: points and compensation are what the facts call for."""

from datetime import datetime, timedelta

from hypothesis import given, note
from hypothesis import strategies as st

from tests.domain.order.histories import History, bounded, histories, in_order, late_deliveries
from tests.domain.order.shipping import oracle
from tests.domain.orders import PLACED

ends = st.sampled_from((200, 330, 480)).map(lambda hours: PLACED + timedelta(hours=hours))


@bounded
@given(history=histories(), end=ends)
def test_facts_in_time(history: History, end: datetime) -> None:
    """Facts learnt as they happen cost what the rules' text says, at any time one looks."""
    order = history.lived(in_order(history), end)
    assert order.penalty == oracle.penalty(history, end)


@bounded
@given(history=histories(), data=st.data())
def test_facts_late(history: History, data: st.DataObject) -> None:
    """Facts learnt up to five days late, in any order, cost the same in the end (S2-84)."""
    end = PLACED + timedelta(hours=480)
    deliveries = data.draw(late_deliveries(history))
    order = history.lived(deliveries, end)
    assert order.penalty == oracle.penalty(history, end)


@bounded
@given(history=histories(), data=st.data())
def test_late_facts_agree_with_facts_in_time(history: History, data: st.DataObject) -> None:
    """The ship deadline ends in the same state, due at the same time for the same reason."""
    end = PLACED + timedelta(hours=480)
    in_time = history.lived(in_order(history), end)
    late = history.lived(data.draw(late_deliveries(history)), end)
    assert late.penalty == in_time.penalty
    assert late.has("ship_by") == in_time.has("ship_by")
    if late.has("ship_by"):
        left, right = late.deadline("ship_by"), in_time.deadline("ship_by")
        note(f"late: {left.changes}")
        assert (left.state, left.due_at, left.because.rule) == (right.state, right.due_at, right.because.rule)
        assert left.number == right.number == 1, "one ship deadline an order"


@bounded
@given(history=histories(), data=st.data())
def test_no_reversal_is_lost(history: History, data: st.DataObject) -> None:
    """Every reversal takes back one entry of the same kind and amount with its sides swapped, and none twice."""
    order = history.lived(data.draw(late_deliveries(history)), PLACED + timedelta(hours=480))
    entries = {entry.entry_id: entry for entry in order.state.ledger}
    reversals = [entry for entry in order.state.ledger if entry.reverses]
    assert len({entry.reverses for entry in reversals}) == len(reversals)
    for entry in reversals:
        original = entries[entry.reverses or ""]
        assert (entry.kind, entry.amount, entry.unit) == (original.kind, original.amount, original.unit)
        assert (entry.debit, entry.credit) == (original.credit, original.debit)
        assert original.reverses is None
