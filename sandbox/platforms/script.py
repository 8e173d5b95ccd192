"""How a sandbox platform behaves: all of it by chance from a seed, so that the same day goes the same way twice."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Share = Annotated[float, Field(ge=0, le=1)]


class PlatformScript(BaseModel):
    """What of its pushes goes wrong, and how often it may be called.

    Attributes:
        drop: the share of pushes that never come.
        double: the share that come twice.
        reorder: the share that come after the next one.
        mask: whether receivers are masked, as they are for most applications.
        limit: so many calls in a minute are answered; None: all.
        refuse: what it refuses for good: calls by the platform's name of them, things by their ids, a tracking
            service's carriers by its codes, the application by its key.
        fail: of what it says, whenever it is asked, that it cannot answer now.
        seed: of the chance.
    """

    model_config = ConfigDict(extra="forbid")

    drop: Share = 0.0
    double: Share = 0.0
    reorder: Share = 0.0
    mask: bool = False
    limit: Annotated[int, Field(ge=1)] | None = None
    refuse: Annotated[frozenset[str], Field(examples=[["1000"]])] = frozenset()
    fail: frozenset[str] = frozenset()
    seed: int = 1
