"""Opening an interception: one parcel of an after-sale request."""

from pydantic import BaseModel

from domain.case.cause import Evidence
from domain.case.live import LiveCase
from domain.case.parcel import Parcel
from domain.case.rules import FIRST
from domain.intercept.life import PARCEL_INTERCEPT
from domain.intercept.state import Initiator, InterceptState
from domain.money import Yuan
from domain.roles import Actor
from domain.shop.hours import WorkingHours
from domain.times import Instant


class InterceptOpening(BaseModel):
    """An accepted interception, as its workflow gets it; `parcels` lets the parcel's scans reach it."""

    case_id: str
    merchant: str
    platform: str
    policy: str
    order_case_id: str
    after_sale_case_id: str
    order_id: str
    carrier: str
    tracking_no: str
    line_ids: list[str]
    worth: Yuan
    fee: Yuan
    fee_rule: str
    claim_limit: Yuan
    initiator: Initiator
    asked_by: Evidence
    hours: WorkingHours = WorkingHours()
    rules: int = FIRST
    opened_at: Instant
    opened_by: Actor


def begun(opening: InterceptOpening) -> LiveCase[InterceptState]:
    """The case at version 1: the request's write and the workflow start from the very same."""
    fields = {name: getattr(opening, name) for name in InterceptOpening.model_fields if name != "opened_by"}
    parcel = Parcel(
        carrier=opening.carrier,
        tracking_no=opening.tracking_no,
        line_ids=opening.line_ids,
        consigned_at=opening.opened_at,
        consigned_by=opening.asked_by,
        status_at=opening.opened_at,
        version=1,
    )
    case = LiveCase(PARCEL_INTERCEPT, InterceptState(updated_at=opening.opened_at, parcels=[parcel], **fields))
    summary = f"Interception of {opening.carrier}/{opening.tracking_no}, asked for by the {opening.initiator}"
    case.begin(summary, opening.opened_by, opening.opened_at)
    return case
