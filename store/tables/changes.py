"""What changed, in order: one row for every version of every case that a client can see."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Column, Integer, Named, Table, Text, TypedColumns

from store.tables.base import METADATA
from store.types import Json, UtcTime


class ChangeColumns(TypedColumns):
    """One version of one case; `seq` counts the shop's changes without a gap."""

    merchant: Named[str] = Column(Text, primary_key=True)
    seq: Named[int] = Column(BigInteger, primary_key=True)
    at: Named[datetime] = Column(UtcTime)
    case_id: Named[str] = Column(Text)
    order_id: Named[str] = Column(Text)
    platform: Named[str] = Column(Text)
    kind: Named[str] = Column(Text)
    version: Named[int] = Column(Integer)
    stage: Named[str] = Column(Text)
    what: Named[list[Any]] = Column(Json)
    first_line: Named[int | None] = Column(Integer)
    last_line: Named[int | None] = Column(Integer)


CHANGES = Table("changes", METADATA, ChangeColumns)


class ChangeCounterColumns(TypedColumns):
    """The last number that a shop's changes have got."""

    merchant: Named[str] = Column(Text, primary_key=True)
    last: Named[int] = Column(BigInteger)


CHANGE_COUNTERS = Table("change_counters", METADATA, ChangeCounterColumns)
