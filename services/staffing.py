"""Tasks go to people by load, in shops that want it so."""

from datetime import datetime

from store import staffing
from store.database import Database


async def assign_by_load(db: Database, now: datetime) -> int:
    """One round in all shops that want it, each in a transaction of its own; says how many tasks went to somebody."""
    teams = await db.read(staffing.waiting_teams, now)
    return sum([await db.write(staffing.assign, team, now) for team in teams])
