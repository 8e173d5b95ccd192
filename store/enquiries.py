"""What is to be asked of platforms: their messages and lists only say that something changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, select

from connectors.translation import Enquiry
from store.database import insert_into
from store.tables import ENQUIRIES


@dataclass(frozen=True, slots=True)
class Wanted:
    """Something to ask for; wanted again while it is being asked for, it has another number.

    Attributes:
        wanted_at: since when it is not answered.
    """

    seq: int
    enquiry: Enquiry
    wanted_at: datetime


def want(tx: Connection, source_id: str, enquiries: Sequence[Enquiry], now: datetime) -> None:
    """Notes what is to be asked for; what is noted already is asked for once, after this."""
    for one in enquiries:
        same = ENQUIRIES.c.source_id == source_id, ENQUIRIES.c.call == one.call, ENQUIRIES.c.about == one.about
        since = tx.scalar(delete(ENQUIRIES).where(*same).returning(ENQUIRIES.c.wanted_at)) or now
        row = {"source_id": source_id, "call": one.call, "about": one.about, "wanted_at": since}
        tx.execute(insert_into(tx, ENQUIRIES).on_conflict_do_nothing().values(row))


def wanted(tx: Connection, source_id: str, limit: int) -> list[Wanted]:
    """What is to be asked for, in the order in which it was wanted."""
    query = select(ENQUIRIES).where(ENQUIRIES.c.source_id == source_id).order_by(ENQUIRIES.c.seq).limit(limit)
    return [Wanted(row.seq, Enquiry(call=row.call, about=row.about), row.wanted_at) for row in tx.execute(query)]


def done(tx: Connection, seq: int) -> None:
    """It was asked for."""
    tx.execute(delete(ENQUIRIES).where(ENQUIRIES.c.seq == seq))
