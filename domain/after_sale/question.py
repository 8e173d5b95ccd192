"""What a request asks of the shop's strategies, and of a person where they do not let money go (S3-06)."""

from pydantic import BaseModel

from domain.case.cause import Evidence
from domain.shop.automation import Decided, StrategyStage
from domain.times import Instant


class Question(BaseModel):
    """A step that the shop's strategies are asked to decide, once for each matter (S3-06).

    Attributes:
        answered: whether they have answered; `decided` is None then if none of them decided.
    """

    stage: StrategyStage
    matter: str
    answered: bool = False
    decided: Decided | None = None


class Approval(BaseModel):
    """A person is asked to let money go; `granted_by`: by which step they did."""

    asked_at: Instant
    by: Evidence
    granted_by: Evidence | None = None
