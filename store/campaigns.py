"""Campaigns: their terms, and telling the orders of a campaign that these have changed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Text, literal, select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.case.fact import Fact
from domain.case.ids import CaseKind
from domain.order.state import CampaignTerms
from domain.roles import SYSTEM, Actor
from store.database import Database, add_rows, core, insert_into, take_turns
from store.pages import Page, page_of, read_cursor
from store.tables import CampaignRow, CaseRow, InboxRow, InboxStatus
from store.types import Json, UtcTime

CHANGED = "campaign.changed"


@dataclass(frozen=True, slots=True)
class CampaignRecord:
    """A campaign's terms as they stand."""

    terms: CampaignTerms
    version: int
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class CampaignPut:
    """What a PUT did; `moved` names the open orders that are told of it."""

    version: int
    created: bool
    changed: bool
    moved: list[str]


async def get(db: Database, campaign_id: str) -> CampaignRecord | None:
    """A campaign's terms."""
    async with db.read() as session:
        row = await session.get(CampaignRow, campaign_id)
    return _record(row) if row else None


async def list_campaigns(db: Database, limit: int = 50, cursor: str | None = None) -> Page[CampaignRecord]:
    """A page of the calendar, by campaign id; campaigns may overlap. Raises BadCursor."""
    query = select(CampaignRow).order_by(CampaignRow.campaign_id).limit(limit + 1)
    if cursor:
        (after,) = read_cursor(cursor, str)
        query = query.where(CampaignRow.campaign_id > after)
    async with db.read() as session:
        rows = (await session.scalars(query)).all()
    return page_of(rows, limit, _record, lambda row: (row.campaign_id,))


def _record(row: CampaignRow) -> CampaignRecord:
    return CampaignRecord(CampaignTerms.model_validate(row.terms), row.version, row.updated_at)


async def put(db: Database, terms: CampaignTerms, actor: Actor, now: datetime) -> CampaignPut:
    """Sets a campaign's terms; if they change, a `campaign.changed` fact awaits each of its open orders (S2-70)."""
    async with db.write() as session:
        await take_turns(session, f"campaign/{terms.id}")
        row = await session.get(CampaignRow, terms.id, with_for_update=True)
        if row is None:
            session.add(CampaignRow(campaign_id=terms.id, version=1, updated_at=now, terms=_json(terms)))
            return CampaignPut(1, created=True, changed=True, moved=[])
        if CampaignTerms.model_validate(row.terms) == terms:
            return CampaignPut(row.version, created=False, changed=False, moved=[])
        row.version, row.updated_at, row.terms = row.version + 1, now, _json(terms)
        moved = await _tell_orders(session, _fact(terms, row.version, actor, now), terms.id, now)
        return CampaignPut(row.version, created=False, changed=True, moved=moved)


async def catch_up(session: AsyncSession, case_id: str, merchant: str, terms: CampaignTerms) -> None:
    """Tells an order that is being opened of terms that changed since its opening was read.

    A part of the opening's transaction: holding the row keeps `put` from passing the order by.
    """
    row = await session.get(CampaignRow, terms.id, with_for_update={"read": True})
    if row is None or CampaignTerms.model_validate(row.terms) == terms:
        return
    fact = _fact(CampaignTerms.model_validate(row.terms), row.version, SYSTEM, row.updated_at)
    await add_rows(
        session,
        InboxRow,
        [
            {
                "merchant": merchant,
                "source": fact.source,
                "event_id": fact.id,
                "type": fact.type,
                "waits_for": case_id,
                "case_id": case_id,
                "status": InboxStatus.PENDING,
                "received_at": row.updated_at,
                "fact": fact.model_dump(mode="json"),
            }
        ],
    )


async def _tell_orders(session: AsyncSession, fact: Fact, campaign_id: str, now: datetime) -> list[str]:
    facts = select(
        CaseRow.merchant,
        literal(fact.source),
        literal(fact.id),
        literal(fact.type),
        CaseRow.case_id,
        CaseRow.case_id,
        literal(InboxStatus.PENDING, Text),
        literal(now, UtcTime),
        literal(fact.model_dump(mode="json"), Json),
    ).where(CaseRow.campaign == campaign_id, CaseRow.open.is_(True), CaseRow.kind == CaseKind.ORDER)
    columns = (
        "merchant", "source", "event_id", "type", "waits_for", "case_id", "status", "received_at", "fact"
    )  # fmt: skip
    insert = insert_into(session, InboxRow).from_select(columns, facts).returning(core(InboxRow).c.case_id)
    return sorted((await session.scalars(insert)).all())


def _fact(terms: CampaignTerms, version: int, actor: Actor, at: datetime) -> Fact:
    return Fact(id=f"{terms.id}/{version}", source="campaigns", type=CHANGED, at=at, actor=actor, data=_json(terms))


def _json(terms: CampaignTerms) -> dict[str, Any]:
    return terms.model_dump(mode="json")
