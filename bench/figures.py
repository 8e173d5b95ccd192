"""What the benchmark reports: the figures of each round, and of each side over all rounds."""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from pathlib import Path
from statistics import median
from typing import Self, TypeVar

from pydantic import BaseModel, ConfigDict


class Who(StrEnum):
    """The two sides."""

    FLOOR = "floor"
    ORDER = "order"


class Figures(BaseModel):
    """Root of everything in the report."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Spread(Figures):
    """One count over many cases."""

    least: int
    median: float
    most: int

    @classmethod
    def of(cls, counts: Sequence[int]) -> Self:
        return cls(least=min(counts), median=median(counts), most=max(counts))


class Cpu(Figures):
    """Milliseconds of CPU per case, by process; the API has no part in the floor."""

    worker: float
    api: float
    temporal: float
    driver: float

    @property
    def total(self) -> float:
        """All of them: what bounds the pace where one machine does everything."""
        return self.worker + self.api + self.temporal + self.driver


class CaseRound(Figures):
    """Cases lived from opening to end, many at once.

    Attributes:
        seconds: from the first opening to the last end.
        cases_per_second: of the middle ends, so that neither the start nor the last cases' wait counts.
    """

    who: Who
    seconds: float
    cases_per_second: float
    cpu_ms: Cpu
    history_events: Spread
    billable_actions: Spread


class OpenRound(Figures):
    """Cases opened and left alone, many at once; over the API, or as raw starts of the floor's workflow."""

    who: Who
    seconds: float
    opens_per_second: float


class SideFigures(Figures):
    """One side over all its rounds: medians, and the spread of counts over all cases looked at."""

    cases_per_second: float
    opens_per_second: float
    cpu_ms: Cpu
    history_events: Spread
    billable_actions: Spread


class Ratios(Figures):
    """The order's figure as a share of the floor's, the median over pairs of rounds that ran one after the other."""

    cases: float
    opens: float
    worker_cpu: float
    total_cpu: float


class Machine(Figures):
    """What it ran on."""

    cores: int
    python: str
    temporalio: str
    load_before: float


class BenchReport(Figures):
    """Everything."""

    started_at: str
    machine: Machine
    cases: int
    rounds: int
    at_once: int
    floor: SideFigures
    order: SideFigures
    ratios: Ratios
    case_rounds: list[CaseRound]
    open_rounds: list[OpenRound]

    def write(self, file: Path) -> None:
        """As JSON."""
        file.write_text(self.model_dump_json(indent=2) + "\n")


def side(who: Who, case_rounds: Iterable[CaseRound], open_rounds: Iterable[OpenRound]) -> SideFigures:
    """One side over all its rounds."""
    lived = [one for one in case_rounds if one.who is who]
    return SideFigures(
        cases_per_second=median(one.cases_per_second for one in lived),
        opens_per_second=median(one.opens_per_second for one in open_rounds if one.who is who),
        cpu_ms=Cpu(**{name: median(getattr(one.cpu_ms, name) for one in lived) for name in Cpu.model_fields}),
        history_events=_over([one.history_events for one in lived]),
        billable_actions=_over([one.billable_actions for one in lived]),
    )


def ratios(case_rounds: Sequence[CaseRound], open_rounds: Sequence[OpenRound]) -> Ratios:
    """Of each pair of rounds, then their median."""
    lived = list(zip(_of(Who.FLOOR, case_rounds), _of(Who.ORDER, case_rounds), strict=True))
    opened = list(zip(_of(Who.FLOOR, open_rounds), _of(Who.ORDER, open_rounds), strict=True))
    return Ratios(
        cases=median(order.cases_per_second / floor.cases_per_second for floor, order in lived),
        opens=median(order.opens_per_second / floor.opens_per_second for floor, order in opened),
        worker_cpu=median(order.cpu_ms.worker / floor.cpu_ms.worker for floor, order in lived),
        total_cpu=median(order.cpu_ms.total / floor.cpu_ms.total for floor, order in lived),
    )


def _over(spreads: Sequence[Spread]) -> Spread:
    return Spread(
        least=min(one.least for one in spreads),
        median=median(one.median for one in spreads),
        most=max(one.most for one in spreads),
    )


R = TypeVar("R", CaseRound, OpenRound)


def _of(who: Who, rounds: Sequence[R]) -> list[R]:
    return [one for one in rounds if one.who is who]
