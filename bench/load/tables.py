"""The reports under load as tables for people."""

from rich.table import Table

from bench.load.figures import BurstReport, GrowthReport, StormReport, ToldReport, Waits
from bench.table import busy

MEBIBYTE, KIBIBYTE = 1024 * 1024, 1024


def burst_table(report: BurstReport) -> Table:
    """Figure by figure."""
    shown = _titled(f"{report.cases} openings, {report.callers} callers, {report.database}, {busy(report.machine)}")
    shown.add_column("a burst of openings")
    shown.add_column("", justify="right")
    shown.add_row("openings per second", f"{report.openings_per_second:.1f}")
    shown.add_row("slowed with Retry-After", str(report.slowed))
    shown.add_row("failed attempts of local activities", f"{report.failed_attempts}")
    shown.add_row("writes by way of the server", f"{report.by_server}")
    shown.add_row("seconds from paid at once to running, p50 / p99 / most", _waits(report.to_running))
    shown.add_row("seconds until a running case hears, p50 / p99 / most", _waits(report.running_hears))
    return shown


def storm_table(report: StormReport) -> Table:
    """The timers and the orders, and how many times as long ours take."""
    shown = _titled(f"{report.cases} due at one instant, {report.database}, {busy(report.machine)}")
    shown.add_column("from the instant")
    for heading in ("bare timer", "ship_by", "ship_by / bare"):
        shown.add_column(heading, justify="right")
    sides = (report.bare, report.order)

    def add(name: str, *values: str) -> None:
        shown.add_row(name, *values)

    add("seconds to the last row", *(f"{side.seconds:.1f}" for side in sides), f"{report.ratio:.2f}")
    add("seconds to each row, p50 / p99 / most", *(_waits(side.lag) for side in sides))
    add(
        "CPU ms each: worker",
        *(f"{side.cpu_ms_worker:.1f}" for side in sides),
    )
    add(
        "CPU ms each: Temporal",
        *(f"{side.cpu_ms_temporal:.1f}" for side in sides),
    )
    add("prepared per second", *(f"{side.prepared_per_second:.1f}" for side in sides))
    add("prepared too late", *(str(side.late) for side in sides))
    return shown


def told_table(report: ToldReport) -> Table:
    """Figure by figure."""
    shown = _titled(f"{report.changes} changes told, {report.database}, {busy(report.machine)}")
    shown.add_column("the same sequence by feed, stream and webhook")
    shown.add_column("", justify="right")
    shown.add_row("killed meanwhile", ", ".join(report.killed) or "nothing")
    shown.add_row("changes per second", f"{report.per_second:.1f}")
    shown.add_row("seconds to the webhook's receiver, p50 / p99 / most", _waits(report.webhook))
    shown.add_row("seconds to the stream's client, p50 / p99 / most", _waits(report.stream))
    if report.listeners:
        shown.add_row(f"seconds to {report.clients} clients, p50 / p99 / most", _waits(report.listeners))
    shown.add_row("events that came twice", str(report.repeated))
    shown.add_row("times that the stream's client came again", str(report.cut_off))
    return shown


def growth_table(report: GrowthReport) -> Table:
    """A column for each size."""
    unfinished = "" if report.reached_all else ", the time did not suffice for more"
    setting = f"{report.callers} callers, {report.cached} cases in memory, {report.database}"
    shown = _titled(f"Growing, {setting}, {busy(report.machine)}{unfinished}")
    shown.add_column("open orders")
    for step in report.steps:
        shown.add_column(f"{step.open:,}", justify="right")

    def add(name: str, *values: str) -> None:
        shown.add_row(name, *values)

    steps = report.steps
    add("openings per second", *(f"{step.openings_per_second:.1f}" for step in steps))
    add("slowed with Retry-After", *(str(step.slowed) for step in steps))
    add("seconds from paid to running, p50", *(f"{step.to_running.p50:.2f}" for step in steps))
    add("the same, p99", *(f"{step.to_running.p99:.2f}" for step in steps))
    add("memory of the worker, MiB", *(f"{step.worker_bytes / MEBIBYTE:.0f}" for step in steps))
    add("memory of the API, MiB", *(f"{step.api_bytes / MEBIBYTE:.0f}" for step in steps))
    add("database, KiB a case", *(f"{step.database_bytes / KIBIBYTE:.1f}" for step in steps))
    add("Temporal, KiB a case", *(f"{step.temporal_bytes / KIBIBYTE:.1f}" for step in steps))
    add("plain orders per second", *(f"{step.orders_per_second:.1f}" for step in steps))
    add("CPU ms a plain order: worker", *(f"{step.order_cpu_ms.worker:.0f}" for step in steps))
    add("CPU ms a plain order: API", *(f"{step.order_cpu_ms.api:.0f}" for step in steps))
    add("CPU ms a plain order: in all", *(f"{step.order_cpu_ms.total:.0f}" for step in steps))
    return shown


def _titled(title: str) -> Table:
    return Table(title=title, title_justify="left")


def _waits(waits: Waits) -> str:
    return f"{waits.p50:.2f} / {waits.p99:.2f} / {waits.most:.2f}"
