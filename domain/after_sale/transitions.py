"""The transitions of a request's life, whoever takes them: a person, a clock or a partner's answer."""

from decimal import Decimal

from domain.after_sale import automation
from domain.after_sale.parcels import arrived_at, to_send
from domain.after_sale.refunds import amount_asked, at_sellers_fault, deducts_outbound, limit, subsidy
from domain.after_sale.services import SERVICES
from domain.after_sale.settling import settled_by
from domain.after_sale.state import (
    AfterSaleOutcome,
    AfterSaleStage,
    AfterSaleState,
    FaultOf,
    Inspection,
    Payout,
    Reason,
)
from domain.after_sale.tasks import PAY_REFUND, SEND_GOODS_BACK, SHIP_REPLACEMENT
from domain.case.errand import EndReservation, PayBuyer, StockChange
from domain.case.ledger import Booking, EntryKind, Party
from domain.case.story import Story
from domain.case.units import Named, meant
from domain.policy import Policy
from domain.shop.automation import StrategyStage


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
    """The buyer sends the goods back; it is said beforehand at whose expense (S2-74, S2-76)."""
    payer = Party.MERCHANT if at_sellers_fault(state) else Party.BUYER
    summary = f"Agreed: the buyer sends the goods back, the {payer} bears the freight"
    move(state, AfterSaleStage.AWAITING_BUYER_RETURN, story, summary, freight=payer)


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
    """The money that the service is about."""
    kind = SERVICES[state.demand.service].pays
    if kind is EntryKind.REFUND:
        _pay_goods_back(state, policy, story, amount)
    elif kind:
        pay(state, story, [_payout(kind, amount, _rule_cited(state))])


def _pay_goods_back(state: AfterSaleState, policy: Policy, story: Story, amount: Decimal) -> None:
    """Refunds the buyer, never more than the limit; return freight that is the seller's to bear goes with it."""
    most = limit(state)
    state.outbound_kept = amount >= most and deducts_outbound(state)
    state.settles = settled_by(state, amount, most)
    payouts = [_payout(EntryKind.REFUND, min(amount, most), _rule_cited(state))]
    payouts.append(_payout(EntryKind.FREIGHT_SUBSIDY, subsidy(state, policy), "S2-76"))
    pay(state, story, payouts)


def pay_ruling(state: AfterSaleState, story: Story, amount: Decimal) -> None:
    """What the platform ruled for the buyer."""
    kind = SERVICES[state.demand.service].pays or EntryKind.REFUND
    state.settles = state.units if kind is EntryKind.REFUND and amount >= state.worth else {}
    pay(state, story, [_payout(kind, amount, "S4-67")])


def pay(state: AfterSaleState, story: Story, payouts: list[Payout]) -> None:
    """Sends money on its way, unless the shop wants each payment decided (S3-06)."""
    state.payouts += [payout for payout in payouts if payout.amount > 0]
    if all(payout.paid for payout in state.payouts):
        succeed(state, story)
        return
    state.paying_since = story.cause.at
    total = sum(payout.amount for payout in state.payouts if not payout.paid)
    move(state, AfterSaleStage.REFUNDING, story, f"{total} yuan go to the buyer")
    if automation.may_hold(state, story.cause):
        automation.hold(state, story)
    else:
        release(state, story)


def release(state: AfterSaleState, story: Story) -> None:
    """The money goes: through the payments partner, or to finance where the shop pays by hand."""
    state.money_held = False
    for payout in state.payouts:
        payout.by_hand = state.refunds_by_hand
    if state.refunds_by_hand:
        story.ask_for(PAY_REFUND, matter=story.cause.id)
        return
    for payout in state.payouts:
        if not payout.paid:
            story.send(PayBuyer(matter=payout.kind, amount=payout.amount))


def book_payout(state: AfterSaleState, matter: str, story: Story) -> None:
    """Money has reached the buyer: it is booked, once; with the last of it the request has succeeded."""
    for payout in state.payouts:
        if payout.kind == matter and not payout.paid:
            payout.paid = True
            story.book(
                Booking(
                    kind=EntryKind(payout.kind),
                    amount=payout.amount,
                    debit=Party.MERCHANT,
                    credit=Party.BUYER,
                    rule=payout.rule,
                )
            )
            story.tell(f"{payout.kind}.paid", f"Paid to the buyer: {payout.amount} yuan ({payout.rule})")
    if state.outcome is None and all(payout.paid for payout in state.payouts):
        succeed(state, story)


def pay_by_hand(state: AfterSaleState, matter: str) -> None:
    """The partner will not pay this: finance does; what the partner still has to answer stays with it."""
    for payout in state.payouts:
        if payout.kind == matter:
            payout.by_hand = True


def finish_replacement(state: AfterSaleState, policy: Policy, story: Story) -> None:
    """The buyer has the goods; the return freight that they advanced at the seller's fault is paid back (S2-76)."""
    pay(state, story, [_payout(EntryKind.FREIGHT_SUBSIDY, subsidy(state, policy), "S2-76")])


def succeed(state: AfterSaleState, story: Story) -> None:
    """The buyer has what was agreed."""
    if state.replacements and not to_send(state):
        outcome = AfterSaleOutcome.REPLACED
    elif SERVICES[state.demand.service].pays is EntryKind.COMPENSATION:
        outcome = AfterSaleOutcome.COMPENSATED
    else:
        outcome = AfterSaleOutcome.REFUNDED
    _end(state, AfterSaleStage.SUCCEEDED, outcome, story, "The request has succeeded")


def close(state: AfterSaleState, outcome: AfterSaleOutcome, story: Story, summary: str) -> None:
    """The request ends without what was asked for."""
    _end(state, AfterSaleStage.CLOSED, outcome, story, summary)


def end_reservation(state: AfterSaleState, story: Story, change: StockChange) -> None:
    """What was reserved for an exchange is released or used up, whichever way the request goes (S3-17)."""
    if state.reservation_id:
        story.send(EndReservation(reservation_id=state.reservation_id, change=change))
        state.reservation_id = None


def refuse(state: AfterSaleState, story: Story, summary: str) -> None:
    """The buyer has to react, or it closes."""
    state.refused_at, state.refused_by = story.cause.at, story.cause.evidence
    move(state, AfterSaleStage.REFUSED, story, summary)


def _end(state: AfterSaleState, stage: AfterSaleStage, outcome: AfterSaleOutcome, story: Story, summary: str) -> None:
    end_reservation(state, story, StockChange.RELEASE)
    state.outcome = outcome
    move(state, stage, story, summary)
    failed = state.inspection is not None and not state.inspection.conforming
    if failed and stage is AfterSaleStage.CLOSED:
        story.ask_for(SEND_GOODS_BACK, matter=state.sent_back.parcel if state.sent_back else "return")


def _payout(kind: EntryKind, amount: Decimal, rule: str) -> Payout:
    return Payout(kind=kind, amount=amount, rule=rule)


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
