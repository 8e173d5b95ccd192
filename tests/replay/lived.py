"""Orders lived in memory, to compare: with every fact at its very time, and with facts told in batches."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from domain.case.escalating import ESCALATION
from domain.case.ledger import EntryKind, standing
from domain.case.live import LiveCase
from domain.order.opening import begin
from domain.order.payment.reminders import PAYMENT_REMINDER
from domain.order.state import OrderState
from domain.policy import policy
from replay.batches import Batch
from replay.columns import OLIST, Columns
from replay.facts import Heard, accept, facts, opening
from replay.orders import RecordedOrder
from replay.windows import CALL_PEOPLE, ReportWindow, windows

SHAPE = Columns(columns=OLIST.model_copy(update={"consigned_at": "consigned_at"}))
EDITION = policy("taobao-2012")
FOR_EVER = timedelta(days=1000)

Lived = LiveCase[OrderState]


def order(
    order_id: str,
    placed_at: datetime,
    paid_at: datetime | None = None,
    consigned_at: datetime | None = None,
    picked_up_at: datetime | None = None,
    signed_at: datetime | None = None,
) -> RecordedOrder:
    """A recorded order of 100 yuan."""
    return RecordedOrder(
        order_id=order_id,
        line=2,
        amount=Decimal(100),
        placed_at=placed_at,
        paid_at=paid_at,
        consigned_at=consigned_at,
        picked_up_at=picked_up_at,
        signed_at=signed_at,
    )


def heard(recorded: RecordedOrder) -> list[Heard]:
    return facts(recorded, SHAPE, EDITION)


def windows_of(recorded: RecordedOrder) -> list[ReportWindow]:
    return windows(_opened(recorded, recorded.placed_at), heard(recorded))


def lived_at_once(recorded: RecordedOrder) -> Lived:
    """Every fact is heard at its very time; one at the very second of a deadline has met it."""
    case = begin(_opened(recorded, recorded.placed_at))
    for fact in heard(recorded):
        _pass(case, fact.at - timedelta(microseconds=1))
        if case.state.open:
            case.take_in(fact.reported.fact, fact.at)
    _pass(case, recorded.placed_at + FOR_EVER)
    return case


def lived_in_batches(orders: Sequence[RecordedOrder], batches: Sequence[Batch], drift: timedelta) -> list[Lived]:
    """Facts are heard when the clock stands at their batch's time, or has run over it by the drift."""
    cases: dict[int, Lived] = {}
    for batch in batches:
        now = batch.at + drift
        for case in cases.values():
            _pass(case, now)
        for report in batch.reports:
            recorded = orders[report.order]
            if report.step == 0:
                cases[report.order] = begin(_opened(recorded, now))
            elif cases[report.order].state.open:
                cases[report.order].take_in(heard(recorded)[report.step - 1].reported.fact, now)
    for place, case in cases.items():
        _pass(case, orders[place].placed_at + FOR_EVER)
    return [cases[place] for place in range(len(orders))]


def essence(case: Lived) -> dict[str, Any]:
    """All that the rules say of a case: everything but when it learnt of things, and whom it had called meanwhile."""
    state = case.state
    clocks = [deadline for deadline in state.deadlines if deadline.kind not in CALL_PEOPLE]
    tasks = [item for item in state.work_items if item.type not in (PAYMENT_REMINDER, ESCALATION)]
    return {
        "stage": (state.stage, state.outcome, state.open, state.completed_at, state.closed_at),
        "deadlines": sorted((d.kind, d.subject, d.number, d.state, d.started_at, d.due_at) for d in clocks),
        "ledger": [(entry.kind, entry.amount) for kind in EntryKind for entry in standing(state.ledger, kind)],
        "reversed": sum(entry.reverses is not None for entry in state.ledger),
        "tasks": sorted((item.type, item.matter, item.state) for item in tasks),
    }


def _opened(recorded: RecordedOrder, now: datetime) -> Any:
    return accept(opening(recorded, SHAPE, EDITION), EDITION, now)


def _pass(case: Lived, now: datetime) -> None:
    while case.state.open and (due := case.overdue(now)):
        case.pass_deadline(due, max(due.due_at, case.state.updated_at))
