"""Rows of an inbox: each task beside its case, and how much there is to do."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.case.work import WorkState
from domain.roles import SHOP_STAFF
from services.context import Context
from store import work_rows
from store.tokens import Principal
from store.work_items import WorkItemRecord
from store.work_rows import CaseInRow, Counts


@dataclass(frozen=True, slots=True)
class Row:
    """A task's case in one line.

    Attributes:
        buyer: the masked name, for the shop's staff.
        overdue: the task is open and past due.
    """

    case: CaseInRow
    buyer: str | None
    overdue: bool


async def rows(here: Context, caller: Principal, items: Sequence[WorkItemRecord]) -> list[Row]:
    """What a row shows beside each of these tasks, in the same order."""
    now = await here.clock.now()
    cases = await here.db.read(work_rows.cases_in_rows, {item.case_id for item in items})
    staff = any(role in SHOP_STAFF for role in caller.roles)
    return [
        Row(
            case=cases[item.case_id],
            buyer=masked(cases[item.case_id].buyer_name) if staff else None,
            overdue=item.state is WorkState.OPEN and item.due_at < now,
        )
        for item in items
    ]


async def counts(here: Context, caller: Principal) -> Counts:
    """How many open tasks the caller's shop has."""
    return await here.db.read(work_rows.count_open, caller.merchant, caller.account, await here.clock.now())


def masked(name: str | None) -> str | None:
    """A name by its first character, enough to tell two rows apart: 陈小姐 is 陈**."""
    return f"{name[0]}**" if name else None
