"""Who may report facts by a signature instead of a token."""

from datetime import datetime
from typing import Any

from sqlalchemy import Column, Named, Table, Text, TypedColumns, UniqueConstraint

from store.tables.base import METADATA
from store.types import Json, UtcTime


class SourceColumns(TypedColumns):
    """A source of a shop; its secrets are kept as they are, for a signature is checked with them.

    `connector`: whose own messages it sends; `connection`: what is needed to read them;
    `session`: what the platform gave the application for the shop, to be asked by.
    """

    source_id: Named[str] = Column(Text, primary_key=True)
    merchant: Named[str] = Column(Text)
    name: Named[str] = Column(Text)
    roles: Named[list[Any]] = Column(Json)
    secret: Named[str] = Column(Text)
    former_secret: Named[str | None] = Column(Text)
    former_until: Named[datetime | None] = Column(UtcTime)
    created_at: Named[datetime] = Column(UtcTime)
    rotated_at: Named[datetime | None] = Column(UtcTime)
    connector: Named[str | None] = Column(Text)
    connection: Named[dict[str, Any] | None] = Column(Json)
    session: Named[str | None] = Column(Text)


SOURCES = Table("sources", METADATA, SourceColumns, UniqueConstraint("merchant", "name"))
