"""The page of a case: all that somebody may know of it, as it stood at one instant."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from domain.case.action import Circumstances
from domain.case.deadline import Deadline
from domain.case.state import TimelineLine
from domain.policy.catalogue import Text
from domain.roles import SHOP_STAFF, Role
from domain.times import Instant
from services import words
from services.buyers import Reachable, reachable
from services.cases import life_of
from services.circumstances import circumstances_now
from services.context import Context
from services.errors import NotFound
from services.steps import OfferedAction, offers_under
from store import cases, deadlines, families, files, ledger, memos, messages, timeline, work_items
from store.cases import CaseRecord
from store.database import Transaction
from store.files import FileRecord
from store.ledger import Ledger
from store.memos import Memo
from store.messages import Message
from store.pages import Page
from store.tokens import Principal
from store.work_items import WorkItemFilter, WorkItemRecord


class Part(StrEnum):
    """What a page may show beside the case itself."""

    ACTIONS = "actions"
    WORK_ITEMS = "work_items"
    DEADLINES = "deadlines"
    TIMELINE = "timeline"
    LEDGER = "ledger"
    MEMOS = "memos"
    MESSAGES = "messages"
    FILES = "files"
    BUYER = "buyer"
    GOODS = "goods"


TASK_READERS = (*SHOP_STAFF, Role.PLATFORM, Role.OPS)
READERS: Mapping[Part, tuple[Role, ...]] = MappingProxyType(
    {
        Part.WORK_ITEMS: TASK_READERS,
        Part.MEMOS: SHOP_STAFF,
        Part.MESSAGES: SHOP_STAFF,
        Part.BUYER: SHOP_STAFF,
    }
)
"""Who may see a part; one that is not here is for whoever may see the case."""

FIRST_PAGE = 200
"""How much of each list a page has; the rest is read of the list itself."""


@dataclass(frozen=True, slots=True)
class CasePage:
    """A case with the parts that were asked for; None where the caller may not see one, or nothing of it is kept.

    Attributes:
        work_items: the tasks of the whole family, with what each says.
        goods: what people call the order's lines.
        memos, messages, files: those of the whole family.
    """

    case: CaseRecord
    actions: list[OfferedAction] | None
    work_items: tuple[Page[WorkItemRecord], list[Text]] | None
    deadlines: Page[Deadline] | None
    timeline: Page[TimelineLine] | None
    ledger: Ledger | None
    memos: Page[Memo] | None
    messages: Page[Message] | None
    files: Page[FileRecord] | None
    buyer: Reachable | None
    goods: Mapping[str, str] | None


async def read_page(here: Context, caller: Principal, case_id: str, parts: Collection[Part]) -> CasePage:
    """The page of a case that the caller may see. Raises NotFound where it has gone meanwhile."""
    seen = {part for part in parts if part not in READERS or set(READERS[part]) & set(caller.roles)}
    page = await here.db.read_at_once(_read, caller, case_id, seen, await here.clock.now())
    if page is None:
        raise NotFound(f"There is no case {case_id}.")
    return page


def _read(tx: Transaction, caller: Principal, case_id: str, parts: Collection[Part], now: Instant) -> CasePage | None:
    case = cases.get_case(tx, case_id, caller.merchant)
    if case is None:
        return None
    of_order = case.merchant, case.order_id
    return CasePage(
        case=case,
        actions=_actions(tx, caller, case, now) if Part.ACTIONS in parts else None,
        work_items=_tasks(tx, case, now) if Part.WORK_ITEMS in parts else None,
        deadlines=deadlines.deadlines(tx, case_id, FIRST_PAGE) if Part.DEADLINES in parts else None,
        timeline=timeline.timeline(tx, case_id, FIRST_PAGE, None, caller.roles) if Part.TIMELINE in parts else None,
        ledger=ledger.ledger(tx, case_id, FIRST_PAGE) if Part.LEDGER in parts else None,
        memos=memos.memos(tx, case_id, FIRST_PAGE) if Part.MEMOS in parts else None,
        messages=messages.messages(tx, *of_order, FIRST_PAGE, of=case_id) if Part.MESSAGES in parts else None,
        files=files.files(tx, case_id, FIRST_PAGE) if Part.FILES in parts else None,
        buyer=reachable(tx, case) if Part.BUYER in parts else None,
        goods=families.goods(tx, case.order_case_id) if Part.GOODS in parts else None,
    )


def _actions(tx: Transaction, caller: Principal, case: CaseRecord, now: Instant) -> list[OfferedAction]:
    circumstances: Circumstances = circumstances_now(tx, case, caller.account, caller.roles[0])
    return offers_under(circumstances, caller, case, life_of(case).actions, now)


def _tasks(tx: Transaction, case: CaseRecord, now: Instant) -> tuple[Page[WorkItemRecord], list[Text]]:
    found = work_items.list_items(tx, case.merchant, WorkItemFilter(family=case.case_id), FIRST_PAGE)
    return found, words.scripts(tx, case.merchant, found.items, now)
