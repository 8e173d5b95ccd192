"""Opening an order: accepted under its edition, campaign and shop, its row first, then its workflow."""

import hashlib
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import uuid4

import structlog
from temporalio.service import RPCError

from domain.case.ids import order_case_id
from domain.case.record import record
from domain.errors import UnknownPolicy
from domain.order.opening import OpenedOrder, OpenOrder, accept_opening, begin, is_cod_at_risk
from domain.order.state import OrderState
from domain.policy import current_policy, policy
from domain.roles import Actor, Role
from domain.shop.hours import midnight
from domain.times import CHINA, FUTURE_TOLERANCE
from services.context import Context
from services.errors import NotAllowed, OrderConflict, invalid_field
from services.starting import start_order
from store import opening
from store.cases import CaseRecord
from store.memos import Memo
from store.opening import Opened, OpenedCase
from store.tokens import Principal

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class OpenCase:
    """The case as it stands; `created`: this very opening made it, and it was not there before."""

    case: CaseRecord
    created: bool


async def open_order(
    here: Context, caller: Principal, opener: Actor, request: OpenOrder, *, facts_wait: bool = False
) -> OpenCase:
    """Opens an order case; the same again answers the case as it stands.

    Where facts wait for it, the relay starts it together with them: no clock of it passes before it has heard them.

    Raises:
        NotAllowed: the caller's token is of another buyer.
        Invalid: nobody knows its edition or its campaign, or it was placed in the future.
        OrderConflict: that order is open with other content.
        Slowed: more orders are being opened than are taken up.
    """
    if caller.buyer and caller.buyer != request.buyer.id:
        raise NotAllowed(f"This token is of buyer {caller.buyer} and opens no order of another.")
    message_id = f"memo:{uuid4().hex}" if request.buyer_message else None
    order = await resolve_opening(here, request, caller.merchant, opener, message_id)
    case_id = order_case_id(order.merchant, order.platform, order.order_id)
    message = _message(message_id, case_id, order, request) if message_id else None
    await here.backlog.admit()
    state = begin(order).state
    opened = await accept_order(here, order, state, request, message)
    if opened.outcome is Opened.CONFLICT:
        raise OrderConflict(f"Order {order.order_id} is open with other content.")
    structlog.contextvars.bind_contextvars(case_id=case_id)
    if opened.outcome is Opened.CREATED and not facts_wait:
        await _start(here, order, state)
    if opened.awaited:
        here.relay.wake([case_id])  # facts that were parked for it
    return OpenCase(opened.case, created=opened.outcome is Opened.CREATED)


async def accept_order(
    here: Context, order: OpenedOrder, state: OrderState, request: OpenOrder, message: Memo | None = None
) -> OpenedCase:
    """Writes the row of an order, as its workflow begins it; the workflow is the caller's to start."""
    first = record(state, since=0)
    content_hash = hashlib.sha256(request.model_dump_json().encode()).hexdigest()
    return await here.db.write(opening.open_and_read, order, first, request.buyer, content_hash, message)


async def resolve_opening(
    here: Context, request: OpenOrder, merchant: str, opener: Actor, message_id: str | None
) -> OpenedOrder:
    """The opening with its edition, campaign and shop resolved.

    Raises:
        Invalid: nobody knows its edition or its campaign, or it was placed in the future.
    """
    now = await here.clock.now()
    if request.placed_at > now + FUTURE_TOLERANCE:
        raise invalid_field("placed_at", "lies more than five minutes in the future", "比现在晚了五分钟以上")
    try:
        edition = policy(request.policy) if request.policy else current_policy(request.platform)
    except UnknownPolicy as unknown:
        raise invalid_field("policy", str(unknown), "没有这个规则版本") from unknown
    today = midnight(now.astimezone(CHINA).date()) if is_cod_at_risk(request) else None
    terms = await here.db.read(opening.terms_of_opening, merchant, request.campaign, today)
    if request.campaign and terms.campaign is None:
        raise invalid_field("campaign", f"There is no campaign {request.campaign}.", "没有这个活动")
    under = replace(terms.shop, at_risk_today=terms.at_risk_today, message=message_id)
    campaign = terms.campaign.terms if terms.campaign else None
    return accept_opening(request, merchant, edition.id, campaign, opener, now, under)


def _message(message_id: str, case_id: str, order: OpenedOrder, request: OpenOrder) -> Memo:
    return Memo(
        memo_id=message_id,
        case_id=case_id,
        merchant=order.merchant,
        purpose="buyer_message",
        text=request.buyer_message,
        flag=0,
        role=Role.BUYER,
        account=request.buyer.id,
        at=order.placed_at,
    )


async def _start(here: Context, order: OpenedOrder, state: OrderState) -> None:
    """Starts the workflow, to wait until something is due. The row stands: where Temporal is away, that is made up for.

    Whoever has something for the order starts it, and recovery does when it is due.
    """
    due_at = state.next_due_at()
    waits = max(due_at - order.opened_at, timedelta()) if due_at else None
    try:
        await start_order(here.temporal, order, waits=waits, begun=state)
    except RPCError as away:
        log.warning("start_waits", order_id=order.order_id, error=away.message)
