"""What buyers say of a trade, and what others say of the shop: ratings and reports (S2-68..73, S4-68, S4-70)."""

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from domain.case.declare import FactRule, SubjectKind, TaskRule
from domain.case.story import Story
from domain.order.ending import keeps_open
from domain.order.people.interactions import Grade, Rating
from domain.order.state import OrderState
from domain.privacy import Private
from domain.roles import Role

UNHAPPY_RATING, RATING_REWARD, ROUTE_REPORT = "unhappy_rating", "rating_reward", "route_report"

Score = Annotated[int, Field(ge=1, le=5)]


class OrderRated(BaseModel):
    """A rating: the grade, the shop's three scores (S2-68), and the words, which stay in the store."""

    grade: Grade
    description: Score | None = None
    service: Score | None = None
    logistics: Score | None = None
    words: Annotated[int, Field(ge=0, le=100_000)] = 0
    text: Annotated[str, StringConstraints(max_length=1000), Private("rating")] | None = None


class ReportKind(StrEnum):
    """What the marketplace tells a shop of itself: somebody reported it, or an item of it was demoted."""

    REPORT = "report"
    DEMOTION = "demotion"


class ShopReported(BaseModel):
    """A violation report or the demotion of an item, because of this order."""

    kind: ReportKind
    text: Annotated[str, StringConstraints(max_length=1000), Private("report")] | None = None


def on_order_rated(state: OrderState, data: OrderRated, story: Story) -> None:
    """An unhappy buyer is called and answered; long enough words are rewarded, whatever they say (S2-73)."""
    rating = Rating(at=story.cause.at, **data.model_dump(exclude={"text"}))
    state.ratings.append(rating)
    words = {"text": data.text} if data.text else {}
    story.tell("order.rated", f"Rated: {rating.grade}", grade=rating.grade, **words)
    if rating.grade is not Grade.GOOD:
        story.ask_for(UNHAPPY_RATING, matter=story.cause.id)
    if state.reward_words is not None and rating.words >= state.reward_words:
        story.ask_for(RATING_REWARD, matter="reward")


def on_shop_reported(state: OrderState, data: ShopReported, story: Story) -> None:
    """It goes to whoever is responsible for the shop's standing (S4-70)."""
    words = {"text": data.text} if data.text else {}
    story.tell("shop.reported", f"The marketplace tells of a {data.kind}", kind=data.kind, **words)
    story.ask_for(ROUTE_REPORT, matter=story.cause.id, variant=data.kind)


RATING_FACTS = (
    FactRule(
        event_type="order.rated",
        title="Rated by the buyer",
        subject=SubjectKind.ORDER,
        data=OrderRated,
        senders=(Role.PLATFORM, Role.BUYER),
        take_in=on_order_rated,
    ),
    FactRule(
        event_type="shop.reported",
        title="The shop was reported, or an item demoted",
        subject=SubjectKind.ORDER,
        data=ShopReported,
        senders=(Role.PLATFORM,),
        take_in=on_shop_reported,
    ),
)

RATING_TASKS = tuple(TaskRule(name=name, needed=keeps_open) for name in (UNHAPPY_RATING, RATING_REWARD, ROUTE_REPORT))
