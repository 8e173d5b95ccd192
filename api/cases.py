"""Order cases: open, read, list."""

from functools import partial
from typing import Annotated, Literal

from fastapi import Header, Query, Response

from api import documented
from api.beside import buyer_shown, deadline_shown, ledger_page, message_shown, timeline_item
from api.case_pages import CaseWithParts, page_shown, parts_shown
from api.dependencies import Caller, Here, OwnCase, allowed_for
from api.language import AcceptLanguage, InLanguage, language_of
from api.memos import memo_shown
from api.paging import ListPage, shown
from api.routing import Router
from api.schemas import BuyerShown, LedgerPage, MemoShown, PageShown, Quotes, SentMessage, TimelineItem
from api.snapshots import CaseShown, DeadlineShown
from api.views import snapshot
from domain.case.ids import CaseKind
from domain.order.opening import OpenOrder
from domain.roles import SHOP_STAFF, Actor, Role
from domain.times import Instant
from services.buyers import find_buyer
from services.case_pages import Part, read_page
from services.errors import invalid_field
from services.interceptions import QUOTED_TO, quote_parcels
from services.opening import open_order
from store import cases, deadlines, ledger, memos, messages, timeline
from store.cases import CaseFilter, CaseSort

router = Router(prefix="/v1/cases", tags=["cases"], responses=documented.PROBLEMS)

OPENERS = (Role.AGENT, Role.SUPERVISOR, Role.OWNER, Role.ERP, Role.BUYER)
Opener = Annotated[Actor, allowed_for(OPENERS, "Opening a case")]
BuyerReader = Annotated[Actor, allowed_for(SHOP_STAFF, "Reading the buyer")]
Quoter = Annotated[Actor, allowed_for(QUOTED_TO, "A quote")]
IfNoneMatch = Annotated[
    str | None, Header(description="The `ETag` of what is there already: 304 if it still is so.", examples=['"3"'])
]
MessageReader = Annotated[Actor, allowed_for(SHOP_STAFF, "Reading messages")]
Include = Annotated[
    str,
    Query(
        description=f"What to show beside it, with commas between: {', '.join(Part)}.",
        examples=["actions,deadlines,timeline"],
        max_length=200,
    ),
]
MemoReader = Annotated[Actor, allowed_for(SHOP_STAFF, "Reading memos")]


@router.post("", status_code=201, responses=documented.OPENED_BEFORE | documented.MAY_BE_SLOWED)
async def open_case(request: OpenOrder, opener: Opener, caller: Caller, here: Here, response: Response) -> CaseShown:
    """Opens an order case; the same again answers 200 with the case as it stands."""
    opened = await open_order(here, caller, opener, request)
    if not opened.created:
        response.status_code = 200
    return snapshot(opened.case, caller)


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
    updated_after: Instant | None = None,
    sort: Literal["due", "-updated"] = "-updated",
) -> PageShown[CaseShown]:
    """The shop's cases, by due time or the latest change first."""
    wanted = CaseFilter(
        kind=kind,
        stage=stage,
        platform=platform,
        outcome=outcome,
        open=open_,
        order_id=order_id,
        due_before=due_before,
        updated_after=updated_after,
        buyer=caller.buyer,
    )
    found = await here.db.read(cases.list_cases, caller.merchant, wanted, CaseSort(sort), page.limit, page.cursor)
    return shown(found, lambda case: snapshot(case, caller))


@router.get("/{case_id}", response_model=CaseWithParts, responses=documented.NOT_MODIFIED)
async def get_case(
    case: OwnCase,
    response: Response,
    caller: Caller,
    here: Here,
    accept_language: AcceptLanguage = "",
    include: Include = "",
    if_none_match: IfNoneMatch = None,
) -> CaseWithParts | Response:
    """The case as it stands; its `ETag` changes with its `version`. What `include` names comes with it, in one call.

    The parts are as they were at the same instant; those that the caller's roles may not see are left out. An answer
    with parts has no `ETag`, because time alone changes what may be done.
    """
    if parts := _parts(include):
        page = await read_page(here, caller, case.case_id, parts)
        language = await language_of(caller, here, accept_language)  # a case by itself has no words of ours
        return page_shown(page.case, caller, parts_shown(page, language))
    tag = f'"{case.revision}"'
    if tag in _tags(if_none_match or ""):
        return Response(status_code=304, headers={"ETag": tag})
    response.headers["ETag"] = tag
    return page_shown(case, caller)


def _parts(include: str) -> list[Part]:
    """The parts that a query names. Raises Invalid for one that there is not."""
    named = [name for name in include.split(",") if name]
    if unknown := [name for name in named if name not in list(Part)]:
        parts = ", ".join(Part)
        raise invalid_field("include", f"{', '.join(unknown)} is none of {parts}", f"只能是 {parts}")
    return [Part(name) for name in named]


def _tags(given: str) -> list[str]:
    """The tags that a header lists, strong or weak."""
    return [tag.strip().removeprefix("W/") for tag in given.split(",")]


@router.get("/{case_id}/timeline")
async def get_timeline(
    case: OwnCase, caller: Caller, here: Here, page: ListPage, language: InLanguage
) -> PageShown[TimelineItem]:
    """What happened, when it happened, when it was learnt, and who; what the shop does among its own is left out."""
    found = await here.db.read(timeline.timeline, case.case_id, page.limit, page.cursor, caller.roles)
    return shown(found, partial(timeline_item, language, case.policy))


@router.get("/{case_id}/deadlines")
async def get_deadlines(case: OwnCase, here: Here, page: ListPage, language: InLanguage) -> PageShown[DeadlineShown]:
    """Every clock the case ever had: why it was due when it was, and what became of it."""
    found = await here.db.read(deadlines.deadlines, case.case_id, page.limit, page.cursor)
    return shown(found, partial(deadline_shown, case.kind, language))


@router.get("/{case_id}/ledger")
async def get_ledger(case: OwnCase, here: Here, page: ListPage) -> LedgerPage:
    """Money and points that moved; an order's ledger shows its children's entries too."""
    return ledger_page(await here.db.read_at_once(ledger.ledger, case.case_id, page.limit, page.cursor))


@router.get("/{case_id}/buyer")
async def get_buyer(case: OwnCase, reader: BuyerReader, here: Here) -> BuyerShown:
    """The buyer's personal data, for the shop's staff."""
    return buyer_shown(await find_buyer(here, case))


@router.get("/{case_id}/memos")
async def get_memos(case: OwnCase, reader: MemoReader, here: Here, page: ListPage) -> PageShown[MemoShown]:
    """The shop's memos and other texts on a case and its whole family, for the shop's staff."""
    return shown(await here.db.read(memos.memos, case.case_id, page.limit, page.cursor), memo_shown)


@router.get("/{case_id}/messages")
async def get_messages(case: OwnCase, reader: MessageReader, here: Here, page: ListPage) -> PageShown[SentMessage]:
    """What the buyer was sent about the whole family, the oldest first, for the shop's staff."""
    of_order = case.merchant, case.order_id
    found = await here.db.read(messages.messages, *of_order, page.limit, page.cursor, of=case.case_id)
    return shown(found, message_shown)


@router.get("/{case_id}/intercept-quote")
async def get_intercept_quote(case: OwnCase, by: Quoter, here: Here) -> Quotes:
    """What stopping each parcel of a request would cost, or every reason against it (S1-29)."""
    return Quotes(items=await quote_parcels(here, case, by))
