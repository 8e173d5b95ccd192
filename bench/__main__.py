"""`python -m bench`: Caseline against a minimal workflow. `python -m bench inbox`: the inbox at size."""

import asyncio
import os
import sys
from pathlib import Path
from typing import Annotated

import typer
import uvloop
from rich.console import Console

from bench.figures import BenchReport
from bench.inbox.figures import InboxReport
from bench.inbox.run import run as run_inbox
from bench.inbox.table import table as inbox_table
from bench.inbox.table import verdict
from bench.run import run
from bench.table import table
from runtime.errors import StartupError
from runtime.logging import set_up_logging
from runtime.settings import LogFormat, LogLevel
from runtime.signals import until_signalled

LATEST = Path(__file__).parent / "latest.json"
LATEST_INBOX = Path(__file__).parent / "latest-inbox.json"
STARTUP_FAILED = 2
BY_SIGNAL = 130

console = Console()


def bench(
    context: typer.Context,
    cases: Annotated[int, typer.Option(min=2, help="Cases in each round of each side.")] = 120,
    rounds: Annotated[int, typer.Option(min=1, help="Rounds of each side, in turn.")] = 2,
    at_once: Annotated[int, typer.Option(min=1, help="Cases in hand at the same time.")] = 24,
    json: Annotated[Path, typer.Option(help="Where the figures go as JSON.")] = LATEST,
) -> None:
    """Measure Caseline against a minimal workflow, side by side on one embedded server. See docs/benchmark.md."""
    if context.invoked_subcommand:
        return
    set_up_logging(LogLevel.WARNING, LogFormat.CONSOLE)
    reports: list[BenchReport] = []

    async def measure() -> None:
        with console.status("") as status:
            reports.append(await run(cases, rounds, at_once, status.update))

    if asyncio.run(until_signalled(measure())):
        raise typer.Exit(BY_SIGNAL)
    (report,) = reports
    report.write(json)
    console.print(table(report))
    console.print(f"Every figure of every round: {json}", highlight=False, soft_wrap=True)


def inbox(
    items: Annotated[int, typer.Option(min=1000, help="Open tasks of the shop.")] = 100_000,
    rounds: Annotated[int, typer.Option(min=2, help="Calls of each step.")] = 400,
    at_once: Annotated[int, typer.Option(min=1, help="People at work at the same time.")] = 1,
    json: Annotated[Path, typer.Option(help="Where the figures go as JSON.")] = LATEST_INBOX,
) -> None:
    """Measure what people wait for when a shop has many open tasks, on PostgreSQL. See docs/benchmark.md."""
    set_up_logging(LogLevel.WARNING, LogFormat.CONSOLE)
    reports: list[InboxReport] = []

    async def measure() -> None:
        with console.status("") as status:
            reports.append(await run_inbox(items, rounds, at_once, status.update))

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        if runner.run(until_signalled(measure())):
            raise typer.Exit(BY_SIGNAL)
    (report,) = reports
    report.write(json)
    console.print(inbox_table(report))
    console.print(verdict(report), highlight=False, soft_wrap=True)
    console.print(f"Every figure: {json}", highlight=False, soft_wrap=True)


def main() -> None:
    """Runs the command; the process ends without the interpreter's own exit, as the `caseline` command does."""
    code: object = 0
    try:
        code = typer.main.get_command(_app()).main(standalone_mode=False)
    except StartupError as error:
        Console(stderr=True).print(str(error), style="red", highlight=False, soft_wrap=True)
        code = STARTUP_FAILED
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code if isinstance(code, int) else 0)


def _app() -> typer.Typer:
    app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    app.callback(invoke_without_command=True)(bench)
    app.command()(inbox)
    return app


if __name__ == "__main__":
    main()
