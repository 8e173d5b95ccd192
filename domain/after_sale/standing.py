"""What a request tells its order, and when: its whole standing each time, so that telling it twice changes nothing."""

from decimal import Decimal

from domain.after_sale.refunds import deducts_outbound, freight_in
from domain.after_sale.state import REFUNDS, AfterSaleOutcome, AfterSaleState, Reason, Standing
from domain.case.errand import TellCase
from domain.case.fact import Fact
from domain.case.ledger import EntryKind
from domain.case.story import Story

MOVED = "after_sale.moved"


def standing(state: AfterSaleState) -> Standing:
    """How the request stands now."""
    refunded = state.paid_out(EntryKind.REFUND)
    compensated = state.paid_out(EntryKind.COMPENSATION)
    return Standing(
        case_id=state.case_id,
        version=state.version,
        service=state.demand.service,
        stage=state.stage,
        open=state.open,
        line_ids=[line.line_id for line in state.lines],
        requested_at=state.requested_at,
        ended_at=None if state.open else state.updated_at,
        in_vain=not state.open and state.outcome not in _HELPED,
        settled=[line.line_id for line in state.lines] if _settles(state, refunded) else [],
        back=_per_line(state, refunded + compensated),
        freight=freight_in(state, refunded),
        refunded=refunded,
        compensated=compensated,
        deducted=refunded > 0 and deducts_outbound(state),
        out_of_stock=state.demand.reason is Reason.OUT_OF_STOCK and state.agreed_by_seller,
    )


def tell_order(state: AfterSaleState, story: Story) -> None:
    """Tells the order, if anything but the version changed since it was last told."""
    now = standing(state)
    if state.told_order == now.model_copy(update={"version": state.told_order.version if state.told_order else 0}):
        return
    state.told_order = now
    fact = Fact(
        id=f"{state.case_id}#{state.version}",
        source="caseline",
        type=MOVED,
        at=story.cause.now,
        actor=story.cause.actor,
        data=now.model_dump(mode="json"),
    )
    story.send(TellCase(case_id=state.order_case_id, fact=fact))


_HELPED = (AfterSaleOutcome.REFUNDED, AfterSaleOutcome.REPLACED, AfterSaleOutcome.COMPENSATED)


def _settles(state: AfterSaleState, refunded: Decimal) -> bool:
    """A line is settled once its goods are back and paid for, or all that it was worth is paid back."""
    if state.demand.service not in REFUNDS or not refunded:
        return False
    return state.goods_back or refunded >= state.worth


def _per_line(state: AfterSaleState, paid: Decimal) -> dict[str, Decimal]:
    """Money spread over the lines in their order, none getting more than it was worth."""
    back: dict[str, Decimal] = {}
    left = paid
    for line in state.lines:
        back[line.line_id] = min(line.worth, left)
        left -= back[line.line_id]
    return {line_id: amount for line_id, amount in back.items() if amount}
