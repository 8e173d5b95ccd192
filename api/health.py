"""For operators: is it alive, is it ready, what does it count?"""

from fastapi import Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from pydantic import BaseModel, Field
from temporalio.service import RPCError

from api import documented
from api.dependencies import Here
from api.routing import Router
from runtime import metrics
from services.errors import Unavailable
from store import gauges
from store.migrate import at_head

router = Router(tags=["operations"], responses={status: documented.PROBLEMS[status] for status in (422, 503)})


class Health(BaseModel):
    """`ok`, or the answer is a problem."""

    status: str = Field("ok", examples=["ok"])


class Readiness(Health):
    """`backlog`: new orders, paid or overdue, that wait for a worker; `openings_slowed`: so many that openings wait."""

    backlog: int = Field(examples=[12])
    openings_slowed: bool = Field(examples=[False])


@router.get("/healthz", openapi_extra=documented.WITHOUT_TOKEN)
async def alive() -> Health:
    """The process answers."""
    return Health()


@router.get("/readyz", openapi_extra=documented.WITHOUT_TOKEN)
async def ready(here: Here) -> Readiness:
    """The database is there and migrated, and Temporal answers; also while openings are slowed: all else is served."""
    if not await here.db.read(at_head):
        raise Unavailable("The database is not migrated; run `caseline migrate`.")
    try:
        healthy = await here.temporal.service_client.check_health()
    except RPCError as away:
        raise Unavailable("Temporal does not answer.") from away
    if not healthy:
        raise Unavailable("Temporal is not serving yet.")
    size = await here.backlog.size()
    return Readiness(backlog=size, openings_slowed=here.backlog.is_long(size))


@router.get("/metrics", include_in_schema=False)
async def prometheus(here: Here) -> Response:
    """Counters and gauges of this process and of the cases, for Prometheus."""
    counted = await here.db.read(gauges.gauges, await here.clock.now())
    metrics.show_open_cases(counted.open_cases)
    metrics.show_overdue_deadlines(counted.overdue_deadlines)
    metrics.show_undelivered_events(counted.undelivered_events)
    metrics.show_webhooks(counted.webhooks)
    metrics.show_backlog(await here.backlog.size())
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)
