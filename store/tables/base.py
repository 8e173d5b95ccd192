"""The root of all tables: how Python types become columns and how constraints are named."""

from datetime import datetime
from decimal import Decimal
from typing import Any, ClassVar

from sqlalchemy import BigInteger, Integer, MetaData, Text
from sqlalchemy.orm import DeclarativeBase

from store.types import Fen, Json, UtcTime

BIG_ID = BigInteger().with_variant(Integer(), "sqlite")


class Table(DeclarativeBase):
    """Root of all tables; names of constraints are fixed so that migrations can find them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: UtcTime,
        Decimal: Fen,
        dict[str, Any]: Json,
        list[Any]: Json,
        str: Text,
    }
