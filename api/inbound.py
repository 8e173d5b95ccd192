"""What platforms send as they send it: signed by them, answered as they want it."""

from datetime import UTC, datetime
from typing import Annotated
from urllib.parse import parse_qsl

from fastapi import APIRouter, Path, Request, Response

from api import documented
from api.bodies import require_fit_address
from api.dependencies import Here
from api.problems import Unauthorized
from api.routing import name_operation
from connectors.translation import Delivery
from domain.roles import SELLER
from services.cases import require_role
from services.errors import NotFound
from services.inbound import against_signature, find_sender, take_delivery
from store.tokens import Principal

router = APIRouter(
    prefix="/v1/inbound",
    tags=["events"],
    responses=documented.PROBLEMS,
    generate_unique_id_function=name_operation,
)

FORM = "application/x-www-form-urlencoded"


@router.post("/{connector}/{source}", response_class=Response, openapi_extra=documented.TOKEN_OR_SIGNATURE)
async def take_platform_message(
    request: Request,
    connector: Annotated[str, Path(description="The platform.", examples=["taobao"])],
    source: Annotated[str, Path(description="An id of the shop's sources.", examples=["src_0c5a"])],
    here: Here,
) -> Response:
    """Takes in a platform's messages as they come; its own signature, or a token of the shop, stands for them.

    The answer is the platform's own acknowledgement. A message that cannot be read is acknowledged too: it is kept, and
    somebody's task.
    """
    require_fit_address(request)
    now = datetime.now(UTC)  # noqa: TID251 - signatures have the world's time, not the test clock's
    sender = await find_sender(here.db, connector, source, now)
    caller: Principal | None = request.state.principal
    if sender is None or (caller and caller.merchant != sender.source.merchant):
        raise NotFound(f"There is no source {source} of {connector}.")
    delivery = _delivery(request, await request.body())
    if caller:
        require_role(caller, SELLER, "Handing on a platform's messages")
    elif why := against_signature(sender, delivery, now):
        raise Unauthorized(f"This is not taken: {why}.")
    answer = await take_delivery(here, sender.source, delivery)
    return Response(answer.body, answer.status, media_type=answer.content_type)


def _delivery(request: Request, body: bytes) -> Delivery:
    text = body.decode(errors="replace")
    is_form = request.headers.get("content-type", "").partition(";")[0].strip().lower() == FORM
    return Delivery(
        body=text,
        form=dict(parse_qsl(text, keep_blank_values=True)) if is_form else {},
        query=dict(request.query_params),
        headers={name.lower(): value for name, value in request.headers.items()},
    )
