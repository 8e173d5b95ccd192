"""The shop's memos, to be looked through by its own people (S2-06, S2-23)."""

from typing import Annotated

from fastapi import Query
from pydantic import Field, StringConstraints

from api import documented
from api.dependencies import Caller, Here, allowed_for
from api.paging import ListPage, shown
from api.routing import Router
from api.schemas import MemoShown, PageShown
from domain.order.people.changes import FlagByName
from domain.roles import SHOP_STAFF, Actor
from domain.times import Instant
from store import memo_search
from store.memo_search import FoundMemo, MemoFilter
from store.memos import Memo

router = Router(prefix="/v1/memos", tags=["memos"], responses=documented.PROBLEMS)

Reader = Annotated[Actor, allowed_for(SHOP_STAFF, "Searching memos")]
SearchText = Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\x00]*$")]


class MemoFound(MemoShown):
    """A memo, and the order that it is about."""

    order_id: str = Field(examples=["T1001"])


@router.get("")
async def search_memos(
    caller: Caller,
    reader: Reader,
    here: Here,
    page: ListPage,
    q: Annotated[SearchText | None, Query(description="Stands in the line; capitals do not matter.")] = None,
    flag: Annotated[FlagByName | None, Query(description="0 to 5, or the colour.")] = None,
    tracking_no: Annotated[
        SearchText | None, Query(description="On that parcel, or of its order and on no parcel (S2-23).")
    ] = None,
    order_id: SearchText | None = None,
    account: Annotated[SearchText | None, Query(description="Who wrote it.")] = None,
    from_: Annotated[Instant | None, Query(alias="from", description="Written then or later.")] = None,
    to: Annotated[Instant | None, Query(description="Written before.")] = None,
) -> PageShown[MemoFound]:
    """The shop's memos in the convention "@date name text", the newest first (S2-06)."""
    only = MemoFilter(
        words=q,
        flag=flag,
        tracking_no=tracking_no,
        order_id=order_id,
        account=account,
        since=from_,
        until=to,
    )
    return shown(await here.db.read(memo_search.search, caller.merchant, only, page.limit, page.cursor), _found)


def memo_shown(memo: Memo) -> MemoShown:
    """A text as the API shows it."""
    return MemoShown(**{name: getattr(memo, name) for name in MemoShown.model_fields})


def _found(found: FoundMemo) -> MemoFound:
    return MemoFound(**dict(memo_shown(found.memo)), order_id=found.order_id)
