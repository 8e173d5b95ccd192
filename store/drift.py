"""Whether the read model says of a case what the case says of itself.

Of its timeline a case can tell what it lived through in its present run.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, select

from domain.case.ids import CaseKind
from domain.case.record import RecordCase
from store.case_rows import (
    Owner,
    case_columns,
    deadline_row,
    ledger_row,
    line_row,
    parcel_row,
    work_item_row,
)
from store.tables import CASES, DEADLINES, LEDGER_ENTRIES, PARCELS, TIMELINE, WORK_ITEMS

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Comparison:
    """How the rows of a case compare with its truth.

    Attributes:
        version: the rows'.
        differing: the tables that differ, by name.
        lost: the numbers of timeline lines that are missing and that the truth cannot tell again.
        of_another_write: whether the rows are of another write than the truth, whose own may just be under way. It may
            be of the same version: what was written in vain, before a worker or Temporal went down, is lived again
            later.
    """

    version: int
    differing: tuple[str, ...]
    lost: tuple[int, ...] = ()
    of_another_write: bool = False


def compare(tx: Connection, truth: RecordCase) -> Comparison | None:
    """Compares all rows, read at once, with what a write of the truth would make them; None without a case's row.

    What people own (who claimed a task) and what scans own (that a parcel is watched, that one moved a row's time) is
    not compared.
    """
    found = _rows(tx, CASES, truth.case_id)
    if not found:
        return None
    case = found[0]
    owner = Owner(truth.case_id, CaseKind(case["kind"]), case["merchant"], case["order_case_id"], case["policy"])
    state = truth.common
    expected: list[tuple[Table, list[dict[str, Any]], Collection[str]]] = [
        (CASES, [{"case_id": truth.case_id, **case_columns(truth)}], ("updated_at",)),
        (TIMELINE, [line_row(owner, line) for line in truth.story], ()),
        (DEADLINES, [deadline_row(owner, deadline) for deadline in state.deadlines], ()),
        (LEDGER_ENTRIES, [ledger_row(owner, entry) for entry in state.ledger], ()),
        (WORK_ITEMS, [work_item_row(owner, item) for item in state.work_items], ("assignee",)),
        (PARCELS, [parcel_row(owner, parcel) for parcel in truth.parcels], ("announced_at", "watched_since")),
    ]
    differing = [
        table.name
        for table, rows, besides in expected
        if _keyed(table, rows, rows, besides)
        != _keyed(table, _rows(tx, table, truth.case_id, truth.told_since), rows, besides)
    ]
    lost = _lost_lines(tx, truth, state.line_count)
    other = case["version"] != truth.version or case["state"] != truth.state
    return Comparison(case["version"], tuple(differing), tuple(lost), other)


def _lost_lines(tx: Connection, truth: RecordCase, line_count: int) -> list[int]:
    there = tx.scalars(select(TIMELINE.c.seq).where(TIMELINE.c.case_id == truth.case_id))
    known = {*there.all(), *(line.seq for line in truth.story)}
    return [seq for seq in range(1, line_count + 1) if seq not in known]


def _rows(tx: Connection, table: Table, case_id: str, told_since: int = 0) -> Sequence[Row]:
    columns = table.c
    query = select(*columns).where(columns.case_id == case_id)
    if table is TIMELINE:
        query = query.where(columns.version > told_since)
    if table is PARCELS:
        # A parcel that was announced and that the case has not heard of has a row without a status.
        query = query.where(columns.status.is_not(None))
    return [dict(row._mapping) for row in tx.execute(query)]


def _keyed(
    table: Table, rows: Iterable[Row], like: Sequence[Row], besides: Collection[str]
) -> dict[tuple[Any, ...], dict[str, Any]]:
    """Rows by their primary key, with the columns that a write would set."""
    key = [column.name for column in table.primary_key]
    wanted = [name for name in like[0] if name not in besides] if like else []
    return {tuple(row[name] for name in key): {name: row[name] for name in wanted} for row in rows}
