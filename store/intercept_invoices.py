"""Invoices over the fees of interceptions that stand booked (S1-33). A fee is on one invoice at most."""

from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal
from uuid import uuid4

from sqlalchemy import literal, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from domain.case.ledger import EntryKind
from domain.money import ZERO
from store.database import Database, add_rows, take_turns
from store.intercepts import InterceptFilter, intercepts_of
from store.pages import Page, page_of, read_cursor
from store.tables import CaseRow, InterceptInvoiceRow, InvoicedFeeRow, LedgerRow
from store.types import UtcTime


@dataclass(frozen=True, slots=True)
class InterceptInvoice:
    """A request for an invoice: over `count` fees that were booked from `from_at` on and before `to_at`, yuan."""

    invoice_id: str
    from_at: datetime
    to_at: datetime
    carrier: str | None
    count: int
    amount: Decimal
    requested_at: datetime
    requested_by: str


class NothingToInvoice(ValueError):
    """No fee of the range stands booked that is not on an invoice yet."""


async def ask_for(
    db: Database, merchant: str, since: datetime, until: datetime, carrier: str | None, account: str, now: datetime
) -> InterceptInvoice:
    """Puts every fee of the range on a new invoice. Raises NothingToInvoice."""
    async with db.write() as session:
        await take_turns(session, f"intercept-invoice:{merchant}")
        fees = await _fees(session, merchant, since, until, carrier)
        if not fees:
            raise NothingToInvoice("No fee of that range is booked that is not on an invoice already.")
        amount = sum((fee.amount for fee in fees), ZERO)
        invoice = InterceptInvoice(uuid4().hex, since, until, carrier, len(fees), amount, now, account)
        await add_rows(session, InterceptInvoiceRow, [asdict(invoice) | {"merchant": merchant}])
        lines = [{"entry_id": fee.entry_id, "invoice_id": invoice.invoice_id} for fee in fees]
        await add_rows(session, InvoicedFeeRow, lines)
    return invoice


async def list_invoices(
    db: Database, merchant: str, limit: int = 50, cursor: str | None = None
) -> Page[InterceptInvoice]:
    """A page of a shop's invoices, the latest first. Raises BadCursor."""
    place = (InterceptInvoiceRow.requested_at, InterceptInvoiceRow.invoice_id)
    query = select(InterceptInvoiceRow).where(InterceptInvoiceRow.merchant == merchant)
    if cursor:
        at, invoice_id = read_cursor(cursor, datetime, str)
        query = query.where(tuple_(*place) < tuple_(literal(at, UtcTime), literal(invoice_id)))
    query = query.order_by(*(column.desc() for column in place)).limit(limit + 1)
    async with db.read() as session:
        rows = (await session.scalars(query)).all()
    return page_of(rows, limit, _invoice, lambda row: (row.requested_at, row.invoice_id))


async def _fees(
    session: AsyncSession, merchant: str, since: datetime, until: datetime, carrier: str | None
) -> list[LedgerRow]:
    reversal = aliased(LedgerRow)
    query = (
        select(LedgerRow)
        .join(CaseRow, CaseRow.case_id == LedgerRow.case_id)
        .where(
            *intercepts_of(merchant, InterceptFilter(carrier=carrier)),
            LedgerRow.kind == EntryKind.INTERCEPT_FEE,
            LedgerRow.reverses == "",
            LedgerRow.at >= since,
            LedgerRow.at < until,
            ~select(reversal.entry_id)
            .where(reversal.case_id == LedgerRow.case_id, reversal.reverses == LedgerRow.entry_id)
            .exists(),
            ~select(InvoicedFeeRow.entry_id).where(InvoicedFeeRow.entry_id == LedgerRow.entry_id).exists(),
        )
    )
    return list((await session.scalars(query)).all())


def _invoice(row: InterceptInvoiceRow) -> InterceptInvoice:
    return InterceptInvoice(
        invoice_id=row.invoice_id,
        from_at=row.from_at,
        to_at=row.to_at,
        carrier=row.carrier,
        count=row.count,
        amount=row.amount,
        requested_at=row.requested_at,
        requested_by=row.requested_by,
    )
