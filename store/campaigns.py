"""Campaigns: their terms, and telling the orders of a campaign that these have changed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Text, literal, select, update

from domain.case.fact import Fact
from domain.case.ids import CaseKind
from domain.order.state import CampaignTerms
from domain.roles import SYSTEM, Actor
from store.database import Query, Row, add_rows, insert_into, take_turns
from store.pages import Page, page_of, read_cursor
from store.tables import CAMPAIGNS, CASES, INBOX, InboxStatus
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


def get(tx: Connection, campaign_id: str) -> CampaignRecord | None:
    """A campaign's terms."""
    row = tx.execute(_campaign(campaign_id)).one_or_none()
    return _record(row) if row else None


def _campaign(campaign_id: str) -> Query:
    return select(CAMPAIGNS).where(CAMPAIGNS.c.campaign_id == campaign_id)


def list_campaigns(tx: Connection, limit: int = 50, cursor: str | None = None) -> Page[CampaignRecord]:
    """A page of the calendar, by campaign id; campaigns may overlap. Raises BadCursor."""
    query = select(CAMPAIGNS).order_by(CAMPAIGNS.c.campaign_id).limit(limit + 1)
    if cursor:
        (after,) = read_cursor(cursor, str)
        query = query.where(CAMPAIGNS.c.campaign_id > after)
    rows = tx.execute(query).all()
    return page_of(rows, limit, _record, lambda row: (row.campaign_id,))


def _record(row: Row) -> CampaignRecord:
    return CampaignRecord(CampaignTerms.model_validate(row.terms), row.version, row.updated_at)


def put(tx: Connection, terms: CampaignTerms, actor: Actor, now: datetime) -> CampaignPut:
    """Sets a campaign's terms; if they change, a `campaign.changed` fact awaits each of its open orders (S2-70)."""
    take_turns(tx, f"campaign/{terms.id}")
    row = tx.execute(_campaign(terms.id).with_for_update()).one_or_none()
    if row is None:
        new = {"campaign_id": terms.id, "version": 1, "updated_at": now, "terms": _json(terms)}
        add_rows(tx, CAMPAIGNS, [new])
        return CampaignPut(1, created=True, changed=True, moved=[])
    if CampaignTerms.model_validate(row.terms) == terms:
        return CampaignPut(row.version, created=False, changed=False, moved=[])
    version = row.version + 1
    change = update(CAMPAIGNS).where(CAMPAIGNS.c.campaign_id == terms.id)
    tx.execute(change.values(version=version, updated_at=now, terms=_json(terms)))
    moved = _tell_orders(tx, _fact(terms, version, actor, now), terms.id, now)
    return CampaignPut(version, created=False, changed=True, moved=moved)


def catch_up(tx: Connection, case_id: str, merchant: str, terms: CampaignTerms) -> None:
    """Tells an order that is being opened of terms that changed since its opening was read.

    A part of the opening's transaction: holding the row keeps `put` from passing the order by.
    """
    row = tx.execute(_campaign(terms.id).with_for_update(read=True)).one_or_none()
    if row is None or CampaignTerms.model_validate(row.terms) == terms:
        return
    fact = _fact(CampaignTerms.model_validate(row.terms), row.version, SYSTEM, row.updated_at)
    add_rows(
        tx,
        INBOX,
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


def _tell_orders(tx: Connection, fact: Fact, campaign_id: str, now: datetime) -> list[str]:
    facts = select(
        CASES.c.merchant,
        literal(fact.source),
        literal(fact.id),
        literal(fact.type),
        CASES.c.case_id,
        CASES.c.case_id,
        literal(InboxStatus.PENDING, Text),
        literal(now, UtcTime),
        literal(fact.model_dump(mode="json"), Json),
    ).where(CASES.c.campaign == campaign_id, CASES.c.open.is_(True), CASES.c.kind == CaseKind.ORDER)
    columns = (
        "merchant", "source", "event_id", "type", "waits_for", "case_id", "status", "received_at", "fact"
    )  # fmt: skip
    insert = insert_into(tx, INBOX).from_select(columns, facts).returning(INBOX.c.case_id)
    return sorted(tx.scalars(insert).all())


def _fact(terms: CampaignTerms, version: int, actor: Actor, at: datetime) -> Fact:
    return Fact(id=f"{terms.id}/{version}", source="campaigns", type=CHANGED, at=at, actor=actor, data=_json(terms))


def _json(terms: CampaignTerms) -> dict[str, Any]:
    return terms.model_dump(mode="json")
