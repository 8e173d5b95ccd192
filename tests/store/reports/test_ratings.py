"""How buyers rate a shop."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from domain.times import iso_instant
from store.database import Database
from tests.domain.orders import Order, at
from tests.store.reports.kept import asked, keep


def rating(grade: str, *scores: int | None, days: float = 0) -> dict[str, Any]:
    """As it stands in the state of an order."""
    described, served, sent = scores or (None, None, None)
    given = {"at": iso_instant(at(days=days)), "grade": grade, "words": 12}
    return given | {"description": described, "service": served, "logistics": sent}


def living(days: float) -> Order:
    """An order that heard of something so long after it was placed."""
    order = Order()
    order.pay()
    order.until(at(days=days))
    order.act("add_memo", text="memo:1", flag=0)
    return order


async def test_grades_and_scores_by_month(database: Database) -> None:
    """One order may be rated more than once; a score left out is left out of its average."""
    await keep(database, Order(), "A", ratings=[rating("good", 5, 5, 4), rating("bad", 1, None, 2, days=0.5)])
    await keep(database, Order(), "B", ratings=[rating("good", 5, 4, 5)])
    await keep(database, Order(), "C", ratings=[rating("neutral")])
    await keep(database, Order(), "D")
    await keep(database, living(20), "E", ratings=[rating("good", 3, 3, 3, days=20)])
    november = ("2026-11", 4, 2, 1, 1, Decimal("3.67"), Decimal("4.50"), Decimal("3.67"))
    december = ("2026-12", 1, 1, 0, 0, Decimal("3.00"), Decimal("3.00"), Decimal("3.00"))
    assert await asked(database, "ratings") == [november]
    assert await asked(database, "ratings", (date(2026, 11, 1), date(2026, 12, 1))) == [november, december]
    assert await asked(database, "ratings", (date(2026, 12, 1), date(2026, 12, 1))) == [december]
    assert await asked(database, "ratings", merchant="other") == []


async def test_no_score_no_average(database: Database) -> None:
    """Buyers gave grades alone."""
    await keep(database, Order(), ratings=[rating("good")])
    assert await asked(database, "ratings") == [("2026-11", 1, 1, 0, 0, None, None, None)]


async def test_the_last_moment_of_the_last_day(database: Database) -> None:
    """Fractions of a second do not put a rating into the next day."""
    last = at(days=1) - timedelta(seconds=30, milliseconds=1)
    given = rating("good") | {"at": iso_instant(last)}
    await keep(database, Order(), ratings=[given])
    assert len(await asked(database, "ratings", (date(2026, 11, 11),) * 2)) == 1
    assert await asked(database, "ratings", (date(2026, 11, 12),) * 2) == []
