"""Steps that people asked for: written before they are sent to the case, their results after.

This row answers repetitions and conflicts; recovery sends again what stayed pending.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from domain.case.action import Circumstances, StockAnswer
from domain.roles import Actor
from domain.shop.stock import Reservation
from store import stock
from store.cases import CaseRecord, get_case
from store.database import Row, insert_new
from store.memos import Memo, add_memos, take_back
from store.tables import ACTIONS


class ActionStatus(StrEnum):
    """How far an action has come."""

    PENDING = "pending"
    DONE = "done"
    REFUSED = "refused"


_FINISHED = (
    update(ACTIONS)
    .where(ACTIONS.c.action_id == bindparam("of_action"), ACTIONS.c.status == ActionStatus.PENDING)
    .returning(ACTIONS.c.case_id, ACTIONS.c.input)
)


class Beginning(StrEnum):
    """`repeat`: the same was asked for before; `conflict`: something else was, under this key."""

    NEW = "new"
    REPEAT = "repeat"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class NewAction:
    """A step that somebody asks for.

    Attributes:
        action_id: also the id of the update that carries it.
        key: the caller's idempotency key, or a generated one; it belongs to the account and this very step.
        body_hash: tells the same input from another.
        input: what the action reads, private texts replaced by references.
        circumstances: what of the shop and its stock the step may depend on.
    """

    action_id: str
    merchant: str
    case_id: str
    name: str
    key: str
    body_hash: str
    actor: Actor
    input: dict[str, Any]
    asked_at: datetime
    circumstances: Circumstances = field(default_factory=Circumstances)


@dataclass(frozen=True, slots=True)
class StoredAction:
    """An action as the store has it; `result` is also where a refusal's reasons stand."""

    request: NewAction
    status: ActionStatus
    result: dict[str, Any] | None
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class Begun:
    """What came of a beginning, and the action that stands under its key."""

    beginning: Beginning
    action: StoredAction


def begin(
    tx: Connection, action: NewAction, texts: Sequence[Memo] = (), reservation: Reservation | None = None
) -> Begun:
    """Writes an action before it is sent; only if it is new, its private texts are kept and its units reserved."""
    row = _row(action)
    kept = None
    while kept is None:  # one that is refused just now gives its key free
        if tx.scalar(insert_new(tx.dialect.name, ACTIONS, _KEY), row):
            add_memos(tx, texts)
            if reservation:
                action = _reserve(tx, action, reservation)
            return Begun(Beginning.NEW, StoredAction(action, ActionStatus.PENDING, None, None))
        same_key = (ACTIONS.c[name] == row[name] for name in _KEY)
        kept = tx.execute(select(ACTIONS).where(*same_key)).one_or_none()
    same = kept.body_hash == action.body_hash
    return Begun(Beginning.REPEAT if same else Beginning.CONFLICT, _stored(kept))


def _reserve(tx: Connection, action: NewAction, reservation: Reservation) -> NewAction:
    answer = StockAnswer.HELD if stock.hold(tx, reservation) else StockAnswer.MISSING
    circumstances = action.circumstances.model_copy(update={"stock": answer})
    action = replace(action, circumstances=circumstances)
    kept = update(ACTIONS).where(ACTIONS.c.action_id == action.action_id)
    tx.execute(kept.values(shop=circumstances.model_dump(mode="json")))
    return action


def _row(action: NewAction) -> dict[str, Any]:
    row: dict[str, Any] = {name: getattr(action, name) for name in _PLAIN}
    return {
        **row,
        "account": action.actor.account,
        "actor": action.actor.model_dump(mode="json"),
        "shop": action.circumstances.model_dump(mode="json"),
        "status": ActionStatus.PENDING,
    }


_KEY = ("case_id", "name", "account", "key")
"""Whose an idempotency key is: the account's, for this very step."""
_PLAIN = ("action_id", "merchant", "case_id", "name", "key", "body_hash", "input", "asked_at")


def finish(tx: Connection, action_id: str, status: ActionStatus, result: dict[str, Any] | None, now: datetime) -> bool:
    """Keeps what came of an action; False if that is kept already.

    What a refused one wrote and reserved is taken back, and its key is free: the same may be asked for again, when
    things have changed.
    """
    outcome: dict[str, Any] = {"status": status, "result": result, "answered_at": now}
    if status is ActionStatus.REFUSED:
        outcome["key"] = action_id
    finished = tx.execute(_FINISHED, {"of_action": action_id, **outcome}).one_or_none()
    if finished and status is ActionStatus.REFUSED:
        take_back(tx, finished.case_id, _texts_in(finished.input))
        stock.release(tx, action_id)
    return finished is not None


def finish_and_read(tx: Connection, action: NewAction, result: dict[str, Any], now: datetime) -> CaseRecord | None:
    """Keeps the result of an action that was taken, and reads its case as it stands then."""
    finish(tx, action.action_id, ActionStatus.DONE, result, now)
    return get_case(tx, action.case_id, action.merchant)


def result_under(tx: Connection, case_id: str, name: str, key: str, account: str) -> dict[str, Any] | None:
    """What came of an account's step under its key; None: it was not taken."""
    query = select(ACTIONS.c.result).where(
        ACTIONS.c.case_id == case_id,
        ACTIONS.c.name == name,
        ACTIONS.c.key == key,
        ACTIONS.c.account == account,
        ACTIONS.c.status == ActionStatus.DONE,
    )
    result: dict[str, Any] | None = tx.scalar(query)
    return result


def _texts_in(input_: dict[str, Any]) -> list[str]:
    return [value for value in input_.values() if isinstance(value, str) and value.startswith("memo:")]


def pending(tx: Connection, older_than: datetime, limit: int = 100) -> list[StoredAction]:
    """Actions asked for before that time that nobody knows the result of, the oldest first."""
    query = (
        select(ACTIONS)
        .where(ACTIONS.c.status == ActionStatus.PENDING, ACTIONS.c.asked_at < older_than)
        .order_by(ACTIONS.c.asked_at)
        .limit(limit)
    )
    return [_stored(row) for row in tx.execute(query)]


def _stored(row: Row) -> StoredAction:
    request = NewAction(
        action_id=row.action_id,
        merchant=row.merchant,
        case_id=row.case_id,
        name=row.name,
        key=row.key,
        body_hash=row.body_hash,
        actor=Actor.model_validate(row.actor),
        input=row.input,
        asked_at=row.asked_at,
        circumstances=Circumstances.model_validate(row.shop or {}),
    )
    return StoredAction(request, ActionStatus(row.status), row.result, row.answered_at)
