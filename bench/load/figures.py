"""What the benchmarks under load report. Times are seconds."""

from collections.abc import Sequence
from statistics import quantiles
from typing import Self

from bench.figures import Cpu, Figures, Report, Transactions


class Waits(Figures):
    """How long something took, over all that were looked at."""

    count: int
    p50: float
    p99: float
    most: float

    @classmethod
    def of(cls, seconds: Sequence[float]) -> Self:
        """Of at least two."""
        cuts = quantiles(seconds, n=100, method="inclusive")
        return cls(count=len(seconds), p50=cuts[49], p99=cuts[98], most=max(seconds))


class BurstReport(Report):
    """Orders opened as fast as some callers can.

    Attributes:
        seconds: from the first opening to the last accepted.
        slowed: openings answered with `Retry-After`, each time counted; they were tried again.
        to_running: of orders paid at once, from the payment's answer 202 to the end of the first workflow task.
        running_hears: from a fact's sending to its version in the database, in cases that ran before the burst.
        failed_attempts: of local activities, in all of these cases; `by_server`: of these, what became ordinary ones.
    """

    database: str
    cases: int
    callers: int
    seconds: float
    openings_per_second: float
    slowed: int
    to_running: Waits
    running_hears: Waits
    failed_attempts: int
    by_server: int


class StormSide(Figures):
    """Deadlines of one kind that were due at one instant.

    Attributes:
        prepared_per_second: how fast the cases were brought to wait for it.
        late: cases that waited for it only after it had come; any makes the figures those of preparing.
        seconds: from the instant to the last row.
        lag: from the instant to each row.
    """

    prepared_per_second: float
    late: int
    seconds: float
    lag: Waits
    cpu_ms_worker: float
    cpu_ms_temporal: float


class StormReport(Report):
    """Ship deadlines due at one instant, and bare timers that write one row each."""

    database: str
    cases: int
    bare: StormSide
    order: StormSide

    @property
    def ratio(self) -> float:
        """How much longer ours takes."""
        return self.order.seconds / self.bare.seconds


class ToldReport(Report):
    """Changes as feed, stream and a webhook tell them. Lags are from the call that reports a fact to whom it is told.

    Attributes:
        per_second: changes that were made, while they were.
        killed: what died meanwhile, in turn.
        repeated: events that the webhook got more than once.
        cut_off: times that the stream's client had to come again.
        webhook, stream: lags; `listeners`: of so many further clients of the stream, which all got everything.
    """

    database: str
    changes: int
    per_second: float
    killed: list[str]
    repeated: int
    cut_off: int
    webhook: Waits
    stream: Waits
    clients: int
    listeners: Waits | None


class GrowthStep(Figures):
    """The product with so many open orders.

    Attributes:
        openings_per_second: while it grew to this size; `slowed` as in a burst.
        database_bytes, temporal_bytes: a case, over all so far.
        order_cpu_ms, order_transactions, orders_per_second: of plain orders lived at this size.
    """

    open: int
    openings_per_second: float
    slowed: int
    to_running: Waits
    worker_bytes: int
    api_bytes: int
    database_bytes: float
    temporal_bytes: float
    orders_per_second: float
    order_cpu_ms: Cpu
    order_transactions: Transactions


class GrowthReport(Report):
    """From few open orders to many.

    Attributes:
        cached: cases that the worker keeps in memory (`CASELINE_WORKER_CACHED_CASES`).
        reached_all: whether the time sufficed for every size.
    """

    database: str
    callers: int
    cached: int
    reached_all: bool
    steps: list[GrowthStep]
