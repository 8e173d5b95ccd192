"""Invoices that a shop asked for over the fees of its interceptions."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from store.tables.base import Table


class InterceptInvoiceRow(Table):
    """One request for an invoice; without `carrier` it is over the fees of all of them."""

    __tablename__ = "intercept_invoices"

    invoice_id: Mapped[str] = mapped_column(primary_key=True)
    merchant: Mapped[str]
    from_at: Mapped[datetime]
    to_at: Mapped[datetime]
    carrier: Mapped[str | None]
    count: Mapped[int]
    amount: Mapped[Decimal]
    requested_at: Mapped[datetime]
    requested_by: Mapped[str]

    __table_args__ = (Index("ix_intercept_invoices_merchant", "merchant", "requested_at", "invoice_id"),)


class InvoicedFeeRow(Table):
    """A fee that is on an invoice: the key lets no entry be on two."""

    __tablename__ = "invoiced_fees"

    entry_id: Mapped[str] = mapped_column(primary_key=True)
    invoice_id: Mapped[str] = mapped_column(ForeignKey("intercept_invoices.invoice_id", ondelete="CASCADE"))
