"""Search from anywhere, and what else a buyer has bought."""

from typing import Annotated

from fastapi import Query
from pydantic import BaseModel, Field, StringConstraints

from api import documented
from api.beside import stage_title
from api.dependencies import Caller, Here, allowed_for
from api.language import InLanguage
from api.paging import ListPage, shown
from api.routing import Router
from api.schemas import PageShown
from api.snapshots import CaseShown
from api.views import snapshot
from domain.case.ids import CaseKind
from domain.language import Language
from domain.money import Yuan
from domain.roles import SHOP_STAFF, Actor
from services.searching import Found, find_cases
from store import buyers, cases
from store.cases import CaseFilter

router = Router(prefix="/v1", tags=["cases"], responses=documented.PROBLEMS)

Words = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=2, max_length=100, pattern=r"^[^\x00]*$"),
    Query(description="An order id or its beginning, a waybill, a buyer's id, phone, its last four digits, a name."),
]
BuyerReader = Annotated[Actor, allowed_for(SHOP_STAFF, "Reading a buyer's cases")]


class CaseFound(BaseModel):
    """A case that was found; `buyer` for the shop's staff only, and masked."""

    case_id: str = Field(examples=["order:demo:taobao:T1001"])
    kind: CaseKind
    order_id: str = Field(examples=["T1001"])
    platform: str = Field(examples=["taobao"])
    stage: str = Field(examples=["awaiting_shipment"])
    stage_title: str = Field(examples=["待发货"])
    open: bool
    amount: Yuan = Field(description="Of the order, with freight", examples=["209.00"])
    buyer: str | None = Field(None, examples=["陈**"])


class BuyerCounts(BaseModel):
    """What a buyer has had with this shop; `refunds` are the requests that ended with money paid back."""

    orders: int
    requests: int
    refunds: int
    complaints: int


class BuyerCasesPage(PageShown[CaseShown]):
    """A page of a buyer's cases; the counts are of all of them."""

    counts: BuyerCounts


@router.get("/search")
async def search_cases(
    caller: Caller, here: Here, page: ListPage, language: InLanguage, q: Words
) -> PageShown[CaseFound]:
    """Cases by what one has in hand. By personal data only the shop's staff finds them."""
    found = await find_cases(here, caller, q, page.limit, page.cursor)
    return shown(found, lambda one: _found(one, language))


@router.get("/buyers/{buyer_id}/cases")
async def list_buyer_cases(
    buyer_id: str, reader: BuyerReader, caller: Caller, here: Here, page: ListPage, kind: CaseKind | None = None
) -> BuyerCasesPage:
    """A buyer's cases of this shop, the latest change first, for the shop's staff."""
    wanted = CaseFilter(kind=kind, buyer=buyer_id)
    found = await here.db.read(cases.list_cases, caller.merchant, wanted, limit=page.limit, cursor=page.cursor)
    counts = await here.db.read(buyers.count_cases, caller.merchant, buyer_id)
    return BuyerCasesPage(
        items=[snapshot(case, caller) for case in found.items],
        next=found.next,
        counts=BuyerCounts.model_validate(counts, from_attributes=True),
    )


def _found(found: Found, language: Language) -> CaseFound:
    hit, case = found.hit, found.case
    return CaseFound(
        case_id=hit.case_id,
        kind=hit.kind,
        order_id=case.order_id,
        platform=case.platform,
        stage=case.stage,
        stage_title=stage_title(hit.kind, case.stage, language),
        open=hit.open,
        amount=case.amount,
        buyer=found.buyer,
    )
