"""The inbox of facts, as they go out: leased by a relay, case by case in the order received, and delivered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Update, and_, case, func, or_, select, update

from domain.case.fact import Fact
from domain.order.opening import OpenedOrder
from store import new_orders
from store.tables import CASES, INBOX, NEW_ORDERS, InboxStatus


@dataclass(frozen=True, slots=True)
class DueFact:
    """A fact in a relay's hand.

    Attributes:
        seq: names its row.
        leased_until: when another relay may take it, by the machine's clock.
        new_order: what its order was opened with, if nothing has happened to that since.
    """

    seq: int
    case_id: str
    merchant: str
    received_at: datetime
    leased_until: datetime
    fact: Fact
    new_order: OpenedOrder | None


@dataclass(frozen=True, slots=True)
class Lease:
    """What a relay takes facts by; times are those of its machine's clock.

    Attributes:
        told: facts that it has delivered and not marked yet: they are marked with what it takes now.
        told_at: when that is, by the clock that cases live by.
    """

    now: datetime
    until: datetime
    told: Sequence[int] = ()
    told_at: datetime | None = None


def take(tx: Connection, case_id: str, lease: Lease, limit: int = 100) -> list[DueFact]:
    """Leases the facts that wait for a case, in the order received.

    Empty while another relay has any of them in hand: a case hears its facts one after another. A lease that lapsed
    counts no more.
    """
    waits = and_(INBOX.c.status == InboxStatus.PENDING, INBOX.c.case_id == case_id)
    query = (
        select(INBOX, NEW_ORDERS.c.case_id.label("new_order"))
        .outerjoin(NEW_ORDERS, and_(NEW_ORDERS.c.case_id == case_id, NEW_ORDERS.c.merchant == INBOX.c.merchant))
        # One statement locks all rows, lowest first: two relays in different orders would wait for each other.
        .where(or_(waits, INBOX.c.seq.in_(lease.told)) if lease.told else waits)
        .order_by(INBOX.c.seq)
        .limit(limit + len(lease.told))
        .with_for_update(of=INBOX)
    )
    rows = [row for row in tx.execute(query).all() if row.seq not in lease.told][:limit]
    if lease.told:
        _mark(tx, lease.told, lease.told_at or lease.now)
    if not rows or any(row.leased_until and row.leased_until > lease.now for row in rows):
        return []
    tx.execute(_update([row.seq for row in rows]).values(leased_until=lease.until))
    new_order = new_orders.opening_of(tx, case_id) if rows[0].new_order else None
    if new_order:
        new_orders.hears(tx, case_id, rows[0].received_at)
    return [
        DueFact(
            seq=row.seq,
            case_id=row.case_id,
            merchant=row.merchant,
            received_at=row.received_at,
            leased_until=lease.until,
            fact=Fact.model_validate(row.fact),
            new_order=new_order,
        )
        for row in rows
    ]


def mark_delivered(tx: Connection, seqs: Sequence[int], now: datetime) -> None:
    """The cases have taken these facts in."""
    _lock_in_order(tx, seqs)
    _mark(tx, seqs, now)


def _mark(tx: Connection, seqs: Sequence[int], now: datetime) -> None:
    tx.execute(_update(seqs).values(status=InboxStatus.DELIVERED, delivered_at=now, leased_until=None))


def give_back(tx: Connection, seqs: Sequence[int]) -> None:
    """These facts could not be delivered; another may try at once."""
    pending = INBOX.c.status == InboxStatus.PENDING
    _lock_in_order(tx, seqs)
    tx.execute(_update(seqs).where(pending).values(leased_until=None))


def waiting_cases(tx: Connection, now: datetime, limit: int = 200) -> list[str]:
    """The cases that facts wait for and that no relay is serving, the longest waiting first."""
    served = func.max(case((or_(INBOX.c.leased_until.is_(None), INBOX.c.leased_until <= now), 0), else_=1))
    query = (
        select(INBOX.c.case_id)
        .where(INBOX.c.status == InboxStatus.PENDING)
        .group_by(INBOX.c.case_id)
        .having(served == 0)
        .order_by(func.min(INBOX.c.seq))
        .limit(limit)
    )
    return list(tx.scalars(query).all())


def waits(tx: Connection, case_id: str) -> bool:
    """Whether facts are to be delivered to a case."""
    query = select(INBOX.c.seq).where(INBOX.c.status == InboxStatus.PENDING, INBOX.c.case_id == case_id)
    return tx.scalar(query.limit(1)) is not None


def undelivered(tx: Connection) -> int:
    """How many facts are on their way to a case; parked ones wait for their case and are not counted."""
    query = select(func.count()).select_from(INBOX).where(INBOX.c.status == InboxStatus.PENDING)
    return tx.scalar(query) or 0


def of_its_shop(case_id: ColumnElement[str]) -> ColumnElement[bool]:
    """The case of that id, if it is of the shop that the fact came from: an id is only a text."""
    return and_(CASES.c.case_id == case_id, CASES.c.merchant == INBOX.c.merchant)


def _update(seqs: Sequence[int]) -> Update:
    return update(INBOX).where(INBOX.c.seq.in_(seqs))


def _lock_in_order(tx: Connection, seqs: Sequence[int]) -> None:
    """Locks rows as `take` does, lowest first: two relays that lock in different orders would wait for each other."""
    if len(seqs) > 1:
        rows = select(INBOX.c.seq).where(INBOX.c.seq.in_(seqs)).order_by(INBOX.c.seq)
        tx.execute(rows.with_for_update())
