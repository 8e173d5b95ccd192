"""Invoices that a shop asked for over the fees of its interceptions."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import Column, ForeignKey, Index, Named, Table, Text, TypedColumns

from store.tables.base import METADATA
from store.types import Fen, UtcTime


class InterceptInvoiceColumns(TypedColumns):
    """One request for an invoice; without `carrier` it is over the fees of all of them."""

    invoice_id: Named[str] = Column(Text, primary_key=True)
    merchant: Named[str] = Column(Text)
    from_at: Named[datetime] = Column(UtcTime)
    to_at: Named[datetime] = Column(UtcTime)
    carrier: Named[str | None] = Column(Text)
    count: Named[int]
    amount: Named[Decimal] = Column(Fen)
    requested_at: Named[datetime] = Column(UtcTime)
    requested_by: Named[str] = Column(Text)


INTERCEPT_INVOICES = Table(
    "intercept_invoices",
    METADATA,
    InterceptInvoiceColumns,
    Index("ix_intercept_invoices_merchant", "merchant", "requested_at", "invoice_id"),
)


class InvoicedFeeColumns(TypedColumns):
    """A fee that is on an invoice: the key lets no entry be on two."""

    entry_id: Named[str] = Column(Text, primary_key=True)
    invoice_id: Named[str] = Column(Text, ForeignKey("intercept_invoices.invoice_id", ondelete="CASCADE"))


INVOICED_FEES = Table("invoiced_fees", METADATA, InvoicedFeeColumns)
