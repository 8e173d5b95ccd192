"""A case with what a page of it shows: the parts of `include`, each as its own list has it."""

from collections.abc import Mapping
from functools import partial
from typing import Annotated

from pydantic import BaseModel, Field
from typing_extensions import TypeAliasType

from api.beside import buyer_shown, deadline_shown, file_shown, ledger_page, message_shown, offered, timeline_item
from api.memos import memo_shown
from api.paging import shown
from api.schemas import (
    ActionsOffered,
    BuyerShown,
    FileShown,
    LedgerPage,
    MemoShown,
    PageShown,
    SentMessage,
    TimelineItem,
)
from api.snapshots import (
    CaseSnapshot,
    ComplaintSnapshot,
    DeadlineShown,
    HoldSnapshot,
    InterceptSnapshot,
    MessageSnapshot,
    RequestSnapshot,
    Snapshot,
)
from api.tasks import WorkItemShown, worded_task
from api.views import snapshot
from domain.case.ids import CaseKind
from domain.language import Language
from services.case_pages import CasePage
from store.cases import CaseRecord
from store.tokens import Principal


def _left_out(part: object) -> bool:
    return part is None


class GoodsShown(BaseModel):
    """What people call a line of an order, also where a case of its family knows no more than its id."""

    line_id: str = Field(examples=["1"])
    title: str = Field(examples=["连衣裙"])


class Parts(BaseModel):
    """What was asked for and may be seen; the rest is left out. Each list has 200 items at most, then `next`."""

    actions: ActionsOffered | None = Field(None, exclude_if=_left_out)
    work_items: PageShown[WorkItemShown] | None = Field(
        None, exclude_if=_left_out, description="Of the whole family, the one due first first"
    )
    deadlines: PageShown[DeadlineShown] | None = Field(None, exclude_if=_left_out)
    timeline: PageShown[TimelineItem] | None = Field(None, exclude_if=_left_out)
    ledger: LedgerPage | None = Field(None, exclude_if=_left_out)
    memos: PageShown[MemoShown] | None = Field(None, exclude_if=_left_out)
    messages: PageShown[SentMessage] | None = Field(None, exclude_if=_left_out)
    files: PageShown[FileShown] | None = Field(None, exclude_if=_left_out, description="Of the whole family")
    buyer: BuyerShown | None = Field(None, exclude_if=_left_out)
    goods: list[GoodsShown] | None = Field(None, exclude_if=_left_out, description="The lines of the family's order")


class WithParts(BaseModel):
    """What `include` adds to a snapshot; nothing without it."""

    included: Parts | None = Field(None, exclude_if=_left_out)


class OrderWithParts(Snapshot, WithParts):
    """An order, and what was asked for beside it."""


class RequestWithParts(RequestSnapshot, WithParts):
    """An after-sale request, and what was asked for beside it."""


class HoldWithParts(HoldSnapshot, WithParts):
    """A ship hold, and what was asked for beside it."""


class InterceptWithParts(InterceptSnapshot, WithParts):
    """An interception, and what was asked for beside it."""


class ComplaintWithParts(ComplaintSnapshot, WithParts):
    """A complaint, and what was asked for beside it."""


class MessageWithParts(MessageSnapshot, WithParts):
    """A platform's message that nobody can read, and what was asked for beside it."""


CaseWithParts = TypeAliasType(
    "CaseWithParts",
    Annotated[
        OrderWithParts | RequestWithParts | HoldWithParts | InterceptWithParts | ComplaintWithParts | MessageWithParts,
        Field(discriminator="kind"),
    ],
)
"""Any case as it stands, with what was asked for beside it."""

_PAGES: Mapping[CaseKind, type[CaseWithParts]] = {
    CaseKind.ORDER: OrderWithParts,
    CaseKind.AFTER_SALE: RequestWithParts,
    CaseKind.SHIP_HOLD: HoldWithParts,
    CaseKind.PARCEL_INTERCEPT: InterceptWithParts,
    CaseKind.COMPLAINT: ComplaintWithParts,
    CaseKind.PLATFORM_MESSAGE: MessageWithParts,
}


def page_shown(case: CaseRecord, reader: Principal, parts: Parts | None = None) -> CaseWithParts:
    """A case, with or without its parts; what its snapshot has is valid already."""
    stands: CaseSnapshot = snapshot(case, reader)
    return _PAGES[case.kind].model_construct(**dict(stands), included=parts)


def parts_shown(page: CasePage, language: Language) -> Parts:
    """The parts that were read."""
    return Parts(
        actions=ActionsOffered(items=[offered(offer, language) for offer in page.actions])
        if page.actions is not None
        else None,
        work_items=_tasks(page, language),
        deadlines=shown(page.deadlines, partial(deadline_shown, page.case.kind, language)) if page.deadlines else None,
        timeline=shown(page.timeline, partial(timeline_item, language, page.case.policy)) if page.timeline else None,
        ledger=ledger_page(page.ledger) if page.ledger else None,
        memos=shown(page.memos, memo_shown) if page.memos else None,
        messages=shown(page.messages, message_shown) if page.messages else None,
        files=shown(page.files, file_shown) if page.files else None,
        buyer=buyer_shown(page.buyer) if page.buyer else None,
        goods=[GoodsShown(line_id=line_id, title=title) for line_id, title in page.goods.items()]
        if page.goods is not None
        else None,
    )


def _tasks(page: CasePage, language: Language) -> PageShown[WorkItemShown] | None:
    if page.work_items is None:
        return None
    found, scripts = page.work_items
    items = [worded_task(item, script, language, {}) for item, script in zip(found.items, scripts, strict=True)]
    return PageShown(items=items, next=found.next)
