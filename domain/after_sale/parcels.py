"""The parcels of a request: the return, and the replacements; and where its goods are."""

from datetime import datetime

from domain.after_sale.relation import Whereabouts
from domain.after_sale.settling import paid_in_part
from domain.after_sale.state import AfterSaleOutcome, AfterSaleState
from domain.case.parcel import Parcel
from domain.case.story import Story
from domain.case.units import Quantities, minus, plus
from domain.parcels.journey import Where, delivered_at, where_is


def send(state: AfterSaleState, units: Quantities, carrier: str, tracking_no: str, story: Story) -> str:
    """Notes a parcel with these goods; answers its name (`yto/R1`)."""
    parcel = Parcel(
        carrier=carrier,
        tracking_no=tracking_no,
        units=units,
        consigned_at=story.cause.at,
        consigned_by=story.cause.evidence,
        version=state.version,
    )
    if (known := state.parcel(parcel.subject)) is not None:
        state.parcels.remove(known)
    state.parcels.append(parcel)
    return parcel.subject


def arrived_at(state: AfterSaleState) -> datetime | None:
    """When the return arrived, by the carrier or by those who took it in; None while it has not."""
    parcel = state.parcel(state.sent_back.parcel) if state.sent_back else None
    by_carrier = delivered_at(parcel) if parcel else None
    return by_carrier or (state.sent_back.arrived_at if state.sent_back else None)


def way_back(state: AfterSaleState) -> Where | None:
    """Where the parcel is that the buyer sent; None where there is none, or the shop has it."""
    parcel = state.parcel(state.sent_back.parcel) if state.sent_back else None
    return None if parcel is None or arrived_at(state) else where_is(parcel)


def note_arrival(state: AfterSaleState, story: Story) -> None:
    """The shop has it, whatever the carrier says; what is learnt later may have been so before."""
    if sent := state.sent_back:
        sent.arrived_at = min(sent.arrived_at or story.cause.at, story.cause.at)


def to_send(state: AfterSaleState) -> Quantities:
    """The goods that are still to be sent to the buyer: what was lost or came back is to be sent again."""
    kept = [parcel.units for parcel in replacements(state) if _where_out(parcel) not in (Where.LOST, Where.RETURNED)]
    return minus(state.units, plus(*kept))


def whereabouts(state: AfterSaleState) -> Whereabouts:
    """Where the goods are that the request has moved, each unit once."""
    out, back = _way_out(state), _way_back(state)
    handed_back = minus(back.get(Where.RETURNED, {}), state.settles) if state.handed_back else {}
    back[Where.RETURNED] = minus(back.get(Where.RETURNED, {}), handed_back)
    sent = plus(*out.values())
    came = minus(back[Where.RETURNED], sent)
    return Whereabouts(
        shipped=plus(out.get(Where.ON_THE_WAY, {}), back.get(Where.COMING_BACK, {})),
        delivered=plus(out.get(Where.DELIVERED, {}), handed_back),
        returning=plus(out.get(Where.COMING_BACK, {}), back.get(Where.ON_THE_WAY, {})),
        returned=plus(came, out.get(Where.RETURNED, {})),
        lost=plus(minus(back.get(Where.LOST, {}), sent), out.get(Where.LOST, {})),
    )


def _way_out(state: AfterSaleState) -> dict[Where, Quantities]:
    """Where the replacements are; what was lost or came back and was sent again counts where it is now."""
    received = state.outcome is AfterSaleOutcome.REPLACED
    out: dict[Where, Quantities] = {}
    for parcel in replacements(state):
        where = Where.COMING_BACK if where_is(parcel) is Where.COMING_BACK else _where_out(parcel)
        where = Where.DELIVERED if received and where is Where.ON_THE_WAY else where
        out[where] = plus(out.get(where, {}), parcel.units)
    twice = minus(plus(*out.values()), state.units)
    for where in _SENT_AGAIN:
        gone = out.get(where, {})
        out[where], twice = minus(gone, twice), minus(twice, gone)
    return out


def _way_back(state: AfterSaleState) -> dict[Where, Quantities]:
    """Where the goods are that the buyer sent; nowhere, once they have them back."""
    parcel = state.parcel(state.sent_back.parcel) if state.sent_back else None
    if parcel is None:
        return {}
    where = way_back(state)
    if where is None or state.goods_here:
        return {Where.RETURNED: came(state)}
    if where is Where.RETURNED:
        return {}
    return {where if where in (Where.LOST, Where.COMING_BACK) else Where.ON_THE_WAY: parcel.units}


def came(state: AfterSaleState) -> Quantities:
    """What came: as the inspection said, or else what the money went for, whole or in part."""
    said = state.inspection.came if state.inspection else None
    if said is not None or not state.settles or state.settles == state.units:
        return said or state.units
    return paid_in_part(state)


_SENT_AGAIN = (Where.RETURNED, Where.LOST, Where.COMING_BACK, Where.ON_THE_WAY, Where.DELIVERED)
"""Where the first of two parcels with the same goods is, the likeliest first; one that came to light is the last."""


def _where_out(parcel: Parcel) -> Where:
    """Where a replacement is; what somebody else signed for is as good as lost until it comes to light."""
    where = Where.LOST if where_is(parcel) is Where.ASTRAY else where_is(parcel)
    return where if where in (Where.LOST, Where.RETURNED, Where.DELIVERED) else Where.ON_THE_WAY


def replacements(state: AfterSaleState) -> list[Parcel]:
    """The parcels in which goods were sent to the buyer."""
    return [parcel for parcel in state.parcels if parcel.subject in state.replacements]
