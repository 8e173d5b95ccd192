"""Facts that were parked for a parcel, for a case that announces it by a step rather than by a fact.

A buyer names the waybill of a return, the warehouse that of a replacement; carriers may have scanned them before.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from domain.case.fact import Fact
from domain.case.parcel import Parcel
from domain.case.record import RecordCase
from domain.lives import ANNOUNCING, SCANS
from store.case_owners import owners
from store.case_rows import parcels_of, state_of
from store.database import Database, add_rows, core, take_turns
from store.intake import ParcelKey, scan_row
from store.numbers import is_of_parcel
from store.tables import CaseRow, InboxRow, InboxStatus, MemoRow, ScanRow

_INBOX, _CASES = core(InboxRow), core(CaseRow)


async def take_up(db: Database, write: RecordCase) -> None:
    """Sends a case what was parked for the parcels that it has just named, once their rows are committed."""
    if fresh := [parcel for parcel in parcels_of(write) if _is_fresh(parcel, write.since)]:
        now = state_of(write).updated_at
        async with db.write() as session:
            merchant = await session.scalar(select(_CASES.c.merchant).where(_CASES.c.case_id == write.case_id))
            if merchant:
                await take_turns(session, f"inbox/{merchant}")
                keys = [ParcelKey(parcel.carrier, parcel.tracking_no) for parcel in fresh]
                await _send(session, merchant, write.case_id, keys, now)


def _is_fresh(parcel: Parcel, since: int) -> bool:
    """Whether a step named it after that version; what a fact names, the intake sees to."""
    return parcel.version > since and not parcel.marks and parcel.consigned_by.type not in ANNOUNCING


async def _send(session: AsyncSession, merchant: str, case_id: str, keys: Collection[ParcelKey], now: datetime) -> None:
    case = (await owners(session, merchant, [case_id])).get(case_id)
    parked = select(_INBOX).where(
        _INBOX.c.merchant == merchant,
        _INBOX.c.status == InboxStatus.PARKED,
        _INBOX.c.waits_for.in_([key.target for key in keys]),
    )
    scans: list[dict[str, Any]] = []
    for row in (await session.execute(parked.order_by(_INBOX.c.seq))).all():
        fact = Fact.model_validate(row.fact)
        if not is_of_parcel(case, None, fact.at, row.received_at, now):
            continue
        to_case = {"case_id": case_id, "waits_for": case_id, "status": InboxStatus.PENDING}
        await session.execute(update(_INBOX).where(_INBOX.c.seq == row.seq).values(to_case))
        texts = update(MemoRow).where(MemoRow.case_id == row.waits_for, MemoRow.merchant == merchant)
        await session.execute(texts.values(case_id=case_id))
        if fact.type in SCANS:
            scans.append(scan_row(case_id, fact, row.received_at, woke=True))
    await add_rows(session, ScanRow, scans)
