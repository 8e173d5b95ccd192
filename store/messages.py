"""What was sent to buyers, one row a message."""

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Connection, literal, select, tuple_

from store.database import Row, insert_into
from store.families import family_of
from store.pages import Page, page_of, read_cursor
from store.tables import MESSAGES
from store.types import UtcTime


@dataclass(frozen=True, slots=True)
class Message:
    """A message that a buyer was sent.

    Attributes:
        recipient: the buyer's id on the marketplace.
        at: when the partner took it.
    """

    message_id: str
    case_id: str
    merchant: str
    order_id: str
    recipient: str
    channel: str
    template: str
    text: str
    at: datetime


def keep(tx: Connection, message: Message) -> None:
    """Stores a message; one that is already there stays as it is."""
    insert = insert_into(tx, MESSAGES).on_conflict_do_nothing(index_elements=["message_id"])
    tx.execute(insert, [asdict(message)])


def find(tx: Connection, message_id: str) -> Message | None:
    """The message of that id."""
    row = tx.execute(select(MESSAGES).where(MESSAGES.c.message_id == message_id)).one_or_none()
    return _message(row) if row else None


def messages(
    tx: Connection, merchant: str, order_id: str, limit: int = 50, cursor: str | None = None, of: str | None = None
) -> Page[Message]:
    """What an order's buyer was sent, the oldest first; `of` a case: by its family alone. Raises BadCursor.

    Two platforms may give the same order id.
    """
    query = (
        select(MESSAGES)
        .where(MESSAGES.c.merchant == merchant, MESSAGES.c.order_id == order_id)
        .order_by(MESSAGES.c.at, MESSAGES.c.message_id)
        .limit(limit + 1)
    )
    if of:
        query = query.where(MESSAGES.c.case_id.in_(family_of(of)))
    if cursor:
        at, message_id = read_cursor(cursor, datetime, str)
        after = tuple_(literal(at, UtcTime), literal(message_id))
        query = query.where(tuple_(MESSAGES.c.at, MESSAGES.c.message_id) > after)
    rows = tx.execute(query).all()
    return page_of(rows, limit, _message, lambda row: (row.at, row.message_id))


def _message(row: Row) -> Message:
    return Message(
        message_id=row.message_id,
        case_id=row.case_id,
        merchant=row.merchant,
        order_id=row.order_id,
        recipient=row.recipient,
        channel=row.channel,
        template=row.template,
        text=row.text,
        at=row.at,
    )
