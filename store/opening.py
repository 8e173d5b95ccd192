"""Opening a case: its row first, then its workflow; so that an accepted order is never lost."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, bindparam, select

from domain.case.errand import StartCase
from domain.case.ids import CaseKind
from domain.case.record import RecordCase
from domain.order.opening import Buyer, OpenedOrder, OpenedUnder
from domain.policy import own_values, policy
from store import campaigns, changes, inbox, leases, new_orders, shop_settings
from store.campaigns import CampaignRecord
from store.case_rows import Owner, case_columns
from store.cases import CaseRecord, at_risk_since, get_case
from store.database import add_rows, insert_into, insert_new, take_turns
from store.memos import Memo, add_memos
from store.records import first_change, put_case_rows
from store.search import PHONE_END
from store.tables import BUYERS, CASES, POLICY_EDITIONS

_USED = select(POLICY_EDITIONS.c.policy).where(POLICY_EDITIONS.c.policy == bindparam("policy"))


@dataclass(frozen=True, slots=True)
class Terms:
    """What an order is opened under: its shop, its campaign if it names one that is there."""

    shop: OpenedUnder
    campaign: CampaignRecord | None
    at_risk_today: int


class Opened(StrEnum):
    """What came of an opening; `same`: that order is open with the same content, `conflict`: with another."""

    CREATED = "created"
    SAME = "same"
    CONFLICT = "conflict"


def terms_of_opening(tx: Connection, merchant: str, campaign: str | None, today: datetime | None) -> Terms:
    """What an order is opened under; one at risk names since when the shop's quota of such orders counts."""
    shop = shop_settings.opened_under(tx, merchant)
    return Terms(
        shop=shop,
        campaign=campaigns.get(tx, campaign) if campaign else None,
        at_risk_today=at_risk_since(tx, merchant, today) if today and shop.cod.daily_quota_at_risk is not None else 0,
    )


def open_case(
    tx: Connection,
    opening: OpenedOrder,
    first: RecordCase,
    buyer: Buyer,
    content_hash: str,
    message: Memo | None = None,
) -> Opened:
    """Accepts an order: of many at once exactly one is CREATED.

    That is its version 1, whole, so that a client reads its own order before the workflow has run, and the workflow has
    nothing to write before something changes. Facts that waited for the order are set free: who parks one for it takes
    turns with this transaction, so that none is parked unseen.

    Args:
        tx: the transaction.
        opening: the order, cleared of personal data.
        first: its version 1, which the workflow begins with by the same rules.
        buyer: the personal data.
        content_hash: tells the same order from another of the same id.
        message: the buyer's message, if any.
    """
    take_turns(tx, inbox.turn_of(first.case_id))
    if not _insert_case(tx, opening, first, content_hash):
        known = tx.scalar(select(CASES.c.content_hash).where(CASES.c.case_id == first.case_id))
        return Opened.SAME if known == content_hash else Opened.CONFLICT
    new_orders.add(tx, first.case_id, opening.merchant, first.common.next_due_at())
    add_rows(tx, BUYERS, [_buyer_row(first.case_id, buyer)])
    if message:
        add_memos(tx, [message])
    owner = Owner(first.case_id, CaseKind.ORDER, opening.merchant, first.case_id, opening.policy)
    opened = put_case_rows(tx, owner, first, whole=True)
    _use_edition(tx, opening)
    if opening.campaign:
        campaigns.catch_up(tx, first.case_id, opening.merchant, opening.campaign)
    inbox.release(tx, first.case_id)
    changes.append(tx, opening.merchant, [first_change(owner, first), *opened])
    return Opened.CREATED


@dataclass(frozen=True, slots=True)
class OpenedCase:
    """What came of an opening, the shop's case of that id as it stands, and whether facts wait for it."""

    outcome: Opened
    case: CaseRecord
    awaited: bool


def open_and_read(
    tx: Connection,
    opening: OpenedOrder,
    first: RecordCase,
    buyer: Buyer,
    content_hash: str,
    message: Memo | None = None,
) -> OpenedCase:
    """Accepts an order as `open_case` does, and reads it back."""
    outcome = open_case(tx, opening, first, buyer, content_hash, message)
    case = get_case(tx, first.case_id, opening.merchant)
    if case is None:
        raise LookupError(first.case_id)  # its row is there: this transaction or another has written it
    return OpenedCase(outcome, case, leases.waits(tx, first.case_id))


def unstarted_alone(tx: Connection, older_than: datetime, limit: int = 100) -> list[StartCase]:
    """Cases that belong to no order, accepted before that time, whose workflow has not written yet."""
    query = (
        select(CASES.c.case_id, CASES.c.kind, CASES.c.opening)
        .where(CASES.c.version == 0, CASES.c.opened_at < older_than, CASES.c.kind == CaseKind.PLATFORM_MESSAGE)
        .order_by(CASES.c.opened_at)
        .limit(limit)
    )
    return [StartCase(kind=CaseKind(row.kind), case_id=row.case_id, opening=row.opening) for row in tx.execute(query)]


def _insert_case(tx: Connection, opening: OpenedOrder, first: RecordCase, content_hash: str) -> bool:
    row: dict[str, Any] = {
        "case_id": first.case_id,
        "kind": CaseKind.ORDER,
        "merchant": opening.merchant,
        "platform": opening.platform,
        "order_id": opening.order_id,
        "order_case_id": first.case_id,
        "policy": opening.policy,
        "version": first.version,
        "opened_at": opening.opened_at,
        "content_hash": content_hash,
        "opening": opening.model_dump(mode="json"),
        **case_columns(first),
    }
    return tx.scalar(insert_new(tx.dialect.name, CASES, ("case_id",)), row) is not None


def _buyer_row(case_id: str, buyer: Buyer) -> dict[str, Any]:
    row = buyer.model_dump()
    phone_end = buyer.phone[-PHONE_END:] if buyer.phone and len(buyer.phone) >= PHONE_END else None
    return {"case_id": case_id, "buyer_id": row.pop("id"), "phone_end": phone_end, **row}


def _use_edition(tx: Connection, opening: OpenedOrder) -> None:
    """Keeps the edition's values from its first use on."""
    if tx.scalar(_USED, {"policy": opening.policy}):
        return
    insert = insert_into(tx, POLICY_EDITIONS).on_conflict_do_nothing(index_elements=["policy"])
    tx.execute(
        insert.values(
            policy=opening.policy,
            values=own_values(policy(opening.policy)),
            first_used_at=opening.opened_at,
        )
    )
