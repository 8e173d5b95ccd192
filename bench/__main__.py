"""`python -m bench`: Caseline against a minimal workflow and a minimal service; its commands: one question each."""

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Annotated, TypeVar

import typer
import uvloop
from rich.console import Console
from rich.table import Table

from bench.databases import Kind
from bench.figures import BenchReport, Report
from bench.inbox.desk import DeskReport
from bench.inbox.desk import run as run_desk
from bench.inbox.desk import table as desk_table
from bench.inbox.figures import InboxReport
from bench.inbox.run import run as run_inbox
from bench.inbox.table import table as inbox_table
from bench.inbox.table import verdict
from bench.load.burst import burst as run_burst
from bench.load.figures import BurstReport, GrowthReport, StormReport, ToldReport
from bench.load.growth import growth as run_growth
from bench.load.storm import storm as run_storm
from bench.load.tables import burst_table, growth_table, storm_table, told_table
from bench.load.told import told as run_told
from bench.run import Said, run
from bench.table import table
from runtime.errors import StartupError
from runtime.logging import set_up_logging
from runtime.settings import CACHED_CASES, LogFormat, LogLevel
from runtime.signals import until_signalled

STARTUP_FAILED = 2
BY_SIGNAL = 130

console = Console()
R = TypeVar("R", bound=Report)

Database = Annotated[Kind, typer.Option(help="What it stands on.")]
Json = Annotated[Path | None, typer.Option(help="Where the figures go as JSON.", show_default="bench/latest-….json")]


def bench(
    context: typer.Context,
    database: Database = Kind.SQLITE,
    cases: Annotated[int, typer.Option(min=2, help="Cases in each round of each side.")] = 120,
    rounds: Annotated[int, typer.Option(min=1, help="Rounds of each side, in turn.")] = 2,
    at_once: Annotated[int, typer.Option(min=1, help="Cases in hand at the same time.")] = 24,
    json: Json = None,
) -> None:
    """Measure Caseline against a minimal workflow and a minimal service, side by side. See docs/benchmark.md."""
    if context.invoked_subcommand:
        return

    async def measure(say: Said) -> BenchReport:
        return await run(database, cases, rounds, at_once, say)

    _tell(_measured(measure), table, json or _latest(database))


def inbox(
    items: Annotated[int, typer.Option(min=1000, help="Open tasks of the shop.")] = 100_000,
    rounds: Annotated[int, typer.Option(min=2, help="Calls of each step.")] = 400,
    at_once: Annotated[int, typer.Option(min=1, help="People at work at the same time.")] = 1,
    json: Json = None,
) -> None:
    """Measure what people wait for when a shop has many open tasks, on PostgreSQL. See docs/benchmark.md."""

    async def measure(say: Said) -> InboxReport:
        return await run_inbox(items, rounds, at_once, say)

    report = _measured(measure)
    _tell(report, inbox_table, json or _latest("inbox"))
    console.print(verdict(report), highlight=False, soft_wrap=True)


def desk(
    items: Annotated[int, typer.Option(min=1000, help="Open tasks of the shop.")] = 100_000,
    opens: Annotated[int, typer.Option(min=2, help="How often the page is opened, with and without its files.")] = 10,
    json: Json = None,
) -> None:
    """Measure how long the desk's inbox takes to be there in a Chromium, on PostgreSQL. The desk must be built."""

    async def measure(say: Said) -> DeskReport:
        return await run_desk(items, opens, say)

    _tell(_measured(measure), desk_table, json or _latest("desk"))


def burst(
    database: Database = Kind.SQLITE,
    cases: Annotated[int, typer.Option(min=2, max=20_000, help="Orders opened.")] = 1_500,
    callers: Annotated[int, typer.Option(min=1, help="Callers who open one order after another.")] = 24,
    json: Json = None,
) -> None:
    """Open orders as fast as some callers can, while cases that run hear of payments."""

    async def measure(say: Said) -> BurstReport:
        return await run_burst(database, cases, callers, say)

    _tell(_measured(measure), burst_table, json or _latest("burst", database))


def storm(
    database: Database = Kind.SQLITE,
    cases: Annotated[int, typer.Option(min=2, max=20_000, help="Deadlines due at one instant.")] = 1_000,
    at_once: Annotated[int, typer.Option(min=1, help="Cases prepared at the same time.")] = 24,
    json: Json = None,
) -> None:
    """Let ship deadlines come due at one instant, beside as many bare timers that write one row each."""

    async def measure(say: Said) -> StormReport:
        return await run_storm(database, cases, at_once, say)

    _tell(_measured(measure), storm_table, json or _latest("storm", database))


def told(
    database: Database = Kind.SQLITE,
    changes: Annotated[int, typer.Option(min=50, max=100_000, help="Changes that are told.")] = 10_000,
    pace: Annotated[float, typer.Option(min=1, help="Changes a second.")] = 50,
    clients: Annotated[int, typer.Option(min=0, max=2_000, help="Further clients of the stream.")] = 0,
    killing: Annotated[bool, typer.Option(help="Kill worker, API, receiver and database in turn.")] = False,
    json: Json = None,
) -> None:
    """Tell changes by feed, stream and a webhook: the same sequence, and how long it takes."""

    async def measure(say: Said) -> ToldReport:
        return await run_told(database, changes, pace, clients, say, killing=killing)

    _tell(_measured(measure), told_table, json or _latest("told", database))


def growth(
    database: Database = Kind.SQLITE,
    most: Annotated[int, typer.Option(min=2, max=100_000, help="Open orders in the end.")] = 20_000,
    callers: Annotated[int, typer.Option(min=1, help="Callers who open one order after another.")] = 24,
    plain: Annotated[int, typer.Option(min=2, help="Plain orders lived at each size, 8 at once.")] = 24,
    within: Annotated[float, typer.Option(help="Minutes after which no further order is opened.")] = 30,
    cached: Annotated[int, typer.Option(min=1, help="CASELINE_WORKER_CACHED_CASES of the worker.")] = CACHED_CASES,
    json: Json = None,
) -> None:
    """Grow from 1,000 to many open orders: what opening, memory, disk and one plain order cost at each size."""

    async def measure(say: Said) -> GrowthReport:
        return await run_growth(database, most, callers, plain, within * 60, cached, say)

    _tell(_measured(measure), growth_table, json or _latest("growth", database))


def _measured(measure: Callable[[Said], Awaitable[R]]) -> R:
    """What the measuring comes to, while a line says how far it is."""
    set_up_logging(LogLevel.WARNING, LogFormat.CONSOLE)
    reports: list[R] = []

    async def measuring() -> None:
        with console.status("") as status:
            reports.append(await measure(status.update))

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        if runner.run(until_signalled(measuring())):
            raise typer.Exit(BY_SIGNAL)
    return reports[0]


def _tell(report: R, shown: Callable[[R], Table], file: Path) -> None:
    report.write(file)
    console.print(shown(report))
    console.print(f"Every figure: {file}", highlight=False, soft_wrap=True)


def _latest(*what: str) -> Path:
    return Path(__file__).parent / f"latest-{'-'.join(what)}.json"


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
    for command in (inbox, desk, burst, storm, told, growth):
        app.command()(command)
    return app


if __name__ == "__main__":
    main()
