"""Where a parcel is: every scan of it, with its place and time."""

from pydantic import BaseModel, Field

from api import documented
from api.dependencies import Caller, Here
from api.paging import ListPage, shown
from api.routing import Router
from api.schemas import PageShown
from domain.times import Instant
from services.parcels import list_scans
from store.parcels import ScanRecord

router = Router(prefix="/v1/cases", tags=["cases"], responses=documented.PROBLEMS)


class ScanShown(BaseModel):
    """What the carrier said of a parcel."""

    status: str = Field(examples=["picked_up"])
    at: Instant = Field(description="When it was so, by the carrier's clock.")
    recorded_at: Instant = Field(description="When Caseline learnt of it.")
    location: str | None = Field(None, examples=["广州天河集散中心"])


@router.get("/{case_id}/parcels/{carrier}/{tracking_no}/scans")
async def get_scans(
    case_id: str, carrier: str, tracking_no: str, caller: Caller, here: Here, page: ListPage
) -> PageShown[ScanShown]:
    """A parcel's way, from the first scan on; those that changed nothing are there too."""
    return shown(await list_scans(here, caller, case_id, carrier, tracking_no, page.limit, page.cursor), _scan)


def _scan(scan: ScanRecord) -> ScanShown:
    return ScanShown(status=scan.status, at=scan.at, recorded_at=scan.recorded_at, location=scan.location)
