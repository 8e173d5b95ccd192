"""Order cases: open, read, list."""

import hashlib
from dataclasses import replace
from typing import Annotated, Literal
from uuid import uuid4

import structlog
from fastapi import APIRouter, Query, Response
from temporalio.service import RPCError

from api import documented
from api.auth import Caller, acting, allowed_for
from api.context import Context, Here
from api.goods import goods_of
from api.memos import memo_shown
from api.paging import ListPage, shown
from api.problems import Conflict, NotFound, invalid_fields
from api.schemas import (
    BuyerShown,
    CaseShown,
    DeadlineShown,
    LedgerItem,
    LedgerPage,
    MemoShown,
    Page,
    Quotes,
    TimelineItem,
)
from api.starting import start_order
from api.views import amount_shown, deadline_shown, ledger_item, snapshot, timeline_item
from domain.after_sale.intercepts import quotes
from domain.after_sale.state import AfterSaleState
from domain.case.asked import Circumstances
from domain.case.declare import Asked
from domain.case.ids import CaseKind, order_case_id
from domain.case.ledger import EntryKind, Unit
from domain.case.record import record
from domain.errors import UnknownPolicy
from domain.order.opening import OpenedOrder, OpenOrder, accepted, begun, cod_at_risk
from domain.phone import dialled
from domain.policy import current_policy, policy
from domain.roles import SHOP_STAFF, Actor, Role
from domain.shop.hours import midnight
from domain.shop.settings import Shop
from domain.times import CHINA, Instant
from store import buyers, campaigns, cases, deadlines, ledger, memos, opening, shop_settings, timeline
from store.cases import CaseFilter, CaseRecord, CaseSort
from store.opening import Opened
from store.tokens import Principal

router = APIRouter(prefix="/v1/cases", tags=["cases"], responses=documented.PROBLEMS)
log = structlog.get_logger(__name__)

OPENERS = (Role.AGENT, Role.SUPERVISOR, Role.OWNER, Role.ERP, Role.BUYER)
QUOTED_TO = (*SHOP_STAFF, Role.PLATFORM, Role.ERP)
Opener = Annotated[Actor, allowed_for(OPENERS, "Opening a case")]


@router.post("", status_code=201, responses=documented.OPENED_BEFORE)
async def open_case(asked: OpenOrder, opener: Opener, caller: Caller, here: Here, response: Response) -> CaseShown:
    """Opens an order case; the same again answers 200 with the case as it stands."""
    message_id = f"memo:{uuid4().hex}" if asked.buyer_message else None
    order = await _settled(asked, caller.merchant, opener, here, message_id)
    case_id = order_case_id(order.merchant, order.platform, order.order_id)
    message = None
    if message_id:
        message = memos.Memo(
            memo_id=message_id,
            case_id=case_id,
            merchant=order.merchant,
            purpose="buyer_message",
            text=asked.buyer_message,
            flag=0,
            role=Role.BUYER,
            account=asked.buyer.id,
            at=order.placed_at,
        )
    first = record(begun(order).state, since=0)
    outcome = await opening.open_case(here.db, order, first, asked.buyer, _content_hash(asked), message)
    if outcome is Opened.CONFLICT:
        raise Conflict(f"Order {order.order_id} is open with other content.", code="order_conflict")
    if outcome is Opened.CREATED:
        await _start(here, order)
        here.delivery.wake([case_id])  # facts that were parked for it
    else:
        response.status_code = 200
    return snapshot(await find(here, caller, case_id))


@router.get("")
async def list_cases(
    caller: Caller,
    here: Here,
    page: ListPage,
    kind: CaseKind | None = None,
    stage: str | None = None,
    platform: str | None = None,
    outcome: str | None = None,
    open_: Annotated[bool | None, Query(alias="open")] = None,
    order_id: str | None = None,
    due_before: Instant | None = None,
    sort: Literal["due", "-updated"] = "-updated",
) -> Page[CaseShown]:
    """The shop's cases, by due time or the latest change first."""
    wanted = CaseFilter(
        kind=kind,
        stage=stage,
        platform=platform,
        outcome=outcome,
        open=open_,
        order_id=order_id,
        due_before=due_before,
    )
    found = await cases.list_cases(here.db, caller.merchant, wanted, CaseSort(sort), page.limit, page.cursor)
    return shown(found, snapshot)


@router.get("/{case_id}")
async def get_case(case_id: str, caller: Caller, here: Here) -> CaseShown:
    """The case as it stands."""
    return snapshot(await find(here, caller, case_id))


@router.get("/{case_id}/timeline")
async def get_timeline(case_id: str, caller: Caller, here: Here, page: ListPage) -> Page[TimelineItem]:
    """What happened, when it happened, when it was learnt, and who."""
    await find(here, caller, case_id)
    return shown(await timeline.timeline(here.db, case_id, page.limit, page.cursor), timeline_item)


@router.get("/{case_id}/deadlines")
async def get_deadlines(case_id: str, caller: Caller, here: Here, page: ListPage) -> Page[DeadlineShown]:
    """Every clock the case ever had: why it was due when it was, and what became of it."""
    await find(here, caller, case_id)
    return shown(await deadlines.deadlines(here.db, case_id, page.limit, page.cursor), deadline_shown)


