"""Tasks go to people by load: in shops that want it so, each open one to who at work has the fewest of its group."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, func, or_, select, update

from domain.case.work import WorkState
from domain.roles import Group
from domain.shop.hours import WorkingHours
from domain.shop.settings import STAFF, WORKING_HOURS
from domain.shop.staff import Assign, Staff, share_out
from store import accounts
from store.database import take_turns
from store.tables import MERCHANT_SETTINGS, WORK_ITEMS

AT_ONCE = 200
"""Tasks that a shop's people get in one round."""

_BY_LOAD = select(MERCHANT_SETTINGS.c.merchant).where(
    MERCHANT_SETTINGS.c.section == STAFF, MERCHANT_SETTINGS.c.value["assign"].as_string() == Assign.BY_LOAD
)
_SECTIONS = select(MERCHANT_SETTINGS.c.merchant, MERCHANT_SETTINGS.c.section, MERCHANT_SETTINGS.c.value).where(
    MERCHANT_SETTINGS.c.merchant.in_(_BY_LOAD), MERCHANT_SETTINGS.c.section.in_((STAFF, WORKING_HOURS))
)


@dataclass(frozen=True, slots=True)
class Team:
    """A shop's people at work, by group."""

    merchant: str
    at_work: dict[Group, list[str]]


def waiting_teams(tx: Connection, now: datetime) -> list[Team]:
    """The shops that want it so, with people at work and a task that one of them could have."""
    return [team for team in _teams(tx, now) if tx.execute(_waiting(team, now).limit(1)).first()]


def _teams(tx: Connection, now: datetime) -> list[Team]:
    sections: dict[str, dict[str, Any]] = defaultdict(dict)
    for row in tx.execute(_SECTIONS):
        sections[row.merchant][row.section] = row.value
    teams = []
    for merchant, values in sorted(sections.items()):
        staff = Staff.model_validate(values[STAFF], extra="ignore")
        hours = WorkingHours.model_validate(values.get(WORKING_HOURS, {}), extra="ignore")
        if at_work := staff.at_work(now, hours):
            teams.append(Team(merchant, at_work))
    return teams


def _waiting(team: Team, now: datetime) -> Select[str, str]:
    """Tasks that somebody of the team could have, the first due first."""
    return (
        select(WORK_ITEMS.c.item_id, WORK_ITEMS.c.work_group)
        .where(
            WORK_ITEMS.c.merchant == team.merchant,
            WORK_ITEMS.c.state == WorkState.OPEN,
            WORK_ITEMS.c.assignee.is_(None),
            WORK_ITEMS.c.work_group.in_(team.at_work),
            or_(WORK_ITEMS.c.not_before.is_(None), WORK_ITEMS.c.not_before <= now),
        )
        .order_by(WORK_ITEMS.c.due_at, WORK_ITEMS.c.item_id)
    )


def assign(tx: Connection, team: Team, now: datetime) -> int:
    """One round in a shop; several at once, in as many processes, come to the same as one.

    A task that may not be begun yet waits, and so does one of a group without anybody at work. Rounds of a shop follow
    each other, so that each counts what the one before gave to whom.

    Returns:
        How many tasks went to somebody.
    """
    take_turns(tx, f"staffing/{team.merchant}")
    team = _able(tx, team)
    # A task that somebody is claiming or a case is writing just now is left to the next round: who waits for
    # nobody while holding locks is never part of a deadlock.
    rows = tx.execute(_waiting(team, now).limit(AT_ONCE).with_for_update(skip_locked=True)).all()
    items = [(row.item_id, Group(row.work_group)) for row in rows]
    shares = share_out(items, team.at_work, _loads(tx, team))
    return sum([_give(tx, team.merchant, account, share) for account, share in shares.items()])


def _able(tx: Connection, team: Team) -> Team:
    """Without those who could not act on a task: settings may name accounts that the shop has no more."""
    named = {account for names in team.at_work.values() for account in names}
    able = accounts.able_accounts(tx, team.merchant, named)
    at_work = {group: [name for name in names if name in able] for group, names in team.at_work.items()}
    return Team(team.merchant, {group: names for group, names in at_work.items() if names})


def _loads(tx: Connection, team: Team) -> dict[tuple[Group, str], int]:
    counted = (
        select(WORK_ITEMS.c.work_group, WORK_ITEMS.c.assignee, func.count().label("held"))
        .where(
            WORK_ITEMS.c.merchant == team.merchant,
            WORK_ITEMS.c.state == WorkState.OPEN,
            WORK_ITEMS.c.work_group.in_(team.at_work),
            WORK_ITEMS.c.assignee.is_not(None),
        )
        .group_by(WORK_ITEMS.c.work_group, WORK_ITEMS.c.assignee)
    )
    return {(Group(row.work_group), row.assignee): row.held for row in tx.execute(counted)}


def _give(tx: Connection, merchant: str, account: str, items: list[str]) -> int:
    assigned = tx.execute(
        update(WORK_ITEMS)
        .where(
            WORK_ITEMS.c.merchant == merchant,
            WORK_ITEMS.c.item_id.in_(items),
            WORK_ITEMS.c.state == WorkState.OPEN,
            WORK_ITEMS.c.assignee.is_(None),
        )
        .values(assignee=account)
        .returning(WORK_ITEMS.c.item_id)
    )
    return len(assigned.all())
