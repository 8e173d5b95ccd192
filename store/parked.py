"""Facts that were parked for a parcel, for a case that announces it by a step rather than by a fact.

A buyer names the waybill of a return, the warehouse that of a replacement; carriers may have scanned them before.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select, update

from domain.case.fact import Fact
from domain.case.record import RecordCase, record
from domain.lives import ANNOUNCING, SCANS, begin_any
from domain.parcels.facts import WITHDRAWN
from store.case_owners import owners
from store.database import add_rows, take_turns
from store.intake import ParcelKey, scan_row
from store.numbers import is_of_parcel
from store.tables import CASES, INBOX, MEMOS, PARCEL_SCANS, InboxStatus


def naming(write: RecordCase) -> list[RecordCase]:
    """Of a write and the beginnings of the children that it opens, those that name a parcel by a step. Sends no SQL."""
    return [one for one in (write, *(record(begin_any(start).state, since=0) for start in write.opens)) if _named(one)]


def take_up(tx: Connection, write: RecordCase) -> None:
    """Sends a case what was parked for the parcels that it has just named, once their rows are committed."""
    merchant = tx.scalar(select(CASES.c.merchant).where(CASES.c.case_id == write.case_id))
    if merchant:
        take_turns(tx, f"inbox/{merchant}")
        _send(tx, merchant, write.case_id, _named(write), write.common.updated_at)


def _named(write: RecordCase) -> list[ParcelKey]:
    """The parcels that a step has named since the write before; what a fact names, the intake sees to."""
    return [
        ParcelKey(parcel.carrier, parcel.tracking_no)
        for parcel in write.parcels
        if parcel.version > write.since and not parcel.marks and parcel.consigned_by.type not in ANNOUNCING
    ]


def _send(tx: Connection, merchant: str, case_id: str, keys: Collection[ParcelKey], now: datetime) -> None:
    case = owners(tx, merchant, [case_id]).get(case_id)
    parked = select(INBOX).where(
        INBOX.c.merchant == merchant,
        INBOX.c.status == InboxStatus.PARKED,
        INBOX.c.waits_for.in_([key.target for key in keys]),
    )
    scans: list[dict[str, Any]] = []
    withdrawn = set()
    for row in tx.execute(parked.order_by(INBOX.c.seq)).all():
        fact = Fact.model_validate(row.fact)
        if not is_of_parcel(case, None, fact.at, row.received_at, now):
            continue
        to_case = {"case_id": case_id, "waits_for": case_id, "status": InboxStatus.PENDING}
        tx.execute(update(INBOX).where(INBOX.c.seq == row.seq).values(to_case))
        texts = update(MEMOS).where(MEMOS.c.case_id == row.waits_for, MEMOS.c.merchant == merchant)
        tx.execute(texts.values(case_id=case_id))
        if fact.type in SCANS:
            scans.append(scan_row(case_id, fact, row.received_at, woke=True))
        elif fact.type == WITHDRAWN:
            withdrawn.add(f"{fact.source}/{fact.data['event_id']}")
    add_rows(tx, PARCEL_SCANS, [one for one in scans if one["event_key"] not in withdrawn])
