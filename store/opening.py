"""Opening a case: its row first, then its workflow; so that an accepted order is never lost."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.case.ids import CaseKind
from domain.case.record import RecordCase
from domain.order.opening import Buyer, OpenedOrder
from domain.policy import own_values, policy
from store import campaigns, inbox
from store.case_rows import Owner, case_columns, state_of
from store.database import Database, add_rows, core, insert_into
from store.memos import Memo, add_memos
from store.records import put_case_rows
from store.tables import BuyerRow, CaseRow, EditionRow


class Opened(StrEnum):
    """What came of an opening; `same`: that order is open with the same content, `conflict`: with another."""

    CREATED = "created"
    SAME = "same"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class Unstarted:
    """An accepted order whose workflow has not written yet."""

    case_id: str
    opening: OpenedOrder


async def open_case(
    db: Database,
    opening: OpenedOrder,
    first: RecordCase,
    buyer: Buyer,
    content_hash: str,
    message: Memo | None = None,
) -> Opened:
    """Accepts an order: of many at once exactly one is CREATED.

    The row stands at version 0 with everything that the first write holds, so that a client reads its own order
    before the workflow has run; the workflow's own write of version 1 replaces it. Facts that waited for the order are
    then set free, in a second transaction, because one may be parked while this one commits.

    Args:
        db: the store.
        opening: the order, cleared of personal data.
        first: what the workflow will write first, computed by the same rules.
        buyer: the personal data.
        content_hash: tells the same order from another of the same id.
        message: the buyer's message, if any.
    """
    async with db.write() as session:
        if not await _insert_case(session, opening, first, content_hash):
            known = await session.scalar(select(CaseRow.content_hash).where(CaseRow.case_id == first.case_id))
            return Opened.SAME if known == content_hash else Opened.CONFLICT
        await add_rows(session, BuyerRow, [_buyer_row(first.case_id, buyer)])
        if message:
            await add_memos(session, [message])
        owner = Owner(first.case_id, CaseKind.ORDER, opening.merchant, first.case_id, opening.policy)
        await put_case_rows(session, owner, first, state_of(first), whole=True)
        await _use_edition(session, opening)
        if opening.campaign:
            await campaigns.catch_up(session, first.case_id, opening.merchant, opening.campaign)
    await inbox.release(db, first.case_id)
    return Opened.CREATED


async def unstarted(db: Database, older_than: datetime, limit: int = 100) -> list[Unstarted]:
    """Orders accepted before that time whose workflow has not written yet, the oldest first."""
    query = (
        select(CaseRow.case_id, CaseRow.opening)
        .where(CaseRow.version == 0, CaseRow.opened_at < older_than, CaseRow.kind == CaseKind.ORDER)
        .order_by(CaseRow.opened_at)
        .limit(limit)
    )
    async with db.read() as session:
        rows = (await session.execute(query)).all()
    return [Unstarted(row.case_id, OpenedOrder.model_validate(row.opening)) for row in rows]


async def _insert_case(session: AsyncSession, opening: OpenedOrder, first: RecordCase, content_hash: str) -> bool:
    row: dict[str, Any] = {
        "case_id": first.case_id,
        "kind": CaseKind.ORDER,
        "merchant": opening.merchant,
        "platform": opening.platform,
        "order_id": opening.order_id,
        "order_case_id": first.case_id,
        "policy": opening.policy,
        "version": 0,
        "opened_at": opening.opened_at,
        "content_hash": content_hash,
        "opening": opening.model_dump(mode="json"),
        **case_columns(first, state_of(first)),
    }
    insert = insert_into(session, CaseRow).on_conflict_do_nothing(index_elements=["case_id"])
    return await session.scalar(insert.values(row).returning(core(CaseRow).c.case_id)) is not None


def _buyer_row(case_id: str, buyer: Buyer) -> dict[str, Any]:
    row = buyer.model_dump()
    return {"case_id": case_id, "buyer_id": row.pop("id"), **row}


async def _use_edition(session: AsyncSession, opening: OpenedOrder) -> None:
    """Keeps the edition's values from its first use on."""
    if await session.get(EditionRow, opening.policy):
        return
    insert = insert_into(session, EditionRow).on_conflict_do_nothing(index_elements=["policy"])
    await session.execute(
        insert.values(
            policy=opening.policy,
            values=own_values(policy(opening.policy)),
            first_used_at=opening.opened_at,
        )
    )


async def opening_of(db: Database, case_id: str) -> OpenedOrder:
    """What an order was opened with. Raises NoResultFound if it never was."""
    async with db.read() as session:
        return OpenedOrder.model_validate(
            (await session.execute(select(CaseRow.opening).where(CaseRow.case_id == case_id))).scalar_one()
        )
