"""What reports ask of a database and SQLite and PostgreSQL say differently: days, months, lists within a state."""

from collections import defaultdict
from collections.abc import Callable, Collection
from datetime import date, timedelta
from typing import Any, Protocol

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    ScalarSelect,
    TableValuedAlias,
    Text,
    and_,
    case,
    column,
    func,
    literal,
    literal_column,
    select,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from domain.case.ledger import EntryKind
from domain.money import ZERO
from domain.order.state import Source
from store.database import Query
from store.database import Row as Found
from store.reports.shape import Period, Row
from store.tables import CASES, LEDGER_ENTRIES
from store.types import Fen, Json

AHEAD = timedelta(days=1)
"""How far ahead of us the time of a fact may lie; more is a reporter's mistake."""


class china_time(FunctionElement[str]):  # noqa: N801 - reads as the SQL function that it is
    """A moment on the China clock, written out; of a column, or of a time within a state.

    China has kept to UTC+8 without summer time for longer than orders are recorded, so SQLite may simply add it.
    """

    type = Text()
    inherit_cache = True
    in_sqlite: str
    in_postgresql: str


class china_month(china_time):  # noqa: N801 - as above
    """`2026-11`."""

    inherit_cache = True
    in_sqlite, in_postgresql = "%Y-%m", "YYYY-MM"


class china_day(china_time):  # noqa: N801 - as above
    """`2026-11-11`."""

    inherit_cache = True
    in_sqlite, in_postgresql = "%Y-%m-%d", "YYYY-MM-DD"


class china_hour(china_time):  # noqa: N801 - as above
    """The hour of it, `2026-11-11 14:00`."""

    inherit_cache = True
    in_sqlite, in_postgresql = "%Y-%m-%d %H:00", "YYYY-MM-DD HH24:00"


class china_minute(china_time):  # noqa: N801 - as above
    """The minute of it, `2026-11-11 14:05`."""

    inherit_cache = True
    in_sqlite, in_postgresql = "%Y-%m-%d %H:%M", "YYYY-MM-DD HH24:MI"


@compiles(china_time, "sqlite")
def _in_sqlite(element: china_time, compiler: SQLCompiler, **options: Any) -> str:
    return f"strftime('{element.in_sqlite}', {compiler.process(element.clauses, **options)}, '+8 hours')"


@compiles(china_time, "postgresql")
def _in_postgresql(element: china_time, compiler: SQLCompiler, **options: Any) -> str:
    moment = compiler.process(element.clauses, **options)
    return f"to_char(timezone('Asia/Shanghai', CAST({moment} AS timestamptz)), '{element.in_postgresql}')"


def within(period: Period, moment: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether a time within a state lies in the period; a column is better compared with its start and end."""
    return china_day(moment).between(period.first.isoformat(), period.last.isoformat())


def touched(merchant: str, kind: str, period: Period) -> tuple[ColumnElement[bool], ...]:
    """The shop's cases of a kind that may hold something of the period: an index finds them.

    Whatever a case tells of a time, it learnt then or later, and was written.
    """
    return CASES.c.merchant == merchant, CASES.c.kind == kind, CASES.c.updated_at >= period.start - AHEAD


def elements(tx: Connection, name: str) -> TableValuedAlias:
    """The members of a list in the state of a case as rows, each in the column `value`; none if there is no list."""
    value = column("value", Json)
    if tx.dialect.name == "postgresql":
        path: ColumnElement[Any] = literal_column(f"'$.{name}[*]'")
        return func.jsonb_path_query(CASES.c.state, path).table_valued(value, name=name).render_derived()
    return func.json_each(CASES.c.state, literal_column(f"'$.{name}'")).table_valued(value, name=name)


def at_the_door() -> ColumnElement[bool]:
    """Whether an order is paid when it is delivered; a buyer may have chosen another way since (S2-22)."""
    source, online = (CASES.c.state[name].as_string() for name in ("source", "pays_online_since"))
    return and_(source == Source.CASH_ON_DELIVERY, online.is_(None))


def count_if(condition: ColumnElement[bool]) -> ColumnElement[int]:
    """How many rows it is true of."""
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0, type_=Integer)


def booked(case_id: Any, *more: ColumnElement[bool], kinds: Collection[EntryKind]) -> ScalarSelect[Any]:
    """What entries of these kinds come to in a case, net of reversals; yuan, or points."""
    net = func.sum(
        case((LEDGER_ENTRIES.c.reverses == "", LEDGER_ENTRIES.c.amount), else_=-LEDGER_ENTRIES.c.amount), type_=Fen
    )
    query = select(func.coalesce(net, literal(ZERO, Fen))).where(
        LEDGER_ENTRIES.c.case_id == case_id, LEDGER_ENTRIES.c.kind.in_(kinds)
    )
    return query.where(*more).scalar_subquery()


class Tally(Protocol):
    """What a report counts of a day and a platform."""

    def add(self, found: Found) -> None:
        """Counts one."""

    def row(self) -> Row:
        """As it is reported."""


def tallied(tx: Connection, query: Query, tally: Callable[[], Tally]) -> list[Row]:
    """A row for each `day` and `platform` of what a query finds, counted one by one: medians are no sums."""
    tallies: dict[tuple[str, str], Tally] = defaultdict(tally)
    for found in tx.execute(query.execution_options(yield_per=1000)):
        tallies[found.day, found.platform].add(found)
    return [
        {"day": date.fromisoformat(day), "platform": platform, **tallies[day, platform].row()}
        for day, platform in sorted(tallies)
    ]
