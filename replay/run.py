"""`caseline replay`, from the file to the report."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from domain.own_editions import register_own
from domain.policy import Policy, PolicyError, UnknownPolicy, policy
from replay.columns import Columns
from replay.errors import EditionUnknown, LogUnusable, ReportUnwritable
from replay.findings import PlayedOrder, found
from replay.orders import SENTENCES, RecordedOrder, RowReason, SetAside
from replay.play import play
from replay.reading import OrderLog, read_log
from replay.report import Played, report
from replay.show import show


def replay_file(
    policies: Path | None, file: Path, mapping: Columns, edition: str, report_to: Path | None, console: Console
) -> None:
    """Plays an order log through the rules, prints the report and writes it as JSON.

    Args:
        policies: the folder of a shop's own editions; None for none.
        file: the order log, a CSV.
        mapping: which column is which.
        edition: id of the policy edition to judge by.
        report_to: the JSON file to write; None for none.
        console: where the report is printed.

    Raises:
        ReplayError: the log, the mapping, the edition or the report's place cannot be used; says why.
    """
    began = time.monotonic()
    judged_by = _edition(policies, edition)
    _check_writable(report_to)
    log = _without_doors(read_log(file, mapping))
    _check_playable(file, log)
    with _progress(console) as progress:
        orders = [_play(order, mapping, judged_by) for order in progress.track(log.orders, description="Playing")]
    made = report(Played(file.name, log, mapping, judged_by, orders, time.monotonic() - began))
    if report_to:
        _write(report_to, made.model_dump_json(indent=2))
    show(made, console)
    if report_to:
        console.print(f"The report with every order is in {report_to}.", highlight=False, soft_wrap=True)


def _without_doors(log: OrderLog) -> OrderLog:
    """The log without what is paid at the door: its ship clock starts with a call that no log has."""
    doors = [
        SetAside(line=row.line, order_id=row.order_id, reason=RowReason.CASH_ON_DELIVERY)
        for order in log.orders
        if order.at_the_door
        for row in order.lines
    ]
    played = [order for order in log.orders if not order.at_the_door]
    return OrderLog(played, sorted([*log.set_aside, *doors], key=lambda row: row.line))


def _play(recorded: RecordedOrder, shape: Columns, edition: Policy) -> PlayedOrder:
    order = recorded.in_utc()
    return found(recorded, order, play(order, shape, edition))


def _edition(policies: Path | None, name: str) -> Policy:
    try:
        if policies:
            register_own(policies)
        return policy(name)
    except (UnknownPolicy, PolicyError) as error:
        raise EditionUnknown(str(error)) from error


def _check_playable(file: Path, log: OrderLog) -> None:
    if not log.orders:
        (reason, rows), *_ = Counter(row.reason for row in log.set_aside).most_common(1)
        example = next(row for row in log.set_aside if row.reason is reason)
        shown = f"{example.line}: {example.detail}" if example.detail else str(example.line)
        raise LogUnusable(
            file,
            f"none of its {log.rows} rows can be played. {SENTENCES[reason]} ({rows} rows, the first in line {shown})",
        )


def _check_writable(path: Path | None) -> None:
    """Found out before the play, not after it."""
    if path and path.is_dir():
        raise ReportUnwritable(path, "it is a folder; name a file")
    if path and not path.parent.is_dir():
        raise ReportUnwritable(path, "its folder does not exist")


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        raise ReportUnwritable(path, error.strerror or str(error)) from error


def _progress(console: Console) -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Progress(*columns, console=console, transient=True)
