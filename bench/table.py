"""The report as a table for people."""

from collections.abc import Callable

from rich.table import Table

from bench.figures import BenchReport, Machine, SideFigures, Spread


def table(report: BenchReport) -> Table:
    """The sides, figure by figure."""
    shown = Table(
        title=f"{report.rounds} rounds of {report.cases} cases, {report.at_once} at once, {report.database}, "
        f"{busy(report.machine)}",
        title_justify="left",
    )
    shown.add_column("a case, from opening to end")
    for heading in (*report.sides, "order / floor", "order / service"):
        shown.add_column(heading, justify="right")
    floor, service = report.to_floor, report.to_service

    def add(name: str, value: Callable[[SideFigures], str], *ratios: float) -> None:
        shown.add_row(name, *map(value, report.sides.values()), *(f"{ratio:.2f}" for ratio in ratios))

    add("cases per second", lambda side: f"{side.cases_per_second:.1f}", floor.cases, service.cases)
    add("openings per second", lambda side: f"{side.opens_per_second:.1f}", floor.opens, service.opens)
    add("history events", lambda side: _spread(side.history_events))
    add("billable actions", lambda side: _spread(side.billable_actions))
    add("transactions: API", lambda side: f"{side.transactions.api:.1f}")
    add("transactions: worker", lambda side: f"{side.transactions.worker:.1f}")
    add("CPU ms: worker", lambda side: f"{side.cpu_ms.worker:.1f}", floor.worker_cpu, service.worker_cpu)
    add("CPU ms: API", lambda side: f"{side.cpu_ms.api:.1f}")
    add("CPU ms: Temporal server", lambda side: f"{side.cpu_ms.temporal:.1f}")
    add("CPU ms: database server", lambda side: f"{side.cpu_ms.database:.1f}")
    add("CPU ms: this driver", lambda side: f"{side.cpu_ms.driver:.1f}")
    add("CPU ms: in all", lambda side: f"{side.cpu_ms.total:.1f}", floor.total_cpu, service.total_cpu)
    return shown


def busy(machine: Machine) -> str:
    """How busy the machine was, for a title."""
    return f"{machine.cores} cores, load {machine.load_before} before and {machine.load_after} after"


def _spread(counts: Spread) -> str:
    if counts.least == counts.most:
        return str(counts.most)
    return f"{counts.median:g} ({counts.least}-{counts.most})"
