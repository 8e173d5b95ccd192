"""Looking for cases from anywhere, and a buyer's cases."""

from dataclasses import dataclass

from domain.roles import SHOP_STAFF
from services.context import Context
from services.work_rows import masked
from store import search, work_rows
from store.database import Transaction
from store.pages import Page
from store.search import Hit
from store.tokens import Principal
from store.work_rows import CaseInRow


@dataclass(frozen=True, slots=True)
class Found:
    """A case that was found, with what a row shows of it.

    Attributes:
        buyer: the masked name, for the shop's staff.
    """

    hit: Hit
    case: CaseInRow
    buyer: str | None


async def find_cases(here: Context, caller: Principal, words: str, limit: int, cursor: str | None) -> Page[Found]:
    """A page of what the caller may find; only the shop's staff finds cases by personal data. Raises BadCursor."""
    return await here.db.read_at_once(_find, caller, words, limit, cursor)


def _find(tx: Transaction, caller: Principal, words: str, limit: int, cursor: str | None) -> Page[Found]:
    staff = any(role in SHOP_STAFF for role in caller.roles)
    found = search.find_cases(
        tx, caller.merchant, words, personal=staff, buyer=caller.buyer, limit=limit, cursor=cursor
    )
    rows = work_rows.cases_in_rows(tx, [hit.case_id for hit in found.items])
    items = [
        Found(hit, rows[hit.case_id], masked(rows[hit.case_id].buyer_name) if staff else None) for hit in found.items
    ]
    return Page(items, found.next)
