"""Facts that outside systems report: accepted means written, and never lost from then on."""

from collections.abc import Mapping
from typing import Annotated, Any
from urllib.parse import unquote

from fastapi import Header, Query, Request, Response

from api import documented
from api.bodies import read_json
from api.dependencies import Caller, Here
from api.routing import Router
from api.schemas import EventResult, EventResults
from domain.errors import Refusal
from domain.lives import FACTS
from services.errors import Invalid
from services.events import REJECTED, EventTaken, take_events

router = Router(prefix="/v1/events", tags=["events"], responses=documented.PROBLEMS)

AT_MOST = 1000


DESCRIPTION = f"""Takes in one CloudEvent or an array of them; a bad one does not harm its batch.

`accepted`; `duplicate`: same source and id; `parked`: its case is not open yet, or its parcel not announced,
delivered when it is; `rejected`, with the reason.

One event may also come in binary mode, its attributes in `ce-` headers and its data as the body, and in JSON its data
may stand in `data_base64`. With `Prefer: handling=strict` a single event that is rejected answers 422.

{documented.event_table(FACTS.values())}
"""


SourceId = Annotated[
    str | None,
    Query(
        description="Whose signature (Standard Webhooks) stands for a token: an id of the shop's sources.",
        examples=["src_0c5a"],
    ),
]
STRICT = "handling=strict"
Prefer = Annotated[
    str | None,
    Header(description=f"`{STRICT}`: 422 instead of 202 for a single event that is rejected.", examples=[STRICT]),
]


@router.post("", status_code=202, description=DESCRIPTION, openapi_extra=documented.EVENT_BODY)
async def report_events(
    request: Request, response: Response, caller: Caller, here: Here, source: SourceId = None, prefer: Prefer = None
) -> EventResults:
    """Takes in one CloudEvent or an array of them; its description lists every type."""
    sent = _read(request.headers, await request.body())
    taken = await take_events(here, caller, _batch(sent))
    if _is_strict(request.headers.getlist("prefer") if prefer else []):
        response.headers["Preference-Applied"] = STRICT
        if not isinstance(sent, list):
            _require_taken(taken[0])
    return EventResults(results=[EventResult(id=one.id, status=one.status, reason=one.reason) for one in taken])


def _read(headers: Mapping[str, str], body: bytes) -> Any:
    """What was sent, in whichever of CloudEvents' modes: structured, batched, or binary."""
    content_type = headers.get("content-type", "").strip().lower()
    attributes = {name.removeprefix("ce-"): value for name, value in headers.items() if name.startswith("ce-")}
    if not attributes or content_type.startswith("application/cloudevents"):
        return read_json(body)
    event: dict[str, Any] = {name: unquote(value) for name, value in attributes.items() if name.isalnum()}
    event.pop("data", None)
    return event | {"data": read_json(body)} if body.strip() else event


def _batch(sent: Any) -> list[Any]:
    """The events as they were sent: each is looked at by itself."""
    batch = sent if isinstance(sent, list) else [sent]
    if not 1 <= len(batch) <= AT_MOST:
        raise Invalid(f"Send one event, or an array of 1 to {AT_MOST:,}; this one has {len(batch):,}.")
    return batch


def _is_strict(prefer: list[str]) -> bool:
    """Whether one of the preferences, as RFC 7240 writes them, is to be answered strictly."""
    preferences = (one.partition(";")[0] for line in prefer for one in line.split(","))
    return any(one.replace(" ", "").replace('"', "").lower() == STRICT for one in preferences)


def _require_taken(one: EventTaken) -> None:
    if one.status == REJECTED:
        reason = one.reason or ""
        raise Invalid(reason, code="event_rejected", reasons=[Refusal(code="event_rejected", message=reason)])
