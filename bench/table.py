"""The report as a table for people."""

from rich.table import Table

from bench.figures import BenchReport, Spread


def table(report: BenchReport) -> Table:
    """Both sides, figure by figure."""
    floor, order, ratios = report.floor, report.order, report.ratios
    shown = Table(
        title=f"{report.rounds} rounds of {report.cases} cases, {report.at_once} at once, {report.machine.cores} cores",
        title_justify="left",
    )
    shown.add_column("a case, from opening to end")
    for heading in ("floor", "order", "order / floor"):
        shown.add_column(heading, justify="right")
    shown.add_row("cases per second", *_pair(floor.cases_per_second, order.cases_per_second), f"{ratios.cases:.2f}")
    shown.add_row("openings per second", *_pair(floor.opens_per_second, order.opens_per_second), f"{ratios.opens:.2f}")
    shown.add_row("history events", _spread(floor.history_events), _spread(order.history_events))
    shown.add_row("billable actions", _spread(floor.billable_actions), _spread(order.billable_actions))
    shown.add_row("CPU ms: worker", *_pair(floor.cpu_ms.worker, order.cpu_ms.worker), f"{ratios.worker_cpu:.2f}")
    shown.add_row("CPU ms: API", "-", f"{order.cpu_ms.api:.1f}")
    shown.add_row("CPU ms: Temporal server", *_pair(floor.cpu_ms.temporal, order.cpu_ms.temporal))
    shown.add_row("CPU ms: this driver", *_pair(floor.cpu_ms.driver, order.cpu_ms.driver))
    shown.add_row("CPU ms: in all", *_pair(floor.cpu_ms.total, order.cpu_ms.total), f"{ratios.total_cpu:.2f}")
    return shown


def _pair(floor: float, order: float) -> tuple[str, str]:
    return f"{floor:.1f}", f"{order:.1f}"


def _spread(counts: Spread) -> str:
    if counts.least == counts.most:
        return str(counts.most)
    return f"{counts.median:g} ({counts.least}-{counts.most})"
