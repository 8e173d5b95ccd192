"""Opening an interception: of one parcel, for an after-sale request or for the order itself."""

from domain.case.cause import Evidence
from domain.case.child import Start, begin_child
from domain.case.ids import CaseKind
from domain.case.live import LiveCase
from domain.case.opening import Opening
from domain.case.parcel import Parcel
from domain.case.units import Quantities
from domain.intercept.life import PARCEL_INTERCEPT
from domain.intercept.state import Initiator, InterceptState
from domain.money import Yuan


class InterceptOpening(Opening):
    """An accepted interception, as its workflow gets it; money is yuan."""

    kind = CaseKind.PARCEL_INTERCEPT

    after_sale_case_id: str | None = None
    carrier: str
    tracking_no: str
    units: Quantities
    worth: Yuan
    fee: Yuan
    fee_rule: str
    claim_limit: Yuan
    initiator: Initiator
    asked_by: Evidence


StartIntercept = Start[InterceptOpening, InterceptState]


def begin(opening: InterceptOpening) -> LiveCase[InterceptState]:
    """The interception at version 1; `parcels` lets the parcel's scans reach it."""
    parcel = Parcel(
        carrier=opening.carrier,
        tracking_no=opening.tracking_no,
        units=opening.units,
        consigned_at=opening.opened_at,
        consigned_by=opening.asked_by,
        version=1,
    )
    summary = f"Interception of {opening.carrier}/{opening.tracking_no}, asked for by the {opening.initiator}"
    return begin_child(PARCEL_INTERCEPT, opening, summary, parcels=[parcel])
