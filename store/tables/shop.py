"""What belongs to a shop: its settings, its stock, and units of it that cases have reserved."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Column, Named, Table, Text, TypedColumns

from store.tables.base import METADATA
from store.types import Json, UtcTime


class MerchantSettingColumns(TypedColumns):
    """One section of a shop's settings; no row: the section's defaults."""

    merchant: Named[str] = Column(Text, primary_key=True)
    section: Named[str] = Column(Text, primary_key=True)
    value: Named[dict[str, Any]] = Column(Json)
    updated_at: Named[datetime] = Column(UtcTime)
    updated_by: Named[str] = Column(Text)


MERCHANT_SETTINGS = Table("merchant_settings", METADATA, MerchantSettingColumns)


class StockColumns(TypedColumns):
    """Units of a SKU on hand; `reserved` is the sum of its held reservations, kept so that one UPDATE can decide."""

    merchant: Named[str] = Column(Text, primary_key=True)
    sku: Named[str] = Column(Text, primary_key=True)
    available: Named[int]
    reserved: Named[int]


STOCK = Table(
    "stock",
    METADATA,
    StockColumns,
    CheckConstraint("reserved >= 0 AND reserved <= available", name="ck_stock_reserved"),
)


class ReservationColumns(TypedColumns):
    """Units kept for a case, or that were."""

    reservation_id: Named[str] = Column(Text, primary_key=True)
    merchant: Named[str] = Column(Text)
    sku: Named[str] = Column(Text)
    quantity: Named[int]
    case_id: Named[str] = Column(Text)
    state: Named[str] = Column(Text)
    made_at: Named[datetime] = Column(UtcTime)


RESERVATIONS = Table("reservations", METADATA, ReservationColumns)
