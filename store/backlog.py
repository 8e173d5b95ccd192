"""The backlog: orders that were accepted a while ago and that no worker has taken up yet."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, func, select

from domain.case.ids import CaseKind
from store.tables import CASES

_WAITING = (
    select(func.count())
    .select_from(CASES)
    .where(CASES.c.version == 0, CASES.c.opened_at < bindparam("before"), CASES.c.kind == CaseKind.ORDER)
)


def backlog(tx: Connection, accepted_before: datetime) -> int:
    """How many there are, of all shops."""
    return tx.scalar(_WAITING, {"before": accepted_before}) or 0
