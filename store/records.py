"""The read model's one writer: carries a case from one version to a later one, in one transaction."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import ColumnElement, Connection, Table, bindparam, delete, select, tuple_, update

from domain.case.errand import StartCase
from domain.case.ids import CaseKind
from domain.case.record import RecordCase, record
from domain.errors import HistoryStands
from domain.lives import begin_any
from store import changes, new_orders
from store.case_rows import (
    Owner,
    case_columns,
    deadline_row,
    ledger_row,
    line_row,
    parcel_row,
    work_item_row,
)
from store.changes import Change
from store.database import Row, add_rows, insert_new, put_rows
from store.tables import (
    BUYERS,
    CASES,
    DEADLINES,
    LEDGER_ENTRIES,
    MEMOS,
    PARCELS,
    TIMELINE,
    WORK_ITEMS,
)

_KEPT = (
    select(
        CASES.c.version,
        CASES.c.revision,
        CASES.c.updated_at,
        CASES.c.kind,
        CASES.c.merchant,
        CASES.c.order_case_id,
        CASES.c.state["address_from"].as_string().label("address_from"),
        CASES.c.state["mark"].as_string().label("mark"),
        CASES.c.state["updated_at"].as_string().label("changed_at"),
    )
    .where(CASES.c.case_id == bindparam("case_id"))
    .with_for_update()
)
_STATE = select(CASES.c.state).where(CASES.c.case_id == bindparam("case_id"))
FIRST = 1
"""The version that an opening writes, by another clock than Temporal's; those after it are the workflow's."""
_WRITTEN = update(CASES).where(CASES.c.case_id == bindparam("of_case"))
_STARTED = _WRITTEN.where(CASES.c.version == 0).values(version=FIRST)


class NoSuchCase(LookupError):
    """No case of that id was ever accepted."""


def record_case(tx: Connection, write: RecordCase) -> bool:
    """Brings the rows of a case to the version of the write.

    A write may be repeated. What stands above `write.since` is replaced where the case's history does not know of it:
    it was written while worker and server went down. What the history does know of stands.

    Returns:
        False if the store holds a later version of the same story; then nothing is changed.

    Raises:
        NoSuchCase: the case has no row.
        HistoryStands: the write would replace another story than its own, or a later one; nothing is changed.
    """
    row = tx.execute(_KEPT, {"case_id": write.case_id}).one_or_none()
    if row is None:
        raise NoSuchCase(write.case_id)
    if row.version > write.version and (write.rebuilds or _stands(tx, write)):
        return False
    if row.mark and not write.rebuilds:
        _check_story(write, row.version, row.mark, datetime.fromisoformat(row.changed_at))
    owner = Owner(write.case_id, CaseKind(row.kind), row.merchant, row.order_case_id, write.common.policy)
    replaces = row.version > write.since
    if replaces:
        _forget(tx, write)
    opened = put_case_rows(tx, owner, write, whole=replaces)
    again = row.version == write.version and not write.rebuilds and _is_stored(tx, write)
    moved = _moved(row, write, 0 if again else 1)
    tx.execute(_WRITTEN, moved)
    if write.since == FIRST and owner.kind is CaseKind.ORDER:
        new_orders.remove(tx, write.case_id)
    address_from = write.state.get("address_from")
    if address_from and address_from != row.address_from:
        _move_in(tx, write.case_id, address_from)
    changes.append(tx, row.merchant, [*([] if again else [_change(owner, write, moved)]), *opened])
    return True


def _check_story(write: RecordCase, version: int, mark: str, changed_at: datetime) -> None:
    """Lets rows be replaced by a repetition, or where the case's history does not know of them: written in vain.

    One in the middle of a case that knows of no write before it may replace nothing. Neither may an attempt that was
    given up and arrives after its successor, of which its history knows nothing either: it changed the case before.
    """
    replaces = version > write.since and (version, mark) != (write.version, write.mark)
    in_vain = write.since == 0 or write.after not in (mark, "")
    late = version > FIRST and write.changed_at < changed_at
    if replaces and (late or not in_vain):
        raise HistoryStands(
            f"{write.case_id}: the store has version {version} ({mark}) of {changed_at}; refused is version "
            f"{write.version} ({write.mark}) of {write.changed_at}, which follows version {write.since} "
            f"({write.after or 'unknown'})"
        )


def put_version(tx: Connection, row: Row, write: RecordCase) -> None:
    """One more version of a case whose row is locked."""
    owner = Owner(write.case_id, CaseKind(row.kind), row.merchant, row.order_case_id, write.common.policy)
    opened = put_case_rows(tx, owner, write, whole=False)
    moved = _moved(row, write, 1)
    tx.execute(_WRITTEN, moved)
    changes.append(tx, row.merchant, [_change(owner, write, moved), *opened])


class _Seen(Protocol):
    """What a client has seen of a case's row."""

    revision: Any
    updated_at: Any


