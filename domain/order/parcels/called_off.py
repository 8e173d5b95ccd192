"""An order to be paid at the door that was refused there: once all of it is back unpaid, it is called off (S2-23).

Whether it is follows from what happened when, whatever was learnt first: a fact that comes late may show that the order
never was called off, and then it goes on.
"""

from datetime import datetime

from domain.case.parcel import Said
from domain.case.story import Story
from domain.money import ZERO
from domain.order.ending import close
from domain.order.moments import stood_at
from domain.order.payment.receiving import take_up
from domain.order.shipping.handover import carried_by
from domain.order.state import OrderOutcome, OrderState, Source
from domain.parcels.journey import Where, journey, was_ever, where_is


def follow_refusal(state: OrderState, story: Story) -> None:
    """After every fact about money or goods: the order is called off, or lives on as it never was."""
    if state.source is not Source.CASH_ON_DELIVERY or not (state.called_off or not state.over):
        return
    since = _called_off_at(state)
    if since is None:
        if state.called_off:
            state.called_off = False
            take_up(state, story, "Not all of it was refused unpaid, as is learnt now: the order goes on")
        return
    if not state.called_off:
        state.called_off = True
        close(state, OrderOutcome.CANCELLED, story, "Closed: refused at the door, and everything is back")
    state.closed_at = since


def _called_off_at(state: OrderState) -> datetime | None:
    """The first moment at which a refused parcel was back, with it all goods of the order, and nothing was paid."""
    refused = [parcel for parcel in state.parcels if was_ever(parcel, Said.REFUSED)]
    backs = [leg.since for parcel in refused for leg in journey(parcel) if leg.where is Where.RETURNED]
    return next((moment for moment in sorted(backs) if _nothing_sold(state, moment)), None)


def _nothing_sold(state: OrderState, moment: datetime) -> bool:
    online = state.pays_online_since is not None and state.pays_online_since <= moment
    paid = sum((payment.amount for payment in state.payments if payment.at <= moment), ZERO)
    paid -= sum((reversal.amount for reversal in state.reversals if reversal.at <= moment), ZERO)
    if online or paid:
        return False
    then = stood_at(state, moment)
    refused = any(was_ever(one, Said.REFUSED) and where_is(one) is Where.RETURNED for one in then.parcels)
    parcels = [carried_by(then, line) for line in then.remaining()]
    return refused and all(of_line and all(where_is(one) is Where.RETURNED for one in of_line) for of_line in parcels)
