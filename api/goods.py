"""The parcels that carry a case's lines, as the store has them: plain scans that did not wake the case included."""

from api.context import Context
from domain.after_sale.state import AfterSaleState
from domain.case.ids import CaseKind
from domain.case.parcel import ParcelSeen
from domain.money import ZERO
from domain.order.state import OrderState
from store import cases, intercepts
from store.cases import CaseRecord


async def goods_of(here: Context, case: CaseRecord) -> list[ParcelSeen]:
    """The parcels of a request's order that carry one of its lines; none for another kind of case."""
    if case.kind is not CaseKind.AFTER_SALE:
        return []
    requested = {line.line_id for line in AfterSaleState.model_validate(case.state).lines}
    order = await cases.get_case(here.db, case.order_case_id, case.merchant)
    if order is None:
        return []
    stopped = await intercepts.being_stopped(here.db, case.order_case_id)
    lines = {line.line_id: line for line in OrderState.model_validate(order.state).lines}
    return [
        ParcelSeen(
            carrier=parcel.carrier,
            tracking_no=parcel.tracking_no,
            status=parcel.status,
            line_ids=list(parcel.line_ids),
            categories=sorted({name for line_id in parcel.line_ids for name in lines[line_id].categories}),
            worth=sum((lines[line_id].amount for line_id in parcel.line_ids), ZERO),
            being_stopped=f"{parcel.carrier}/{parcel.tracking_no}" in stopped,
        )
        for parcel in order.parcels
        if requested & set(parcel.line_ids)
    ]
