"""The inbox of facts, as they go out: leased by a relay, case by case in the order received, and delivered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Integer, and_, bindparam, case, func, or_, select, update

from domain.case.fact import Fact
from domain.order.opening import OpenedOrder
from store import new_orders
from store.tables import CASES, INBOX, NEW_ORDERS, InboxStatus

_PENDING = and_(INBOX.c.status == InboxStatus.PENDING, INBOX.c.case_id == bindparam("case_id"))
_WAITS = select(INBOX.c.seq).where(_PENDING).limit(1)
_WAITING = (
    select(INBOX, NEW_ORDERS.c.case_id.label("new_order"))
    .outerjoin(NEW_ORDERS, and_(NEW_ORDERS.c.case_id == INBOX.c.case_id, NEW_ORDERS.c.merchant == INBOX.c.merchant))
    # One statement locks all rows, lowest first: two relays in different orders would wait for each other.
    .where(or_(_PENDING, INBOX.c.seq.in_(bindparam("told", expanding=True))))
    .order_by(INBOX.c.seq)
    .limit(bindparam("most", type_=Integer))
    .with_for_update(of=INBOX)
)
_SERVED = func.max(case((or_(INBOX.c.leased_until.is_(None), INBOX.c.leased_until <= bindparam("now")), 0), else_=1))
_UNSERVED = (
    select(INBOX.c.case_id)
    .where(INBOX.c.status == InboxStatus.PENDING)
    .group_by(INBOX.c.case_id)
    .having(_SERVED == 0)
    .order_by(func.min(INBOX.c.seq))
    .limit(bindparam("most", type_=Integer))
)
_NAMED = INBOX.c.seq.in_(bindparam("seqs", expanding=True))
_LOCKED = select(INBOX.c.seq).where(_NAMED).order_by(INBOX.c.seq).with_for_update()
_LEASED = update(INBOX).where(_NAMED).values(leased_until=bindparam("until"))
_DELIVERED = (
    update(INBOX).where(_NAMED).values(status=InboxStatus.DELIVERED, delivered_at=bindparam("at"), leased_until=None)
)
_GIVEN_BACK = update(INBOX).where(_NAMED, INBOX.c.status == InboxStatus.PENDING).values(leased_until=None)


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
    wanted = {"case_id": case_id, "told": list(lease.told), "most": limit + len(lease.told)}
    rows = [row for row in tx.execute(_WAITING, wanted).all() if row.seq not in lease.told][:limit]
    if lease.told:
        _mark(tx, lease.told, lease.told_at or lease.now)
    if not rows or any(row.leased_until and row.leased_until > lease.now for row in rows):
        return []
    tx.execute(_LEASED, {"seqs": [row.seq for row in rows], "until": lease.until})
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
    tx.execute(_DELIVERED, {"seqs": list(seqs), "at": now})


def give_back(tx: Connection, seqs: Sequence[int]) -> None:
    """These facts could not be delivered; another may try at once."""
    _lock_in_order(tx, seqs)
    tx.execute(_GIVEN_BACK, {"seqs": list(seqs)})


def waiting_cases(tx: Connection, now: datetime, limit: int = 200) -> list[str]:
    """The cases that facts wait for and that no relay is serving, the longest waiting first."""
    return list(tx.scalars(_UNSERVED, {"now": now, "most": limit}))


def waits(tx: Connection, case_id: str) -> bool:
    """Whether facts are to be delivered to a case."""
    return tx.scalar(_WAITS, {"case_id": case_id}) is not None


def undelivered(tx: Connection) -> int:
    """How many facts are on their way to a case; parked ones wait for their case and are not counted."""
    query = select(func.count()).select_from(INBOX).where(INBOX.c.status == InboxStatus.PENDING)
    return tx.scalar(query) or 0


def of_its_shop(case_id: ColumnElement[str]) -> ColumnElement[bool]:
    """The case of that id, if it is of the shop that the fact came from: an id is only a text."""
    return and_(CASES.c.case_id == case_id, CASES.c.merchant == INBOX.c.merchant)


def _lock_in_order(tx: Connection, seqs: Sequence[int]) -> None:
    """Locks rows as `take` does, lowest first: two relays that lock in different orders would wait for each other."""
    if len(seqs) > 1:
        tx.execute(_LOCKED, {"seqs": list(seqs)})
