"""The parcels of a request: the return, and the replacement."""

from domain.after_sale.state import AfterSaleState
from domain.case.parcel import Parcel
from domain.case.story import Story


def send(state: AfterSaleState, carrier: str, tracking_no: str, story: Story) -> str:
    """Notes a parcel with the request's lines; answers its name (`yto/R1`)."""
    parcel = Parcel(
        carrier=carrier,
        tracking_no=tracking_no,
        line_ids=[line.line_id for line in state.lines],
        consigned_at=story.cause.at,
        consigned_by=story.cause.evidence,
        version=state.version,
    )
    if (known := state.parcel(parcel.subject)) is not None:
        state.parcels.remove(known)
    state.parcels.append(parcel)
    return parcel.subject
