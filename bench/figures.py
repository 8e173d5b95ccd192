"""What the benchmark reports: the figures of each round, and of each side over all rounds."""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from pathlib import Path
from statistics import median
from typing import Self, TypeVar

from pydantic import BaseModel, ConfigDict


class Who(StrEnum):
    """The sides."""

    FLOOR = "floor"
    SERVICE = "service"
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
    """Milliseconds of CPU per case, by process; the floor has no API, and SQLite no process of its own."""

    worker: float
    api: float
    temporal: float
    database: float
    driver: float

    @property
    def total(self) -> float:
        """All of them: what bounds the pace where one machine does everything."""
        return self.worker + self.api + self.temporal + self.database + self.driver


class Transactions(Figures):
    """Database transactions per case, by process."""

    worker: float
    api: float


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
    transactions: Transactions
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
    transactions: Transactions
    history_events: Spread
    billable_actions: Spread


class Ratios(Figures):
    """The order's figure as a share of another side's, the median over rounds that ran one after the other."""

    cases: float
    opens: float
    worker_cpu: float
    total_cpu: float


class Machine(Figures):
    """What it ran on, and how busy that was."""

    cores: int
    python: str
    temporalio: str
    load_before: float
    load_after: float


class Report(Figures):
    """Root of what a benchmark writes."""

    started_at: str
    machine: Machine

    def write(self, file: Path) -> None:
        """As JSON."""
        file.write_text(self.model_dump_json(indent=2) + "\n")


class BenchReport(Report):
    """The sides side by side."""

    database: str
    cases: int
    rounds: int
    at_once: int
    sides: dict[Who, SideFigures]
    to_floor: Ratios
    to_service: Ratios
    case_rounds: list[CaseRound]
    open_rounds: list[OpenRound]


def side(who: Who, case_rounds: Iterable[CaseRound], open_rounds: Iterable[OpenRound]) -> SideFigures:
    """One side over all its rounds."""
    lived = [one for one in case_rounds if one.who is who]
    return SideFigures(
        cases_per_second=median(one.cases_per_second for one in lived),
        opens_per_second=median(one.opens_per_second for one in open_rounds if one.who is who),
        cpu_ms=Cpu(**{name: median(getattr(one.cpu_ms, name) for one in lived) for name in Cpu.model_fields}),
        transactions=Transactions(
            worker=median(one.transactions.worker for one in lived), api=median(one.transactions.api for one in lived)
        ),
        history_events=_over([one.history_events for one in lived]),
        billable_actions=_over([one.billable_actions for one in lived]),
    )


def ratios(base: Who, case_rounds: Sequence[CaseRound], open_rounds: Sequence[OpenRound]) -> Ratios:
    """Of each order's round to the base's before it, then their median."""
    lived = list(zip(_of(base, case_rounds), _of(Who.ORDER, case_rounds), strict=True))
    opened = list(zip(_of(base, open_rounds), _of(Who.ORDER, open_rounds), strict=True))
    return Ratios(
        cases=median(order.cases_per_second / other.cases_per_second for other, order in lived),
        opens=median(order.opens_per_second / other.opens_per_second for other, order in opened),
        worker_cpu=median(order.cpu_ms.worker / other.cpu_ms.worker for other, order in lived),
        total_cpu=median(order.cpu_ms.total / other.cpu_ms.total for other, order in lived),
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
