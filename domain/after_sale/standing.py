"""What a request tells its order, and when: its whole standing each time, so that telling it twice changes nothing."""

from datetime import datetime
from decimal import ROUND_DOWN, Decimal

from domain.after_sale.refunds import freight_in
from domain.after_sale.relation import Standing, TaskLeft
from domain.after_sale.state import AfterSaleOutcome, AfterSaleState, Reason
from domain.after_sale.tasks import OUTLIVING
from domain.case.child import tell_parents
from domain.case.ledger import EntryKind
from domain.case.story import Story
from domain.money import CENT, ZERO

MOVED = "after_sale.moved"


def standing(state: AfterSaleState) -> Standing:
    """How the request stands now."""
    refunded, underway = state.paid_out(EntryKind.REFUND), state.payout(EntryKind.REFUND)
    compensated = state.paid_out(EntryKind.COMPENSATION)
    return Standing(
        case_id=state.case_id,
        version=state.version,
        service=state.demand.service,
        stage=state.stage,
        open=state.outcome is None,
        ended=not state.open,
        line_ids=[line.line_id for line in state.lines],
        requested_at=state.refund_asked_at or state.opened_at,
        ended_at=_ended_at(state),
        in_vain=state.outcome is not None and state.outcome not in _HELPED,
        done_lines=[line.line_id for line in state.lines] if _closes_lines(state) else [],
        back=_per_line(state, refunded + compensated),
        freight=freight_in(state, underway),
        refunded=refunded,
        compensated=compensated,
        freight_owed=state.freight_owed,
        outbound_kept=state.outbound_kept,
        outbound_freight=state.outbound_freight if state.outbound_kept else ZERO,
        out_of_stock=state.demand.reason is Reason.OUT_OF_STOCK and state.agreed_by_seller,
        left=[] if state.open else _tasks_left(state),
    )


def _tasks_left(state: AfterSaleState) -> list[TaskLeft]:
    """What is still owed or lies about when the request has ended: goods, and the carrier's money."""
    return [
        TaskLeft(type=item.type, matter=f"{state.case_id}#{item.matter}", values=item.values)
        for item in state.open_work()
        if item.type in OUTLIVING
    ]


def tell_order(state: AfterSaleState, story: Story) -> None:
    """Tells the order, if anything but the version changed since it was last told."""
    told = tell_parents(story, MOVED, standing(state), state.told_order, (state.order_case_id,), know_opening=True)
    state.told_order = told


_HELPED = (AfterSaleOutcome.REFUNDED, AfterSaleOutcome.REPLACED, AfterSaleOutcome.COMPENSATED)


def _ended_at(state: AfterSaleState) -> datetime | None:
    """When it was decided; told once, it stays."""
    told = state.told_order.ended_at if state.told_order else None
    return None if state.outcome is None else told or state.updated_at


def _closes_lines(state: AfterSaleState) -> bool:
    """A line is done with once its goods are back and paid for, or all that can be is paid back for it."""
    return state.closes_lines and state.outcome is AfterSaleOutcome.REFUNDED


def _per_line(state: AfterSaleState, paid: Decimal) -> dict[str, Decimal]:
    """Money spread over the lines by their worth, none getting more than that; odd fen go to the first ones."""
    worth, back = state.worth, {line.line_id: ZERO for line in state.lines}
    left = goods = min(paid, worth)
    for line in state.lines if worth else ():
        back[line.line_id] = (line.worth * goods / worth).quantize(CENT, ROUND_DOWN)
        left -= back[line.line_id]
    for line in state.lines:
        more = min(line.worth - back[line.line_id], left)
        back[line.line_id] += more
        left -= more
    return {line_id: amount for line_id, amount in back.items() if amount}
