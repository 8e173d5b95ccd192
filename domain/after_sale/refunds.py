"""Who pays what: how much a request may be refunded, line by line, with nothing refunded twice.

Goods never shipped or never received go back at what was paid. A return without reason pays the lines alone; where the
shop paid the freight out, that is deducted, once an order (S2-75). At the seller's fault the freight goes back too, and
after the inspection the return freight that the buyer advanced, up to a cap (S2-76..78). Freight of the order goes back
with the last line only; what requests that overlap could not know of each other, their order makes up for.
"""

from decimal import Decimal

from domain.after_sale.relation import Surroundings
from domain.after_sale.services import SERVICES, Limit
from domain.after_sale.state import SELLERS_FAULT, AfterSaleState, Demand, FaultOf, Reason, RequestedLine
from domain.money import ZERO
from domain.policy import Policy


def most(lines: list[RequestedLine], demand: Demand, surroundings: Surroundings, outbound_freight: Decimal) -> Decimal:
    """The most that may be paid back for these lines, yuan; a price difference (S4-25) brings no freight with it."""
    fault = sellers_fault(demand, surroundings)
    return max(_price(lines, demand, surroundings, outbound_freight, sellers_fault=fault) - surroundings.unpaid, ZERO)


def limit(state: AfterSaleState) -> Decimal:
    """The most that this request may be paid back now, with what the inspection found."""
    return max(_price_of(state, sellers_fault=at_sellers_fault(state)) - state.surroundings.unpaid, ZERO)


def most_ever(state: AfterSaleState) -> Decimal:
    """The most that the platform may rule: the lines, and the freight where this covers the order's last line."""
    return max(_price_of(state, sellers_fault=True) - state.surroundings.unpaid, ZERO)


def amount_asked(state: AfterSaleState) -> Decimal:
    """What the buyer asks for, at most what the rules allow."""
    demanded = state.demand.amount
    return limit(state) if demanded is None else min(demanded, limit(state))


def sellers_fault(demand: Demand, surroundings: Surroundings) -> bool:
    """Whether the seller bears the freight: goods that the buyer never had, or a reason that is the seller's."""
    never_had = not surroundings.shipped or (SERVICES[demand.service].leaves_goods and not surroundings.received)
    return never_had or demand.reason in SELLERS_FAULT


def at_sellers_fault(state: AfterSaleState) -> bool:
    """The same after inspection: a defect that proves to be the buyer's is refunded as without reason (S2-76)."""
    found = state.inspection.cause if state.inspection else None
    if found is FaultOf.BUYER and state.demand.reason is Reason.QUALITY:
        return False
    return sellers_fault(state.demand, state.surroundings)


def outbound_in(state: AfterSaleState, amount: Decimal) -> Decimal:
    """What of the shop's outbound freight a refund of that amount leaves out, yuan (S2-75)."""
    deducted = _outbound(state.surroundings, state.outbound_freight, sellers_fault=at_sellers_fault(state))
    return min(deducted, max(state.worth - amount, ZERO))


def unpaid_in(state: AfterSaleState, amount: Decimal) -> Decimal:
    """What a refund of that amount leaves out because it is not paid any more, yuan."""
    left_out = max(_price_of(state, sellers_fault=at_sellers_fault(state)) - amount, ZERO)
    return min(state.surroundings.unpaid, left_out)


def freight_in(state: AfterSaleState, amount: Decimal) -> Decimal:
    """How much of a refund is the order's freight: what goes beyond the lines' worth, yuan."""
    return max(amount - state.worth, ZERO)


def subsidy(state: AfterSaleState, policy: Policy) -> Decimal:
    """The return freight paid back to the buyer: at the seller's fault, ordinary carriers only, up to the cap."""
    sent = state.sent_back
    if sent is None or not SERVICES[state.demand.service].goods_back:
        return ZERO
    carrier = sent.parcel.partition("/")[0]
    if not at_sellers_fault(state) or carrier in policy.after_sale.unsubsidised_carriers.value:
        return ZERO
    return min(sent.freight_paid, policy.after_sale.freight_subsidy_cap.value)


def _price_of(state: AfterSaleState, *, sellers_fault: bool) -> Decimal:
    return _price(state.lines, state.demand, state.surroundings, state.outbound_freight, sellers_fault=sellers_fault)


def _price(
    lines: list[RequestedLine],
    demand: Demand,
    surroundings: Surroundings,
    outbound_freight: Decimal,
    *,
    sellers_fault: bool,
) -> Decimal:
    """What would go back for these lines if all of it were paid, yuan."""
    goods = sum((line.worth for line in lines), ZERO)
    if SERVICES[demand.service].limit is Limit.GOODS:
        return goods
    freight = surroundings.freight_left if sellers_fault and surroundings.covers_rest else ZERO
    deducted = _outbound(surroundings, outbound_freight, sellers_fault=sellers_fault)
    return max(goods + freight - deducted, ZERO)


def _outbound(surroundings: Surroundings, outbound_freight: Decimal, *, sellers_fault: bool) -> Decimal:
    """What of the shop's outbound freight is still to be deducted."""
    if sellers_fault or not (surroundings.shipped and surroundings.free_shipping):
        return ZERO
    return max(outbound_freight - surroundings.outbound_kept, ZERO)
