"""How buyers rate a shop."""

from datetime import date, timedelta
from decimal import Decimal

from store.database import Database
from tests.domain.orders import Order, at
from tests.store.reports.kept import asked, keep


def rated(grade: str, *scores: int | None, days: float = 0, order: Order | None = None) -> Order:
    """A paid order that its buyer rated so long after placing it; scores: described, served, sent."""
    if order is None:
        order = Order()
        order.pay()
    given = zip(("description", "service", "logistics"), scores, strict=False)
    order.happened("order.rated", {"grade": grade, "words": 12, **dict(given)}, when=at(days=days))
    return order


async def test_grades_and_scores_by_month(database: Database) -> None:
    """One order may be rated more than once; a score left out is left out of its average."""
    await keep(database, rated("bad", 1, None, 2, days=0.5, order=rated("good", 5, 5, 4)), "A")
    await keep(database, rated("good", 5, 4, 5), "B")
    await keep(database, rated("neutral"), "C")
    await keep(database, Order(), "D")
    await keep(database, rated("good", 3, 3, 3, days=20), "E")
    november = ("2026-11", 4, 2, 1, 1, Decimal("3.67"), Decimal("4.50"), Decimal("3.67"))
    december = ("2026-12", 1, 1, 0, 0, Decimal("3.00"), Decimal("3.00"), Decimal("3.00"))
    assert await asked(database, "ratings") == [november]
    assert await asked(database, "ratings", (date(2026, 11, 1), date(2026, 12, 1))) == [november, december]
    assert await asked(database, "ratings", (date(2026, 12, 1), date(2026, 12, 1))) == [december]
    assert await asked(database, "ratings", merchant="other") == []


async def test_no_score_no_average(database: Database) -> None:
    """Buyers gave grades alone."""
    await keep(database, rated("good"))
    assert await asked(database, "ratings") == [("2026-11", 1, 1, 0, 0, None, None, None)]


async def test_the_last_moment_of_the_last_day(database: Database) -> None:
    """Fractions of a second do not put a rating into the next day."""
    last = timedelta(days=1) - timedelta(seconds=30, milliseconds=1)
    await keep(database, rated("good", days=last / timedelta(days=1)))
    assert len(await asked(database, "ratings", (date(2026, 11, 11),) * 2)) == 1
    assert await asked(database, "ratings", (date(2026, 11, 12),) * 2) == []
