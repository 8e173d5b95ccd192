"""Tasks go to people by load: in shops that want it so, each open one to who at work has the fewest of its group."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from domain.case.work import WorkState
from domain.roles import Group
from domain.shop.hours import WorkingHours
from domain.shop.settings import STAFF, WORKING_HOURS
from domain.shop.staff import Assign, Staff, share_out
from store import accounts
from store.database import Database, core, take_turns
from store.tables import MerchantSettingRow, WorkItemRow

AT_ONCE = 200
"""Tasks that a shop's people get in one round."""

_SETTINGS, _ITEMS = core(MerchantSettingRow), core(WorkItemRow)
_BY_LOAD = select(_SETTINGS.c.merchant).where(
    _SETTINGS.c.section == STAFF, _SETTINGS.c.value["assign"].as_string() == Assign.BY_LOAD
)
_SECTIONS = select(_SETTINGS.c.merchant, _SETTINGS.c.section, _SETTINGS.c.value).where(
    _SETTINGS.c.merchant.in_(_BY_LOAD), _SETTINGS.c.section.in_((STAFF, WORKING_HOURS))
)


@dataclass(frozen=True, slots=True)
class _Team:
    """A shop's people at work, by group."""

    merchant: str
    at_work: dict[Group, list[str]]


async def assign_by_load(db: Database, now: datetime) -> int:
    """One round in all shops that want it; several at once, in as many processes, come to the same as one.

    A task that may not be begun yet waits, and so does one of a group without anybody at work.

    Returns:
        How many tasks went to somebody.
    """
    async with db.read() as session:
        teams = await _teams(session, now)
        waiting = [team for team in teams if (await session.execute(_waiting(team, now).limit(1))).first()]
    return sum([await _share_out(db, team, now) for team in waiting])


async def _teams(session: AsyncSession, now: datetime) -> list[_Team]:
    sections: dict[str, dict[str, Any]] = defaultdict(dict)
    for row in await session.execute(_SECTIONS):
        sections[row.merchant][row.section] = row.value
    teams = []
    for merchant, values in sorted(sections.items()):
        staff = Staff.model_validate(values[STAFF], extra="ignore")
        hours = WorkingHours.model_validate(values.get(WORKING_HOURS, {}), extra="ignore")
        if at_work := staff.at_work(now, hours):
            teams.append(_Team(merchant, at_work))
    return teams


def _waiting(team: _Team, now: datetime) -> Select[str, str]:
    """Tasks that somebody of the team could have, the first due first."""
    return (
        select(_ITEMS.c.item_id, _ITEMS.c.work_group)
        .where(
            _ITEMS.c.merchant == team.merchant,
            _ITEMS.c.state == WorkState.OPEN,
            _ITEMS.c.assignee.is_(None),
            _ITEMS.c.work_group.in_(team.at_work),
            or_(_ITEMS.c.not_before.is_(None), _ITEMS.c.not_before <= now),
        )
        .order_by(_ITEMS.c.due_at, _ITEMS.c.item_id)
    )


async def _share_out(db: Database, team: _Team, now: datetime) -> int:
    """Rounds of a shop follow each other, so that each counts what the one before gave to whom."""
    async with db.write() as session:
        await take_turns(session, f"staffing/{team.merchant}")
        team = await _able(session, team)
        # A task that somebody is claiming or a case is writing just now is left to the next round: who waits for
        # nobody while holding locks is never part of a deadlock.
        rows = (await session.execute(_waiting(team, now).limit(AT_ONCE).with_for_update(skip_locked=True))).all()
        items = [(row.item_id, Group(row.work_group)) for row in rows]
        shares = share_out(items, team.at_work, await _loads(session, team))
        return sum([await _give(session, team.merchant, account, share) for account, share in shares.items()])


async def _able(session: AsyncSession, team: _Team) -> _Team:
    """Without those who could not act on a task: settings may name accounts that the shop has no more."""
    named = {account for names in team.at_work.values() for account in names}
    able = await accounts.able_accounts(session, team.merchant, named)
    at_work = {group: [name for name in names if name in able] for group, names in team.at_work.items()}
    return _Team(team.merchant, {group: names for group, names in at_work.items() if names})


async def _loads(session: AsyncSession, team: _Team) -> dict[tuple[Group, str], int]:
    counted = (
        select(_ITEMS.c.work_group, _ITEMS.c.assignee, func.count().label("held"))
        .where(
            _ITEMS.c.merchant == team.merchant,
            _ITEMS.c.state == WorkState.OPEN,
            _ITEMS.c.work_group.in_(team.at_work),
            _ITEMS.c.assignee.is_not(None),
        )
        .group_by(_ITEMS.c.work_group, _ITEMS.c.assignee)
    )
    return {(Group(row.work_group), row.assignee): row.held for row in await session.execute(counted)}


async def _give(session: AsyncSession, merchant: str, account: str, items: list[str]) -> int:
    assigned = await session.execute(
        update(_ITEMS)
        .where(
            _ITEMS.c.merchant == merchant,
            _ITEMS.c.item_id.in_(items),
            _ITEMS.c.state == WorkState.OPEN,
            _ITEMS.c.assignee.is_(None),
        )
        .values(assignee=account)
        .returning(_ITEMS.c.item_id)
    )
    return len(assigned.all())
