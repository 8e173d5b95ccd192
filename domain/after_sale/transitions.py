"""The transitions of a request's life, whoever takes them: a person, a clock or a partner's answer."""

from decimal import Decimal

from domain.after_sale import automation
from domain.after_sale.parcels import arrived_at, came, to_send
from domain.after_sale.refunds import amount_asked, at_sellers_fault, limit, most_ever, outbound_in, subsidy, unpaid_in
from domain.after_sale.services import SERVICES, GoodsOut
from domain.after_sale.settling import settled_by
from domain.after_sale.state import (
    AfterSaleOutcome,
    AfterSaleStage,
    AfterSaleState,
    FaultOf,
    Inspection,
    Reason,
)
from domain.after_sale.tasks import SEND_GOODS_BACK, SHIP_REPLACEMENT, STOPPED_IN_VAIN, UNPAID
from domain.case.errand import EndReservation, SendToBuyer, StockChange
from domain.case.ledger import EntryKind, Party
from domain.case.payouts import Payout, let_go, owe
from domain.case.story import Story
from domain.case.units import Named, meant, minus
from domain.money import ZERO
from domain.parcels.journey import Where, where_is
from domain.partners.templates import MessageTemplate
from domain.policy import Policy
from domain.shop.automation import StrategyStage

RULED = "S4-67"
"""The rule that a ruling's money cites."""


def move(state: AfterSaleState, stage: AfterSaleStage, story: Story, summary: str, **data: str) -> None:
    """The request stands elsewhere now."""
    state.stage = stage
    story.tell(f"after_sale.{stage}", summary, stage=stage, **data)


def agree(state: AfterSaleState, policy: Policy, story: Story, amount: Decimal | None, *, by_seller: bool) -> None:
    """What was asked for is granted: money goes at once, goods come back first."""
    state.agreed_at, state.agreed_by, state.waybill_asked = story.cause.at, story.cause.evidence, 0
    state.agreed_amount, state.agreed_by_seller = amount, by_seller
    service = SERVICES[state.demand.service]
    if service.goods_back and state.goods_here:
        state.goods_back = True
    elif service.goods_back and state.sent_back:
        move(state, AfterSaleStage.AWAITING_SELLER_RECEIPT, story, "Agreed: the goods are on their way back")
        ask_to_inspect(state, story)
        return
    elif service.goods_back:
        await_return(state, story)
        return
    if service.pays:
        pay_for_service(state, policy, story, amount_asked(state) if amount is None else amount)
    elif service.goods_back:
        await_replacement(state, story, "Agreed: the goods are here, the replacement is to be sent")
    else:
        await_replacement(state, story, "Agreed: goods are to be sent again")


def await_return(state: AfterSaleState, story: Story) -> None:
    """The buyer sends the goods back; they hear where to, and beforehand at whose expense (S2-74, S2-76, S4-48)."""
    payer = Party.MERCHANT if at_sellers_fault(state) else Party.BUYER
    summary = f"Agreed: the buyer sends the goods back, the {payer} bears the freight"
    move(state, AfterSaleStage.AWAITING_BUYER_RETURN, story, summary, freight=payer)
    repair = SERVICES[state.demand.service].goods_out is GoodsOut.REPAIRED
    story.send(SendToBuyer(template=MessageTemplate.REPAIR_AGREED if repair else MessageTemplate.RETURN_AGREED))


def send_anew(state: AfterSaleState, story: Story) -> None:
    """A return that came back to the buyer is to be sent once more; they get all the time for it again."""
    parcel = state.parcel(state.sent_back.parcel) if state.sent_back else None
    settled = state.outcome is not None or state.goods_here or arrived_at(state) is not None
    if parcel is None or settled or where_is(parcel) is not Where.RETURNED:
        return
    state.sent_back, state.return_extensions, state.receipt_extensions = None, [], []
    story.tell("return.came_back", f"{parcel.subject} is back with the buyer")
    if state.at is AfterSaleStage.AWAITING_SELLER_RECEIPT:
        state.agreed_at, state.agreed_by, state.waybill_asked = story.cause.at, story.cause.evidence, 0
        await_return(state, story)


def take_goods_back(state: AfterSaleState, policy: Policy, story: Story) -> None:
    """Taken in and conforming, or not taken in in time: the money, or the goods asked for instead."""
    state.goods_back = True
    if SERVICES[state.demand.service].pays:
        pay_for_service(
            state, policy, story, amount_asked(state) if state.agreed_amount is None else state.agreed_amount
        )
    else:
        await_replacement(state, story, "The goods are back: the replacement is to be sent")


