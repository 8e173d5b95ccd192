"""Sources that sign what they report. Their secrets come in and are checked with; nothing shows them again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, select, update

from domain.roles import Role
from store.database import Row, insert_into
from store.pages import Page, page_of, read_cursor
from store.tables import PLATFORM_MESSAGES, SOURCES


@dataclass(frozen=True, slots=True)
class Source:
    """A source as its shop's owner sees it.

    Attributes:
        connector: whose own messages it sends; None: it speaks as we do.
        connection: what is needed to read them.
    """

    source_id: str
    merchant: str
    name: str
    roles: tuple[Role, ...]
    created_at: datetime
    rotated_at: datetime | None
    connector: str | None = None
    connection: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Signer:
    """A source, the secrets by which it may sign now, and what its platform is asked by."""

    source: Source
    secrets: tuple[str, ...]
    session: str = ""


def add(tx: Connection, source: Source, secret: str, session: str | None = None) -> bool:
    """Keeps a source, with what a platform gave for its shop; False if the shop has one of that name."""
    row = {
        "source_id": source.source_id,
        "merchant": source.merchant,
        "name": source.name,
        "roles": [str(role) for role in source.roles],
        "secret": secret,
        "created_at": source.created_at,
        "connector": source.connector,
        "connection": source.connection,
        "session": session,
    }
    insert = insert_into(tx, SOURCES).on_conflict_do_nothing(index_elements=["merchant", "name"])
    return tx.scalar(insert.values(row).returning(SOURCES.c.source_id)) is not None


def find(tx: Connection, merchant: str, source_id: str) -> Source | None:
    """A source of the shop."""
    row = tx.execute(select(SOURCES).where(*_of(merchant, source_id))).one_or_none()
    return _source(row) if row else None


def list_sources(tx: Connection, merchant: str, limit: int, cursor: str | None = None) -> Page[Source]:
    """The shop's sources by name."""
    query = select(SOURCES).where(SOURCES.c.merchant == merchant).order_by(SOURCES.c.name).limit(limit + 1)
    if cursor is not None:
        (after,) = read_cursor(cursor, str)
        query = query.where(SOURCES.c.name > after)
    return page_of(tx.execute(query).all(), limit, _source, lambda row: (row.name,))


def set_roles(tx: Connection, merchant: str, source_id: str, roles: Sequence[Role]) -> None:
    """Sets what a source may report as."""
    tx.execute(update(SOURCES).where(*_of(merchant, source_id)).values(roles=[str(role) for role in roles]))


def rotate(tx: Connection, merchant: str, source_id: str, secret: str, now: datetime, former_until: datetime) -> None:
    """Sets a new secret; the one before is good until then."""
    former = {"former_secret": SOURCES.c.secret, "former_until": former_until}
    tx.execute(update(SOURCES).where(*_of(merchant, source_id)).values(secret=secret, rotated_at=now, **former))


def connect(
    tx: Connection, merchant: str, source_id: str, connection: dict[str, Any], session: str | None = None
) -> None:
    """Sets what is needed to read a source's messages; without a session, the one that is kept stays."""
    values: dict[str, Any] = {"connection": connection} | ({"session": session} if session else {})
    tx.execute(update(SOURCES).where(*_of(merchant, source_id)).values(**values))


def pulled(tx: Connection) -> list[Source]:
    """Every source whose platform is asked for what changed."""
    rows = tx.execute(select(SOURCES).where(SOURCES.c.connector.is_not(None)).order_by(SOURCES.c.source_id))
    return [source for row in rows if (source := _source(row)) and (source.connection or {}).get("pull")]


def remove(tx: Connection, merchant: str, source_id: str) -> None:
    """Ends a source: nothing that it signs is taken any more, and what is kept of its messages goes with it."""
    tx.execute(delete(PLATFORM_MESSAGES).where(PLATFORM_MESSAGES.c.source_id == source_id))
    tx.execute(delete(SOURCES).where(*_of(merchant, source_id)))


def signer(tx: Connection, source_id: str, now: datetime) -> Signer | None:
    """A source with its secrets, whichever shop's it is."""
    row = tx.execute(select(SOURCES).where(SOURCES.c.source_id == source_id)).one_or_none()
    if row is None:
        return None
    former = [row.former_secret] if row.former_until and row.former_until > now else []
    return Signer(_source(row), (row.secret, *former), row.session or "")


def _of(merchant: str, source_id: str) -> tuple[ColumnElement[bool], ...]:
    return SOURCES.c.merchant == merchant, SOURCES.c.source_id == source_id


def _source(row: Row) -> Source:
    roles = tuple(Role(role) for role in row.roles)
    return Source(
        row.source_id, row.merchant, row.name, roles, row.created_at, row.rotated_at, row.connector, row.connection
    )
