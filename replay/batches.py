"""Groups what is to be reported, so that the test clock stops a few hundred times and not at every single fact."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from domain.times import FUTURE_TOLERANCE
from replay.windows import ReportWindow

AT_MOST = timedelta(hours=6)
"""How long a fact may wait for others."""
MOST = 60
"""How many reports a batch holds: more at once would only queue for the database."""
SLACK = FUTURE_TOLERANCE
"""How much earlier than a deadline the clock stops, for it runs on while a batch is worked off.

A fact that happened within that time before a deadline is reported early: no earlier than any reporter might.
"""


@dataclass(frozen=True, slots=True)
class StepReport:
    """The `step`-th thing to be told of an order: 0 the opening, then its facts.

    Attributes:
        order: its place in the log.
        at: when the clock should stand to tell it; `latest`: until when that may wait.
    """

    order: int
    step: int
    at: datetime
    latest: datetime
    window: ReportWindow


@dataclass(slots=True)
class Batch:
    """What is reported together, in this order, when the clock stands at `at`."""

    at: datetime
    reports: list[StepReport] = field(default_factory=list)

    @property
    def before(self) -> datetime | None:
        """When the first clock runs out that must not run out before all of this is reported."""
        return min((report.window.before for report in self.reports if report.window.before), default=None)


def batches(orders: Iterable[Sequence[ReportWindow]]) -> list[Batch]:
    """Puts the reports of all orders in batches, in the order of time."""
    reports = [report for place, windows in enumerate(orders) for report in _reports(place, windows)]
    reports.sort(key=lambda report: (report.at, report.order, report.step))
    made: list[Batch] = []
    until = datetime.max.replace(tzinfo=UTC)
    heard: dict[int, datetime] = {}
    for report in reports:
        if not made or report.at > until or len(made[-1].reports) == MOST or _waits_for(report, heard):
            made.append(Batch(report.at))
            until, heard = report.at + AT_MOST, {}
        made[-1].at = report.at
        made[-1].reports.append(report)
        until = min(until, report.latest)
        heard[report.order] = report.window.at
    return made


def _reports(place: int, windows: Sequence[ReportWindow]) -> Iterable[StepReport]:
    before_it: datetime | None = None
    for step, window in enumerate(windows):
        at, latest = _between(window)
        at = max(at, before_it or at)
        yield StepReport(place, step, at, max(at, latest), window)
        before_it = at


def _between(window: ReportWindow) -> tuple[datetime, datetime]:
    if window.before is None:
        return window.at, window.at + AT_MOST
    latest = window.before - SLACK
    if latest >= window.at:
        return window.at, latest
    # So close before a deadline that the clock might run over it.
    middle = window.before - (window.before - window.after) / 2 if window.after else latest
    early = max(latest, middle)
    return early, early


def _waits_for(report: StepReport, heard: dict[int, datetime]) -> bool:
    """Whether something must pass after an earlier report of this batch, and before this one."""
    last, after = heard.get(report.order), report.window.after
    return last is not None and after is not None and after >= last
