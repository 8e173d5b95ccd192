"""Invoices over the fees of interceptions that stand booked (S1-33). A fee is on one invoice at most."""

from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal
from uuid import uuid4

from sqlalchemy import Connection, literal, select, tuple_

from domain.case.ledger import EntryKind
from domain.money import ZERO
from store.database import Row, add_rows, take_turns
from store.intercepts import InterceptFilter, intercepts_of
from store.pages import Page, page_of, read_cursor
from store.tables import CASES, INTERCEPT_INVOICES, INVOICED_FEES, LEDGER_ENTRIES
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


def ask_for(
    tx: Connection, merchant: str, since: datetime, until: datetime, carrier: str | None, account: str, now: datetime
) -> InterceptInvoice:
    """Puts every fee of the range on a new invoice. Raises NothingToInvoice."""
    take_turns(tx, f"intercept-invoice:{merchant}")
    fees = _fees(tx, merchant, since, until, carrier)
    if not fees:
        raise NothingToInvoice("No fee of that range is booked that is not on an invoice already.")
    amount = sum((fee.amount for fee in fees), ZERO)
    invoice = InterceptInvoice(uuid4().hex, since, until, carrier, len(fees), amount, now, account)
    add_rows(tx, INTERCEPT_INVOICES, [asdict(invoice) | {"merchant": merchant}])
    lines = [{"entry_id": fee.entry_id, "invoice_id": invoice.invoice_id} for fee in fees]
    add_rows(tx, INVOICED_FEES, lines)
    return invoice


def list_invoices(tx: Connection, merchant: str, limit: int = 50, cursor: str | None = None) -> Page[InterceptInvoice]:
    """A page of a shop's invoices, the latest first. Raises BadCursor."""
    place = (INTERCEPT_INVOICES.c.requested_at, INTERCEPT_INVOICES.c.invoice_id)
    query = select(INTERCEPT_INVOICES).where(INTERCEPT_INVOICES.c.merchant == merchant)
    if cursor:
        at, invoice_id = read_cursor(cursor, datetime, str)
        query = query.where(tuple_(*place) < tuple_(literal(at, UtcTime), literal(invoice_id)))
    query = query.order_by(*(column.desc() for column in place)).limit(limit + 1)
    rows = tx.execute(query).all()
    return page_of(rows, limit, _invoice, lambda row: (row.requested_at, row.invoice_id))


def _fees(tx: Connection, merchant: str, since: datetime, until: datetime, carrier: str | None) -> list[Row]:
    reversal = LEDGER_ENTRIES.alias()
    query = (
        select(LEDGER_ENTRIES)
        .join(CASES, CASES.c.case_id == LEDGER_ENTRIES.c.case_id)
        .where(
            *intercepts_of(merchant, InterceptFilter(carrier=carrier)),
            LEDGER_ENTRIES.c.kind == EntryKind.INTERCEPT_FEE,
            LEDGER_ENTRIES.c.reverses == "",
            LEDGER_ENTRIES.c.at >= since,
            LEDGER_ENTRIES.c.at < until,
            ~select(reversal.c.entry_id)
            .where(reversal.c.case_id == LEDGER_ENTRIES.c.case_id, reversal.c.reverses == LEDGER_ENTRIES.c.entry_id)
            .exists(),
            ~select(INVOICED_FEES.c.entry_id).where(INVOICED_FEES.c.entry_id == LEDGER_ENTRIES.c.entry_id).exists(),
        )
    )
    return list(tx.execute(query).all())


def _invoice(row: Row) -> InterceptInvoice:
    return InterceptInvoice(
        invoice_id=row.invoice_id,
        from_at=row.from_at,
        to_at=row.to_at,
        carrier=row.carrier,
        count=row._mapping["count"],
        amount=row.amount,
        requested_at=row.requested_at,
        requested_by=row.requested_by,
    )
