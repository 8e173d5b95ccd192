"""The parcels of a case, as whoever sees the case sees them."""

from services.cases import find_case
from services.context import Context
from services.errors import NotFound
from store import parcels
from store.pages import Page
from store.parcels import ScanRecord
from store.tokens import Principal


async def list_scans(
    here: Context, caller: Principal, case_id: str, carrier: str, tracking_no: str, limit: int, cursor: str | None
) -> Page[ScanRecord]:
    """A page of a parcel's way.

    Raises:
        NotFound: there is no such case, or it has no such parcel.
        BadCursor: the cursor is another list's.
    """
    case = await find_case(here, caller, case_id)
    if not any((parcel.carrier, parcel.tracking_no) == (carrier, tracking_no) for parcel in case.parcels):
        raise NotFound(f"The case has no parcel {carrier}/{tracking_no}.")
    return await here.db.read(parcels.scans, case_id, carrier, tracking_no, limit, cursor)
