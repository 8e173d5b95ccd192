"""What a request tells its order, and when: its whole standing each time, so that telling it twice changes nothing."""

from datetime import datetime

from domain.after_sale.late_returns import waits_for_decision
from domain.after_sale.parcels import whereabouts
from domain.after_sale.refunds import freight_in
from domain.after_sale.relation import Standing, TaskLeft
from domain.after_sale.services import SERVICES, GoodsOut
from domain.after_sale.settling import per_line
from domain.after_sale.state import AfterSaleOutcome, AfterSaleState, Reason
from domain.after_sale.tasks import OUTLIVING
from domain.after_sale.waiting import waits_for
from domain.case.child import tell_parents
from domain.case.ledger import EntryKind
from domain.case.pauses import Pause
from domain.case.story import Story
from domain.case.units import Quantities
from domain.case.waiting import first_party
from domain.case.work import WorkState
from domain.money import ZERO

MOVED = "after_sale.moved"


def standing(state: AfterSaleState) -> Standing:
    """How the request stands now."""
    refunded, underway = state.paid_out(EntryKind.REFUND), state.payout(EntryKind.REFUND)
    compensated = state.paid_out(EntryKind.COMPENSATION)
    done = state.settles if state.outcome is AfterSaleOutcome.REFUNDED else {}
    return Standing(
        case_id=state.case_id,
        version=state.version,
        service=state.demand.service,
        stage=state.stage,
        open=state.outcome is None,
        waits_for=first_party(waits_for, state),
        ended=not state.open,
        undecided=_undecided(state),
        about=state.about,
        units=state.units,
        requested_at=state.refund_asked_at or state.opened_at,
        ended_at=_ended_at(state),
        in_vain=state.outcome is not None and state.outcome not in _HELPED,
        done=done,
        forgone=_forgone(state, done),
        goods=whereabouts(state),
        exchanged_for=_exchanged_for(state),
        sent_in=state.replacements,
        resent=state.resent,
        claims={line.line_id: line.worth for line in state.lines} if _may_pay(state) else {},
        back=per_line(state, refunded + compensated),
        freight=freight_in(state, underway + state.unpaid_kept),
        refunded=refunded,
        compensated=compensated,
        freight_owed=state.freight_owed,
        outbound_kept=state.outbound_kept,
        outbound_freight=state.outbound_freight if state.outbound_kept else ZERO,
        unpaid_kept=state.unpaid_kept,
        box=state.sent_back.parcel if state.sent_back else None,
        advanced=state.sent_back.freight_paid if state.sent_back else ZERO,
        subsidy_due=state.subsidy_due,
        subsidy=state.payout(EntryKind.FREIGHT_SUBSIDY),
        out_of_stock=state.demand.reason is Reason.OUT_OF_STOCK and state.agreed_by_seller,
        left=[] if state.open else _tasks_left(state),
    )


def _may_pay(state: AfterSaleState) -> bool:
    """Whether it is undecided, or somebody decides about goods that came after it was closed."""
    return state.outcome is None or waits_for_decision(state)


def _forgone(state: AfterSaleState, done: Quantities) -> Quantities:
    """Those that the buyer had not received, like what an interception brought back; told once, it stays.

    What the order then hears delivered would else change its own reason, back and forth.
    """
    if (told := state.told_order) and told.done == done:
        return told.forgone
    had = state.surroundings.received or (state.goods_back and SERVICES[state.demand.service].goods_back)
    return {} if had else done


def _tasks_left(state: AfterSaleState) -> list[TaskLeft]:
    """What is still owed or lies about when the request has ended: its end has just taken the tasks of it away."""
    return [
        TaskLeft(type=item.type, matter=f"{state.case_id}#{item.matter}", variant=item.variant, values=item.values)
        for item in state.work_items
        if item.type in OUTLIVING and item.state is WorkState.SUPERSEDED and item.version == state.version
    ]


def tell_order(state: AfterSaleState, story: Story) -> None:
    """Tells the order, if anything but the version changed since it was last told."""
    told = tell_parents(story, MOVED, standing(state), state.told_order, (state.order_case_id,))
    state.told_order = told


_HELPED = (AfterSaleOutcome.REFUNDED, AfterSaleOutcome.REPLACED, AfterSaleOutcome.COMPENSATED)


def _exchanged_for(state: AfterSaleState) -> str | None:
    """The article that the buyer has now, where it is another one."""
    replaced = state.outcome is AfterSaleOutcome.REPLACED
    others = SERVICES[state.demand.service].goods_out is GoodsOut.OTHERS
    return state.demand.wanted_sku if replaced and others else None


def _undecided(state: AfterSaleState) -> list[Pause]:
    """The times in which it was undecided; of those before, its order knows already."""
    told = state.told_order.undecided if state.told_order else [Pause(since=state.opened_at)]
    *before, last = told
    if state.outcome is not None and last.until is None:
        return [*before, Pause(since=last.since, until=_ended_at(state))]
    if state.outcome is None and last.until is not None:
        return [*told, Pause(since=state.updated_at)]
    return told


def _ended_at(state: AfterSaleState) -> datetime | None:
    """When it was decided; told once, it stays."""
    told = state.told_order.ended_at if state.told_order else None
    return None if state.outcome is None else told or state.updated_at