def _moved(row: _Seen, write: RecordCase, by: int) -> dict[str, Any]:
    """The row's columns after a write; its counter and its time never go back."""
    seen = {"revision": row.revision + by, "updated_at": max(row.updated_at, write.common.updated_at)}
    return {"of_case": write.case_id, "version": write.version, **case_columns(write), **seen}


def _change(owner: Owner, write: RecordCase, moved: Mapping[str, Any]) -> Change:
    return first_change(owner, write, version=moved["revision"], at=moved["updated_at"])


def first_change(owner: Owner, write: RecordCase, *, version: int = 1, at: datetime | None = None) -> Change:
    """What a write is in the feed; without more, the first of a case."""
    state = write.common
    return Change(
        at=at or state.updated_at,
        case_id=write.case_id,
        order_id=state.order_id,
        platform=state.platform,
        kind=owner.kind,
        version=version,
        stage=state.stage,
        what=tuple(dict.fromkeys(line.type for line in write.story)),
        lines=(write.story[0].seq, write.story[-1].seq) if write.story else None,
    )


def put_case_rows(tx: Connection, owner: Owner, write: RecordCase, *, whole: bool) -> list[Change]:
    """Writes the rows that changed after `write.since`; with `whole`, every clock, task and parcel of the state.

    Returns:
        The children that were opened by it, for the feed.
    """
    deadlines = write.common.deadlines if whole else write.deadlines
    items = write.common.work_items if whole else write.work_items
    moved = [parcel for parcel in write.parcels if whole or parcel.version > write.since]
    moved.sort(key=lambda parcel: (parcel.carrier, parcel.tracking_no))
    add_rows(tx, TIMELINE, [line_row(owner, line) for line in write.story])
    add_rows(tx, LEDGER_ENTRIES, [ledger_row(owner, entry) for entry in write.ledger])
    put_rows(tx, DEADLINES, [deadline_row(owner, deadline) for deadline in deadlines])
    put_rows(tx, WORK_ITEMS, [work_item_row(owner, item) for item in items], keep=("assignee",))
    opened = [change for child in write.opens for change in _open_child(tx, owner, child)]
    put_rows(
        tx,
        PARCELS,
        [parcel_row(owner, parcel) for parcel in moved],
        keep=("merchant", "announced_at", "watched_since"),
    )
    return opened


def open_alone(tx: Connection, start: StartCase) -> None:
    """Opens a case that belongs to no order: its rows are those that its workflow begins with; not started yet."""
    opening = start.opening
    owner = Owner(start.case_id, start.kind, opening.merchant, opening.order_case_id, opening.policy)
    changes.append(tx, opening.merchant, _open(tx, owner, start, version=0) or [])


def mark_started(tx: Connection, case_id: str) -> None:
    """A case that belongs to no order runs."""
    tx.execute(_STARTED, {"of_case": case_id})


def _open_child(tx: Connection, parent: Owner, start: StartCase) -> list[Change]:
    """Version 1 of a child, whole. It takes the place of another that was written in vain: no child came of that."""
    opened = _open(tx, parent, start, version=FIRST)
    if opened is None:
        _open_again(tx, start)
    return opened or []


