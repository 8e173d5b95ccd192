"""The report as a table for people, and the answer in one sentence."""

from rich.table import Table

from bench.inbox.figures import LIMIT_MS, InboxReport
from bench.table import busy


def table(report: InboxReport) -> Table:
    """Step by step: ours, the bare query, and how many times it the step takes."""
    shown = Table(
        title=f"{report.items} open tasks, {report.at_once} at once, PostgreSQL {report.postgres}, "
        f"{busy(report.machine)}",
        title_justify="left",
    )
    shown.add_column("milliseconds (rows)")
    for heading in ("p50", "p99", "most", "bare p50", "bare p99", "p50 / bare", "p99 / bare"):
        shown.add_column(heading, justify="right")
    for step in report.steps:
        shown.add_row(
            step.name,
            *(f"{figure:.1f}" for figure in (step.ours.p50, step.ours.p99, step.ours.most)),
            *(f"{figure:.1f}" for figure in (step.bare.p50, step.bare.p99)),
            *(f"{figure:.1f}" for figure in (step.ratio, step.ratio_p99)),
        )
    return shown


def verdict(report: InboxReport) -> str:
    """Whether the limit holds, and where it does not."""
    if not report.too_slow:
        return f"Every step is under {LIMIT_MS:.0f} ms at the 99th percentile."
    slow = ", ".join(f"{step.name} ({step.ours.p99:.0f} ms)" for step in report.too_slow)
    return f"NOT under {LIMIT_MS:.0f} ms at the 99th percentile: {slow}."
