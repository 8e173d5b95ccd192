"""What the inbox benchmark reports."""

from collections.abc import Sequence
from statistics import quantiles

from bench.figures import Figures, Report

LIMIT_MS = 50.0
"""What nobody should wait longer for, at the 99th percentile."""


class Took(Figures):
    """Milliseconds over all calls of one kind."""

    p50: float
    p99: float
    most: float


def took(seconds: Sequence[float]) -> Took:
    """Of at least two calls."""
    cuts = quantiles(seconds, n=100, method="inclusive")
    return Took(p50=cuts[49] * 1000, p99=cuts[98] * 1000, most=max(seconds) * 1000)


class Measured(Figures):
    """One step of people's work beside the bare query of the same rows, the two in turn."""

    name: str
    calls: int
    ours: Took
    bare: Took

    @property
    def ratio(self) -> float:
        """Of the medians: how much a step costs beyond its rows."""
        return self.ours.p50 / self.bare.p50

    @property
    def ratio_p99(self) -> float:
        return self.ours.p99 / self.bare.p99

    @property
    def holds(self) -> bool:
        return self.ours.p99 < LIMIT_MS


class InboxReport(Report):
    """Everything."""

    items: int
    at_once: int
    postgres: str
    steps: list[Measured]

    @property
    def too_slow(self) -> list[Measured]:
        """The steps beyond the limit."""
        return [step for step in self.steps if not step.holds]