def note_inspection(
    state: AfterSaleState, story: Story, *, conforming: bool, cause: FaultOf | None = None, came: Named | None = None
) -> None:
    """What was found; goods that did not come stay with the buyer, and the request is about the others alone."""
    units = meant(came, state.units) or None if came is not None else None
    state.inspection = Inspection(at=story.cause.at, conforming=conforming, cause=cause, came=units)
    if units is not None:
        kept = [line for line in state.lines if line.line_id in units]
        state.lines = [line.model_copy(update={"quantity": units[line.line_id]}) for line in kept]


def ask_to_inspect(state: AfterSaleState, story: Story) -> None:
    """A return that has arrived is to be inspected, unless a strategy does (S4-57)."""
    sent, here = state.sent_back, state.at is AfterSaleStage.AWAITING_SELLER_RECEIPT
    if sent is None or not here or arrived_at(state) is None:
        return
    if not automation.leave_to_strategies(state, story, StrategyStage.RECEIVING, sent.parcel):
        story.ask_for(SERVICES[state.demand.service].inspection, matter=sent.parcel)


def await_replacement(state: AfterSaleState, story: Story, summary: str) -> None:
    """The warehouse sends goods to the buyer."""
    move(state, AfterSaleStage.AWAITING_REPLACEMENT, story, summary)
    ask_to_send(state, story)


def ask_to_send(state: AfterSaleState, story: Story) -> None:
    """Somebody sends what the buyer is to get, or what of it has not been sent."""
    if not any(item.type == SHIP_REPLACEMENT for item in state.open_work()):
        story.ask_for(SHIP_REPLACEMENT, matter=story.cause.id)


def pay_for_service(state: AfterSaleState, policy: Policy, story: Story, amount: Decimal) -> None:
    """The money that the service is about; return freight that is the seller's to bear goes with it."""
    kind = SERVICES[state.demand.service].pays
    if kind is None:
        return
    owe(state, story, kind, _grant(state, kind, amount), _rule_cited(state))
    if kind is EntryKind.REFUND:
        _owe_subsidy(state, policy, story)
    pay(state, story)


def _owe_subsidy(state: AfterSaleState, policy: Policy, story: Story) -> None:
    """The return freight; where a request before this one came in the same box, their order sees to it (S2-77)."""
    state.subsidy_due = subsidy(state, policy)
    if not state.surroundings.box_paid_for:
        owe(state, story, EntryKind.FREIGHT_SUBSIDY, state.subsidy_due, "S2-76")


def correct_amount(state: AfterSaleState, story: Story, amount: Decimal | None) -> None:
    """Another amount is granted, before the one of before was paid; the clocks of the agreement go on."""
    state.agreed_amount = amount
    granted = amount_asked(state) if amount is None else amount
    for payout in correctable(state):
        payout.amount = granted = _grant(state, payout.kind, granted)
    story.tell("after_sale.corrected", f"Granted instead: {granted} yuan", amount=str(granted))


def correctable(state: AfterSaleState) -> list[Payout]:
    """The money of the service that nobody has paid yet, and no partner was asked to; a ruling stands."""
    kind = SERVICES[state.demand.service].pays
    return [
        payout
        for payout in state.unpaid_payouts()
        if payout.kind is kind and payout.rule != RULED and not payout.with_partner
    ]


def _grant(state: AfterSaleState, kind: EntryKind, amount: Decimal) -> Decimal:
    """What of an amount is paid, never more than the limit, and what that means for the order's lines and freight."""
    most = limit(state)
    amount = min(amount, most)
    if kind is EntryKind.REFUND:
        state.settles = settled_by(state, amount, most)
        whole = state.settles == state.units
        state.outbound_kept = outbound_in(state, amount) if whole else ZERO
        state.unpaid_kept = unpaid_in(state, amount) if whole else ZERO
        state.freight_owed = whole and amount >= most and at_sellers_fault(state)
    return amount


def pay_ruling(state: AfterSaleState, story: Story, amount: Decimal) -> None:
    """What the platform ruled for the buyer."""
    kind = SERVICES[state.demand.service].pays or EntryKind.REFUND
    whole = kind is EntryKind.REFUND and amount >= min(state.worth, most_ever(state))
    state.unpaid_kept = unpaid_in(state, amount) if whole else ZERO
    state.settles = state.units if whole else {}
    state.freight_owed = whole and amount >= most_ever(state)
    owe(state, story, kind, amount, RULED)
    pay(state, story)


