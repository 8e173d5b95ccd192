"""What holds of an order whatever happens to it, and whatever is asked of it."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from domain.case.ledger import EntryKind, net
from domain.case.record import RecordCase, record
from domain.order.life import ORDER
from domain.order.state import OrderStage
from tests.domain.order.histories import bounded
from tests.domain.order.steps import Ask, Report, Step, facts_drawn, inputs, orders, steps
from tests.domain.orders import Order, request_by

STAGES = list(OrderStage)


def test_everything_is_drawn() -> None:
    """Every action has its inputs, and every fact from outside is reported; the children's have tests of their own."""
    for action in ORDER.actions:
        assert inputs(Order(), action.name)
    assert {fact.event_type for fact in ORDER.facts if fact.senders} | {"campaign.changed"} == {*facts_drawn()}


class Rows:
    """The read model in short: rows by their key, as the writes bring them."""

    def __init__(self) -> None:
        self.rows: dict[tuple[Any, ...], BaseModel] = {}

    def take(self, write: RecordCase) -> None:
        self.rows |= {("told", told.seq): told for told in write.story}
        self.rows |= {("deadline", d.kind, d.subject, d.number): d.model_copy(deep=True) for d in write.deadlines}
        self.rows |= {("entry", entry.entry_id): entry for entry in write.ledger}
        self.rows |= {("item", item.item_id): item.model_copy(deep=True) for item in write.work_items}


@bounded
@given(order=orders(), to_take=steps())
def test_one_version_a_change(order: Order, to_take: list[Step]) -> None:
    """Each fact, action and passed clock is one version; what is doubled or refused is none."""
    for step in to_take:
        version, passed, told = order.state.version, order.passed, order.state.line_count
        changed = step.take(order)
        assert order.state.version == version + changed + order.passed - passed
        if order.state.version == version:
            assert order.state.line_count == told


@bounded
@given(order=orders(), to_take=steps())
def test_the_stage_turns_back_for_money_alone(order: Order, to_take: list[Step]) -> None:
    """From awaiting payment on to completed or closed, unless a bank takes a payment back, or one comes after all.

    A fact that comes late may show that the goods never were so far.
    """
    for step in to_take:
        stage, outcome = order.stage, order.state.outcome
        step.take(order)
        if isinstance(step, Report) and step.type.startswith("payment."):
            continue
        if not (isinstance(step, Report) and step.hours_ago):
            assert STAGES.index(OrderStage(order.stage)) >= STAGES.index(OrderStage(stage))
        assert outcome in (None, order.state.outcome)


@bounded
@given(order=orders(), to_take=steps(), data=st.data())
def test_no_row_is_lost_between_writes(order: Order, to_take: list[Step], data: st.DataObject) -> None:
    """However changes fall between two writes, the rows written are in the end all that the state has."""
    rows, written, told = Rows(), 0, 0
    for step in [*to_take, None]:
        if step is None or data.draw(st.booleans()):
            assert all(line.version <= order.state.version for line in order.state.story)
            rows.take(record(order.state, since=written))
            written, told = order.state.version, order.state.line_count
            order.state.story.clear()
        if step is not None:
            step.take(order)
    whole = Rows()
    whole.take(record(order.state, since=0))
    stored = {key: row for key, row in rows.rows.items() if key[0] != "told"}
    assert stored == whole.rows
    assert [key[1] for key in rows.rows if key[0] == "told"] == list(range(1, told + 1))


@bounded
@given(order=orders(), to_take=steps())
def test_the_ledger_adds_up(order: Order, to_take: list[Step]) -> None:
    """Payments come to what was paid, and no entry has its like: the store's unique key holds."""
    for step in to_take:
        step.take(order)
        ledger = order.state.ledger
        assert net(ledger, EntryKind.PAYMENT) - net(ledger, EntryKind.PAYMENT_REVERSAL) == order.state.paid
        keys = {(entry.kind, entry.rule, entry.cause, entry.reverses) for entry in ledger}
        assert len(keys) == len(ledger) == len({entry.entry_id for entry in ledger})
        assert order.penalty[0] in (0, 3)


@bounded
@given(order=orders(), to_take=steps())
def test_what_is_allowed_can_be_done(order: Order, to_take: list[Step]) -> None:
    """An action is allowed if and only if some input would be taken; no reason but the input's comes up later."""
    for step in to_take:
        step.take(order)
    for action in ORDER.actions:
        for role in action.roles:
            reasons = order.against(action.name, role)
            accepted = [
                input_
                for input_ in inputs(order, action.name)
                if not order.case.refusals(action, request_by(role), order.now, action.input.model_validate(input_))
            ]
            assert bool(accepted) is not bool(reasons), f"{action.name} by {role}: {reasons}"


@bounded
@given(order=orders(), to_take=steps())
def test_a_refused_step_changes_nothing(order: Order, to_take: list[Step]) -> None:
    """A refusal leaves the case as it was."""
    for step in to_take:
        before = order.state.model_copy(deep=True)
        if isinstance(step, Ask) and step.role in ORDER.action(step.action).roles:
            input_ = inputs(order, step.action)
            asked = input_[step.choice % len(input_)]
            if order.refused(step.action, step.role, **asked):
                assert order.state == before
        else:
            step.take(order)
