"""The report for people, on a terminal."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from replay.report import ReplayReport


def show(report: ReplayReport, console: Console) -> None:
    """Prints the report: what was played, what it cost, how fast it went, and what was left out and why."""
    console.print(_summary(report))
    console.print(_weekdays(report))
    if report.set_aside:
        console.print(_set_aside(report))
    for note in report.notes:
        console.print(f"- {note}", highlight=False)


def _summary(report: ReplayReport) -> Table:
    late, hours = report.late_shipments, report.hours_to_pick_up
    table = Table(title=f"{report.file} under {report.policy}", title_justify="left", show_header=False)
    table.add_column(justify="left")
    table.add_column(justify="right")
    table.add_column(justify="left", style="dim")
    table.add_row("Rows", str(report.rows), f"{report.played} played, {len(report.set_aside)} set aside")
    table.add_row("Late shipments", str(late.late), f"{_share(late.late, late.owed)} of {late.owed} paid in time")
    table.add_row("  penalty points", str(late.points))
    table.add_row("  compensation", f"{late.compensation:,.2f}", "yuan, to the buyers")
    table.add_row("  never shipped", str(late.never_shipped), "paid, and the carrier never had it")
    table.add_row("Closed as unpaid", str(report.closed_unpaid), f"{report.paid_after_closing} paid after that")
    table.add_row(
        "Confirmed by timeout", str(report.auto_confirmed), f"{report.confirmed_unsigned} before they were signed for"
    )
    table.add_row("Tracking stalled", str(report.tracking_stalled), "somebody would have had to chase the carrier")
    table.add_row("Suspected fake shipment", str(report.suspected_fake_shipment), "said shipped, no carrier scan")
    table.add_row("Still open", str(report.still_open), "no clock ends a paid order that never leaves")
    for name, value in (("median", hours.p50), ("90 %", hours.p90), ("99 %", hours.p99), ("longest", hours.longest)):
        if value is not None:
            table.add_row(f"Hours to pick-up, {name}", f"{value:.1f}", "from payment to the carrier's pick-up")
    return table


def _weekdays(report: ReplayReport) -> Table:
    table = Table("Paid on", title="Late shipments by the weekday of the payment", title_justify="left")
    for name in ("paid", "late", "share"):
        table.add_column(name, justify="right")
    for weekday in report.weekdays:
        table.add_row(weekday.day, str(weekday.paid), str(weekday.late), _share(weekday.late, weekday.paid))
    return table


def _set_aside(report: ReplayReport) -> Table:
    table = Table("Rows", "Reason", "Why", title="Set aside", title_justify="left")
    for count in report.set_aside_by_reason:
        table.add_row(str(count.rows), count.reason, count.sentence)
    return table


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "–"