@router.get("/{case_id}/ledger")
async def get_ledger(case_id: str, caller: Caller, here: Here, page: ListPage) -> LedgerPage:
    """Money and points that moved; an order's ledger shows its children's entries too."""
    await find(here, caller, case_id)
    found = shown(await ledger.ledger(here.db, case_id, page.limit, page.cursor), _ledger_item)
    totals = await ledger.ledger_totals(here.db, case_id)
    return LedgerPage(
        items=found.items,
        next=found.next,
        totals={kind: amount_shown(total, _unit(kind)) for kind, total in totals.items()},
    )


@router.get("/{case_id}/buyer")
async def get_buyer(case_id: str, caller: Caller, here: Here) -> BuyerShown:
    """The buyer's personal data, for the shop's staff."""
    case = await find(here, caller, case_id)
    acting(caller, SHOP_STAFF, "Reading the buyer")
    buyer = await buyers.buyer(here.db, case.order_case_id)
    if buyer is None:
        raise NotFound("The buyer's data has been erased.")
    return BuyerShown(
        id=buyer.buyer_id,
        name=buyer.name,
        phone=buyer.phone,
        dial=dialled(buyer.phone, await _region(here, case.merchant)) if buyer.phone else None,
        address=buyer.address,
        region=buyer.region,
        credit=buyer.credit,
        trades=buyer.trades,
    )


@router.get("/{case_id}/memos")
async def get_memos(case_id: str, caller: Caller, here: Here, page: ListPage) -> Page[MemoShown]:
    """The shop's memos and other texts on a case, for the shop's staff."""
    await find(here, caller, case_id)
    acting(caller, SHOP_STAFF, "Reading memos")
    return shown(await memos.memos(here.db, case_id, page.limit, page.cursor), memo_shown)


@router.get("/{case_id}/intercept-quote")
async def get_intercept_quote(case_id: str, caller: Caller, here: Here) -> Quotes:
    """What stopping each parcel of a request would cost, or every reason against it (S1-29)."""
    case = await find(here, caller, case_id)
    by = acting(caller, QUOTED_TO, "A quote")
    if case.kind is not CaseKind.AFTER_SALE:
        raise NotFound("Parcels are intercepted for an after-sale request.")
    shop = await shop_settings.terms(here.db, case.merchant, by.account, by.role)
    around = Circumstances(shop=shop, goods=await goods_of(here, case))
    state = AfterSaleState.model_validate(case.state)
    return Quotes(items=quotes(Asked(state, policy(state.policy), by, await here.clock.now(), None, around)))


async def find(here: Context, caller: Principal, case_id: str) -> CaseRecord:
    """The caller's case. Raises NotFound, also for another merchant's."""
    case = await cases.get_case(here.db, case_id, caller.merchant)
    if case is None:
        raise NotFound(f"There is no case {case_id}.")
    structlog.contextvars.bind_contextvars(case_id=case_id)
    return case


async def _settled(
    asked: OpenOrder, merchant: str, opener: Actor, here: Context, message_id: str | None
) -> OpenedOrder:
    """The opening with its edition, campaign and shop settled; 422 for ones that nobody knows."""
    try:
        edition = policy(asked.policy) if asked.policy else current_policy(asked.platform)
    except UnknownPolicy as unknown:
        raise _unknown("policy", str(unknown)) from unknown
    terms = None
    if asked.campaign:
        campaign = await campaigns.get(here.db, asked.campaign)
        if campaign is None:
            raise _unknown("campaign", f"There is no campaign {asked.campaign}.")
        terms = campaign.terms
    now = await here.clock.now()
    under = await shop_settings.opened_under(here.db, merchant)
    at_risk_today = 0
    if cod_at_risk(asked) and under.cod.daily_quota_at_risk is not None:
        at_risk_today = await cases.at_risk_since(here.db, merchant, midnight(now.astimezone(CHINA).date()))
    under = replace(under, at_risk_today=at_risk_today, message=message_id)
    return accepted(asked, merchant, edition.id, terms, opener, now, under)


def _unknown(field: str, message: str) -> Exception:
    return invalid_fields([{"loc": (field,), "msg": message}])


async def _region(here: Context, merchant: str) -> str:
    shop = await shop_settings.get(here.db, merchant, "shop")
    return shop.region if isinstance(shop, Shop) else ""


async def _start(here: Context, order: OpenedOrder) -> None:
    """Starts the workflow. The row stands: where Temporal is away, the sweep starts it when it is back."""
    try:
        await start_order(here.temporal, order)
    except RPCError as away:
        log.warning("start_waits", order_id=order.order_id, error=away.message)


def _content_hash(asked: OpenOrder) -> str:
    return hashlib.sha256(asked.model_dump_json().encode()).hexdigest()


def _ledger_item(entry: ledger.Booked) -> LedgerItem:
    return ledger_item(entry, entry.case_id)


def _unit(kind: str) -> Unit:
    return Unit.POINTS if kind == EntryKind.LATE_SHIPMENT_POINTS else Unit.CNY
