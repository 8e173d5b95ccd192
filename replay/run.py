"""`caseline replay`, from the file to the report."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from domain.order.state import OrderState
from domain.own_editions import register_own
from domain.policy import Policy, PolicyError, UnknownPolicy, policy
from replay.columns import Columns
from replay.errors import EditionUnknown, LogUnusable, ReportUnwritable
from replay.facts import facts, opening
from replay.findings import PlayedOrder, found
from replay.orders import SENTENCES, RecordedOrder
from replay.play import OrderScript, Play
from replay.reading import OrderLog, read_log
from replay.report import Played, report
from replay.show import show
from replay.weeks import first_week, shifted
from runtime.settings import Settings
from sandbox.run import running_sandbox
from services.background import background
from store.cases import CaseRecord


async def replay_file(
    settings: Settings, file: Path, mapping: Columns, edition: str, report_to: Path | None, console: Console
) -> None:
    """Plays an order log through the real workflows on the test clock, prints the report and writes it as JSON.

    Args:
        settings: of the embedded mode.
        file: the order log, a CSV.
        mapping: which column is which.
        edition: id of the policy edition to judge by.
        report_to: the JSON file to write; None for none.
        console: where the report is printed.

    Raises:
        ReplayError: the log, the mapping, the edition or the report's place cannot be used; says why.
    """
    began = time.monotonic()
    judged_by = _edition(settings, edition)
    _check_writable(report_to)
    log = await asyncio.to_thread(read_log, file, mapping)
    _check_playable(file, log)
    orders = await _play(settings, log.orders, mapping, judged_by, console)
    made = report(Played(file.name, log, mapping, judged_by, orders, time.monotonic() - began))
    if report_to:
        _write(report_to, made.model_dump_json(indent=2))
    show(made, console)
    if report_to:
        console.print(f"The report with every order is in {report_to}.", highlight=False, soft_wrap=True)


async def _play(
    settings: Settings, recorded: Sequence[RecordedOrder], shape: Columns, edition: Policy, console: Console
) -> list[PlayedOrder]:
    # The SDK's sandbox guards code that changes; the shipped workflows are the same with it and without it.
    quick = settings.model_copy(update={"workflow_sandbox": False})
    with _progress(console) as progress:
        bar = progress.add_task("Starting the test clock", total=None)
        async with running_sandbox(quick) as sandbox, background(sandbox.here):
            monday = first_week(await sandbox.clock.now(), shape.time_zone())
            orders = [shifted(order, monday) for order in recorded]
            scripts = [OrderScript(opening(order, shape, edition), facts(order, shape, edition)) for order in orders]
            play = Play(sandbox, edition, scripts)
            progress.update(bar, description="Telling what happened", total=play.reports)
            await play.report(lambda reported: progress.advance(bar, reported))
            progress.update(bar, description="Letting the clocks run out")
            by_order = {case.order_id: _state(case) for case in await play.run_out()}
    return [found(one, played, by_order[one.order_id]) for one, played in zip(recorded, orders, strict=True)]


def _edition(settings: Settings, name: str) -> Policy:
    try:
        if settings.policies_dir:
            register_own(settings.policies_dir)
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


def _state(case: CaseRecord) -> OrderState:
    return OrderState.model_validate(case.state)


def _progress(console: Console) -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Progress(*columns, console=console, transient=True)
