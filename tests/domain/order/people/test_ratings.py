"""What buyers say of a trade, and the marketplace of the shop (S2-68, S2-72, S2-73, S4-68, S4-70)."""

from __future__ import annotations

import pytest

from domain.order.opening import OpenedUnder
from domain.shop.settings import Ratings
from tests.domain.orders import at
from tests.domain.people import Worked


def rated(grade: str, words: int = 0, reward_words: int | None = None) -> Worked:
    """A completed order that its buyer rates."""
    order = Worked(under=OpenedUnder(ratings=Ratings(reward_words=reward_words)))
    order.pay()
    order.consign(when=at(hours=1))
    order.scan("signed", when=at(hours=30))
    order.happened("order.rated", {"grade": grade, "description": 5, "service": 4, "logistics": 3, "words": words})
    return order


@pytest.mark.rule("S2-68", "S2-72")
def test_a_rating_is_kept_with_its_scores() -> None:
    """The grade and the three scores that shops are ranked by."""
    (rating,) = rated("good").state.ratings
    assert (rating.grade, rating.description, rating.service, rating.logistics) == ("good", 5, 4, 3)


@pytest.mark.rule("S4-68")
@pytest.mark.parametrize(("grade", "asked"), [("good", False), ("neutral", True), ("bad", True)])
def test_an_unhappy_buyer_is_called(grade: str, asked: bool) -> None:
    """And answered; a happy one is not."""
    assert ("unhappy_rating" in rated(grade).open_tasks()) is asked


@pytest.mark.rule("S2-73")
@pytest.mark.parametrize(("words", "reward_words", "asked"), [(19, 20, False), (20, 20, True), (200, None, False)])
def test_long_enough_words_are_rewarded(words: int, reward_words: int | None, asked: bool) -> None:
    """Where the shop rewards them, once, whatever they say."""
    for grade in ("good", "bad"):
        assert ("rating_reward" in rated(grade, words, reward_words).open_tasks()) is asked


@pytest.mark.rule("S4-70")
@pytest.mark.parametrize("kind", ["report", "demotion"])
def test_reports_go_to_whoever_is_responsible(kind: str) -> None:
    """The owner's inbox, in the words for that kind."""
    order = Worked()
    order.happened("shop.reported", {"kind": kind})
    task = order.open_task("route_report")
    assert (task.group, task.variant) == ("owner", kind)