def pay(state: AfterSaleState, story: Story) -> None:
    """Sends money on its way, unless the shop wants each payment decided (S3-06)."""
    unpaid = state.unpaid_payouts()
    if not unpaid:
        succeed(state, story)
        return
    state.paying_since = story.cause.at
    total = sum(payout.amount for payout in unpaid)
    move(state, AfterSaleStage.REFUNDING, story, f"{total} yuan go to the buyer")
    if automation.may_hold(state, story.cause):
        automation.hold(state, story)
    else:
        release(state, story)


def release(state: AfterSaleState, story: Story) -> None:
    """The money goes."""
    state.money_held = False
    let_go(state, story)


def finish_paying(state: AfterSaleState, story: Story) -> None:
    """With the last of its money paid the request has succeeded."""
    if state.outcome is None and not state.unpaid_payouts():
        succeed(state, story)


def finish_replacement(state: AfterSaleState, policy: Policy, story: Story) -> None:
    """The buyer has the goods; the return freight that they advanced at the seller's fault is paid back (S2-76)."""
    _owe_subsidy(state, policy, story)
    pay(state, story)


def succeed(state: AfterSaleState, story: Story) -> None:
    """The buyer has what was agreed."""
    if state.replacements and not to_send(state):
        outcome = AfterSaleOutcome.REPLACED
    elif SERVICES[state.demand.service].pays is EntryKind.COMPENSATION:
        outcome = AfterSaleOutcome.COMPENSATED
    else:
        outcome = AfterSaleOutcome.REFUNDED
    _end(state, AfterSaleStage.SUCCEEDED, outcome, story, "The request has succeeded")


def succeed_without(state: AfterSaleState, story: Story, summary: str) -> None:
    """The buyer has what they asked for from elsewhere."""
    _end(state, AfterSaleStage.SUCCEEDED, AfterSaleOutcome.REPLACED, story, summary)


def close(state: AfterSaleState, outcome: AfterSaleOutcome, story: Story, summary: str) -> None:
    """The request ends without what was asked for; about parcels that the carrier stopped for it the buyer is asked."""
    _end(state, AfterSaleStage.CLOSED, outcome, story, summary)
    for stopped in (one for one in state.intercepts if one.intercepted):
        story.ask_for(STOPPED_IN_VAIN, matter=stopped.case_id)


def end_reservation(state: AfterSaleState, story: Story, change: StockChange) -> None:
    """What was reserved for an exchange is released or used up, whichever way the request goes (S3-17)."""
    if state.reservation_id:
        leaving = sum(state.units.values()) if change is StockChange.CONSUME else None
        story.send(EndReservation(reservation_id=state.reservation_id, change=change, quantity=leaving))
        state.reservation_id = None


def refuse(state: AfterSaleState, story: Story, summary: str) -> None:
    """The buyer has to react, or it closes."""
    state.refused_at, state.refused_by = story.cause.at, story.cause.evidence
    move(state, AfterSaleStage.REFUSED, story, summary)


def _end(state: AfterSaleState, stage: AfterSaleStage, outcome: AfterSaleOutcome, story: Story, summary: str) -> None:
    end_reservation(state, story, StockChange.RELEASE)
    state.outcome = outcome
    move(state, stage, story, summary)
    found = state.inspection
    if found and not found.conforming and stage is AfterSaleStage.CLOSED:
        story.ask_for(SEND_GOODS_BACK, matter=_return_matter(state))
    ask_about_unpaid(state, story)


def ask_about_unpaid(state: AfterSaleState, story: Story) -> None:
    """More is here than the refund pays for: somebody sees to the rest."""
    refunded = state.outcome is AfterSaleOutcome.REFUNDED
    if state.goods_here and refunded and minus(came(state), state.settles):
        story.ask_for(SEND_GOODS_BACK, matter=_return_matter(state), variant=UNPAID)


def _return_matter(state: AfterSaleState) -> str:
    return state.sent_back.parcel if state.sent_back else "return"


def _rule_cited(state: AfterSaleState) -> str:
    if cited := SERVICES[state.demand.service].cites:
        return cited
    if not state.surroundings.shipped:
        return "S4-50"
    return _RULES[state.demand.reason]


_RULES = {
    Reason.NO_REASON: "S2-75",
    Reason.QUALITY: "S2-76",
    Reason.WRONG_ITEM: "S4-46",
    Reason.NOT_RECEIVED: "S4-44",
    Reason.OUT_OF_STOCK: "S4-52",
    Reason.LATE: "S4-52",
    Reason.OTHER: "S2-62",
}
