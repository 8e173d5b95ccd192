"""Facts that outside systems report: accepted means written, and never lost from then on."""

import json
from typing import Any

from fastapi import APIRouter, Request

from api import documented
from api.auth import Caller, actor
from api.context import Here
from api.problems import Invalid
from api.schemas import EventResult, EventResults
from domain.events import CloudEvent, Rejected, Reported, read_event
from domain.lives import FACTS
from runtime import metrics
from store import inbox

router = APIRouter(prefix="/v1/events", tags=["events"], responses=documented.PROBLEMS)

AT_MOST = 1000


DESCRIPTION = f"""Takes in one CloudEvent or an array of them; a bad one does not harm its batch.

`accepted`; `duplicate`: same source and id; `parked`: its case is not open yet, or its parcel not announced,
delivered when it is; `rejected`, with the reason.

{documented.event_table(FACTS.values())}
"""


@router.post("", status_code=202, description=DESCRIPTION, openapi_extra=documented.EVENT_BODY)
async def report_events(request: Request, caller: Caller, here: Here) -> EventResults:
    """Takes in one CloudEvent or an array of them; its description lists every type."""
    batch = await _batch(request)
    now = await here.clock.now()
    actors = {role: actor(caller, role) for role in caller.roles}
    results: list[EventResult] = []
    reported: list[Reported] = []
    for raw in batch:
        result = EventResult(id=_id(raw), status="rejected")
        try:
            reported.append(read_event(raw, caller.merchant, actors, now))
            result.status = "accepted"
        except Rejected as rejected:
            result.reason = str(rejected)
        results.append(result)
    accepted = await inbox.accept(here.db, caller.merchant, reported, now)
    statuses = iter(accepted.statuses)
    for raw, result in zip(batch, results, strict=True):
        if result.status != "rejected":
            result.status = next(statuses)
        metrics.count_event(_type(raw), result.status)
    if accepted.to_deliver:
        here.delivery.wake(accepted.to_deliver)
    return EventResults(results=results)


async def _batch(request: Request) -> list[Any]:
    try:
        given = json.loads(await request.body())
    except ValueError as error:
        raise Invalid("The body is not JSON.") from error
    batch = given if isinstance(given, list) else [given]
    if not 1 <= len(batch) <= AT_MOST:
        raise Invalid(f"Send one event, or an array of 1 to {AT_MOST:,}; this one has {len(batch):,}.")
    return batch


def _id(raw: Any) -> str | None:
    id_ = raw.get("id") if isinstance(raw, dict) else None
    return id_ if isinstance(id_, str) else None


def _type(raw: Any) -> str:
    event_type = raw.get("type") if isinstance(raw, dict) else None
    return event_type if isinstance(event_type, str) and event_type in FACTS else "unknown"


SCHEMAS = (CloudEvent,)
"""Models that only the hand-written bodies of the OpenAPI document name."""
