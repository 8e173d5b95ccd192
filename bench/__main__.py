"""`python -m bench`: Caseline against a minimal workflow."""

import asyncio
import os
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from bench.figures import Report
from bench.run import run
from bench.table import table
from runtime.errors import StartupError
from runtime.logging import set_up_logging
from runtime.settings import LogFormat, LogLevel
from runtime.signals import until_signalled

LATEST = Path(__file__).parent / "latest.json"
STARTUP_FAILED = 2
BY_SIGNAL = 130

console = Console()


def bench(
    cases: Annotated[int, typer.Option(min=2, help="Cases in each round of each side.")] = 120,
    rounds: Annotated[int, typer.Option(min=1, help="Rounds of each side, in turn.")] = 2,
    at_once: Annotated[int, typer.Option(min=1, help="Cases in hand at the same time.")] = 24,
    json: Annotated[Path, typer.Option(help="Where the figures go as JSON.")] = LATEST,
) -> None:
    """Measure Caseline against a minimal workflow, side by side on one embedded server. See docs/benchmark.md."""
    set_up_logging(LogLevel.WARNING, LogFormat.CONSOLE)
    reports: list[Report] = []

    async def measure() -> None:
        with console.status("") as status:
            reports.append(await run(cases, rounds, at_once, status.update))

    if asyncio.run(until_signalled(measure())):
        raise typer.Exit(BY_SIGNAL)
    (report,) = reports
    report.write(json)
    console.print(table(report))
    console.print(f"Every figure of every round: {json}", highlight=False, soft_wrap=True)


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
    app.command()(bench)
    return app


if __name__ == "__main__":
    main()
