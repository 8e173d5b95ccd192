"""What belongs to a shop: its settings, its stock, and units of it that cases have reserved."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from store.tables.base import Table


class MerchantSettingRow(Table):
    """One section of a shop's settings; no row: the section's defaults."""

    __tablename__ = "merchant_settings"

    merchant: Mapped[str] = mapped_column(primary_key=True)
    section: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[dict[str, Any]]
    updated_at: Mapped[datetime]
    updated_by: Mapped[str]


class StockRow(Table):
    """Units of a SKU on hand; `reserved` is the sum of its held reservations, kept so that one UPDATE can decide."""

    __tablename__ = "stock"

    merchant: Mapped[str] = mapped_column(primary_key=True)
    sku: Mapped[str] = mapped_column(primary_key=True)
    available: Mapped[int]
    reserved: Mapped[int]

    __table_args__ = (CheckConstraint("reserved >= 0 AND reserved <= available", name="ck_stock_reserved"),)


class ReservationRow(Table):
    """Units kept for a case, or that were."""

    __tablename__ = "reservations"

    reservation_id: Mapped[str] = mapped_column(primary_key=True)
    merchant: Mapped[str]
    sku: Mapped[str]
    quantity: Mapped[int]
    case_id: Mapped[str]
    state: Mapped[str]
    made_at: Mapped[datetime]
