"""What an inbox shows beside a task: its case in one line, and how much there is to do."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Connection, case, func, select

from domain.case.deadline import DeadlineState
from domain.case.work import WorkState
from store.tables import BUYERS, CASES, DEADLINES, WORK_ITEMS


@dataclass(frozen=True, slots=True)
class CaseInRow:
    """A case as a row of an inbox tells it.

    Attributes:
        amount: yuan, of the order's lines and freight; none where it belongs to no order.
        next_deadline: what passes next, and when; None while no clock of the case runs.
    """

    order_id: str
    platform: str
    stage: str
    amount: Decimal
    buyer_name: str | None
    next_deadline: tuple[str, datetime] | None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many open tasks a shop has."""

    mine: int
    overdue: int
    by_group: dict[str, int]
    overdue_by_group: dict[str, int]
    by_type: dict[str, int]


def cases_in_rows(tx: Connection, case_ids: Collection[str]) -> dict[str, CaseInRow]:
    """Each of these cases, whether it is an order or another's child."""
    order = CASES.alias()
    query = (
        select(CASES.c.case_id, CASES.c.order_id, CASES.c.platform, CASES.c.stage, order.c.opening, BUYERS.c.name)
        .join(order, order.c.case_id == CASES.c.order_case_id)
        .outerjoin(BUYERS, BUYERS.c.case_id == order.c.case_id)
        .where(CASES.c.case_id.in_(case_ids))
    )
    running = (
        select(DEADLINES.c.case_id, DEADLINES.c.kind, DEADLINES.c.due_at)
        .where(DEADLINES.c.case_id.in_(case_ids), DEADLINES.c.state == DeadlineState.RUNNING)
        .order_by(DEADLINES.c.due_at.desc())
    )
    due = {row.case_id: (row.kind, row.due_at) for row in tx.execute(running)}
    return {
        row.case_id: CaseInRow(
            row.order_id, row.platform, row.stage, _amount(row.opening), row.name, due.get(row.case_id)
        )
        for row in tx.execute(query)
    }


def count_open(tx: Connection, merchant: str, account: str, now: datetime) -> Counts:
    """All badges but the caller's own come of one walk through one index, so that 100,000 open tasks cost little."""
    late = func.sum(case((WORK_ITEMS.c.due_at < now, 1), else_=0))
    counted = (
        select(WORK_ITEMS.c.type, WORK_ITEMS.c.work_group, func.count().label("number"), late.label("late"))
        .where(*_open(merchant))
        .group_by(WORK_ITEMS.c.type, WORK_ITEMS.c.work_group)
    )
    mine = select(func.count()).where(*_open(merchant), WORK_ITEMS.c.assignee == account)
    by_group, by_type, overdue = Counter[str](), Counter[str](), Counter[str]()
    for row in tx.execute(counted):
        by_type[row.type] += row.number
        by_group[row.work_group] += row.number
        overdue[row.work_group] += row.late
    return Counts(
        mine=tx.execute(mine).scalar_one(),
        overdue=overdue.total(),
        by_group=dict(by_group),
        overdue_by_group=dict(+overdue),
        by_type=dict(by_type),
    )


def _open(merchant: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return WORK_ITEMS.c.merchant == merchant, WORK_ITEMS.c.state == WorkState.OPEN


def _amount(opening: dict[str, Any]) -> Decimal:
    freight = Decimal(opening.get("freight", 0))
    return sum((Decimal(line["amount"]) for line in opening.get("lines", ())), freight)
