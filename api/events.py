"""Facts that outside systems report: accepted means written, and never lost from then on."""

from typing import Any

from fastapi import Request

from api import documented
from api.bodies import read_json
from api.dependencies import Caller, Here
from api.routing import Router
from api.schemas import EventResult, EventResults
from domain.lives import FACTS
from services.errors import Invalid
from services.events import take_events

router = Router(prefix="/v1/events", tags=["events"], responses=documented.PROBLEMS)

AT_MOST = 1000


DESCRIPTION = f"""Takes in one CloudEvent or an array of them; a bad one does not harm its batch.

`accepted`; `duplicate`: same source and id; `parked`: its case is not open yet, or its parcel not announced,
delivered when it is; `rejected`, with the reason.

{documented.event_table(FACTS.values())}
"""


@router.post("", status_code=202, description=DESCRIPTION, openapi_extra=documented.EVENT_BODY)
async def report_events(request: Request, caller: Caller, here: Here) -> EventResults:
    """Takes in one CloudEvent or an array of them; its description lists every type."""
    taken = await take_events(here, caller, await _batch(request))
    return EventResults(results=[EventResult(id=one.id, status=one.status, reason=one.reason) for one in taken])


async def _batch(request: Request) -> list[Any]:
    """The events as they were sent: each is looked at by itself."""
    body = read_json(await request.body())
    batch = body if isinstance(body, list) else [body]
    if not 1 <= len(batch) <= AT_MOST:
        raise Invalid(f"Send one event, or an array of 1 to {AT_MOST:,}; this one has {len(batch):,}.")
    return batch