def _open(tx: Connection, parent: Owner, start: StartCase, version: int) -> list[Change] | None:
    """None if it is open already."""
    state = begin_any(start).state
    first = record(state, since=0)
    row = {
        "case_id": start.case_id,
        "kind": start.kind,
        "merchant": parent.merchant,
        "platform": state.platform,
        "order_id": state.order_id,
        "order_case_id": parent.order_case_id,
        "policy": state.policy,
        "version": version,
        "opened_at": state.opened_at,
        "content_hash": "",
        "opening": start.opening.model_dump(mode="json"),
        **case_columns(first),
    }
    if tx.scalar(insert_new(tx.dialect.name, CASES, ("case_id",)), row) is None:
        return None
    owner = Owner(start.case_id, start.kind, parent.merchant, parent.order_case_id, state.policy)
    return [first_change(owner, first), *put_case_rows(tx, owner, first, whole=True)]


def _open_again(tx: Connection, start: StartCase) -> None:
    """Opens a child as it is now opened, unless it stands just so, or has begun."""
    state = begin_any(start).state
    first = record(state, since=0)
    kept = tx.execute(_KEPT, {"case_id": start.case_id}).one()
    if kept.version == FIRST and not _is_stored(tx, first):
        opened_with = {"opening": start.opening.model_dump(mode="json"), "opened_at": state.opened_at}
        tx.execute(_WRITTEN, {"of_case": start.case_id, "policy": state.policy, **opened_with})
        record_case(tx, first)


def _stands(tx: Connection, write: RecordCase) -> bool:
    """Whether the lines that a write tells are there: then it comes late, from an attempt that was given up.

    If others stand in their place, those are what no history explains.
    """
    lines = select(TIMELINE.c.seq, TIMELINE.c.type, TIMELINE.c.recorded_at).where(
        *_above(TIMELINE, write), TIMELINE.c.version <= write.version
    )
    there = [tuple(line) for line in tx.execute(lines.order_by(TIMELINE.c.seq))]
    return there == [(line.seq, line.type, line.recorded_at) for line in write.story]


def _is_stored(tx: Connection, write: RecordCase) -> bool:
    """Whether the row holds the state that a write carries."""
    return tx.scalar(_STATE, {"case_id": write.case_id}) == write.state


def _forget(tx: Connection, write: RecordCase) -> None:
    """Takes back what was written above `write.since`, as far as the state does not hold it."""
    tx.execute(delete(LEDGER_ENTRIES).where(*_above(LEDGER_ENTRIES, write)))
    since = write.told_since if write.rebuilds else write.since
    tx.execute(delete(TIMELINE).where(TIMELINE.c.case_id == write.case_id, TIMELINE.c.version > since))
    clocks = [(deadline.kind, deadline.subject, deadline.number) for deadline in write.common.deadlines]
    tx.execute(
        delete(DEADLINES).where(
            *_above(DEADLINES, write),
            tuple_(DEADLINES.c.kind, DEADLINES.c.subject, DEADLINES.c.number).not_in(clocks),
        )
    )
    tx.execute(
        delete(WORK_ITEMS).where(
            *_above(WORK_ITEMS, write), WORK_ITEMS.c.item_id.not_in([item.item_id for item in write.common.work_items])
        )
    )
    known = [(parcel.carrier, parcel.tracking_no) for parcel in write.parcels]
    tx.execute(
        update(PARCELS)
        .where(*_above(PARCELS, write), tuple_(PARCELS.c.carrier, PARCELS.c.tracking_no).not_in(known))
        .values(version=0, status=None, status_at=None, units=None)
    )


def _above(table: Table, write: RecordCase) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return table.c.case_id == write.case_id, table.c.version > write.since


def _move_in(tx: Connection, case_id: str, memo_id: object) -> None:
    """The buyer's address becomes the text that was kept under that id."""
    address = tx.scalar(select(MEMOS.c.text).where(MEMOS.c.memo_id == memo_id))
    if address is not None:
        tx.execute(update(BUYERS).where(BUYERS.c.case_id == case_id).values(address=address))
