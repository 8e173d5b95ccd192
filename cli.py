"""The `caseline` command.

Each command imports what it runs when it runs, so that `--help` and the small ones answer at once.
"""

import asyncio
import os
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console
from rich.progress import Progress

from commands.account_app import account_app
from commands.running import (
    FOUND_WRONG,
    console,
    database_of_commands,
    on_database,
    serve,
    settings_of_commands,
)
from commands.token_app import token_app
from domain.errors import DomainError
from runtime.errors import StartupError
from runtime.logging import set_up_logging
from runtime.settings import LogFormat, Settings, load_settings
from runtime.tether import end_with_supervisor
from store.database import Database, DatabaseAway

STARTUP_FAILED = 2

app = typer.Typer(name="caseline", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
policy_app = typer.Typer(help="Marketplace rules as editions: list them, check your own.", no_args_is_help=True)
app.add_typer(token_app, name="token")
app.add_typer(account_app, name="account")
app.add_typer(policy_app, name="policies")


def _show_version(asked: bool) -> None:
    if asked:
        console.print(f"caseline {version('caseline')}", highlight=False)
        raise typer.Exit


@app.callback()
def caseline(
    version: Annotated[
        bool, typer.Option("--version", help="Show the version and exit.", is_eager=True, callback=_show_version)
    ] = False,
) -> None:
    """E-commerce orders and after-sale cases as durable workflows on Temporal."""


@app.command("up")
def up_command() -> None:
    """Run everything here: an embedded Temporal server with its UI, SQLite, a worker and the API.

    Data lies in .caseline/ (CASELINE_DATA_DIR); started again it goes on where it was. Ctrl-C stops it all.
    """
    from commands.up import up

    settings = load_settings(embedded=True)
    set_up_logging(settings.log_level, LogFormat.CONSOLE)
    serve(up(settings, console))


@app.command("sandbox")
def sandbox_command() -> None:
    """Run the product on a test clock that can be moved by days, for integrators' tests.

    Serves http://127.0.0.1:8080 (CASELINE_PORT changes it) and prints `ready` when it does. Everything is gone when it
    stops.
    """
    from commands.sandbox import serve_sandbox

    settings = load_settings(embedded=True)
    set_up_logging(settings.log_level, LogFormat.CONSOLE)
    serve(serve_sandbox(settings, console))


@app.command("api")
def api_command() -> None:
    """Serve the HTTP API on the Temporal server and database of the settings. Run any number of them."""
    settings = _start()
    from commands.serve import serve_api

    serve(serve_api(settings))


@app.command("up-api", hidden=True)
def up_api_command() -> None:
    """Serve the API of `caseline up`, which starts this: with the sandbox's partner systems."""
    settings = _start()
    from commands.up_api import serve_up_api

    serve(serve_up_api(settings))


@app.command("worker")
def worker_command() -> None:
    """Run cases on the Temporal server and database of the settings. Run any number of them."""
    settings = _start()
    from commands.serve import serve_worker

    serve(serve_worker(settings))


@app.command("migrate")
def migrate_command() -> None:
    """Bring the database to the tables of this version. Safe to run again."""
    from store.migrate import migrate

    on_database(database_of_commands(), lambda db: db.write(migrate), migrated=False)
    console.print("The database is at this version's tables.")


@app.command("reconcile")
def reconcile_command(
    dry: Annotated[bool, typer.Option("--dry-run", help="Only count, mend nothing.")] = False,
) -> None:
    """Compare every open case with its row in the database, count the drift and mend it.

    Exits 1 if a case drifted or has no workflow, 2 if one could not be asked.
    """
    from commands.reconcile import Drift, reconcile
    from runtime.temporal import connect

    settings = settings_of_commands()

    async def compare(db: Database) -> Drift:
        with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
            return await reconcile(db, await connect(settings), progress, mend=not dry)

    drift = on_database(settings, compare)
    console.print(
        f"{drift.compared} open cases compared, {drift.drifted} drifted, {drift.mended} mended, "
        f"{drift.without_workflow} without a workflow"
    )
    drift.check_all_answered()
    if drift.drifted or drift.without_workflow:
        raise typer.Exit(FOUND_WRONG)


@app.command("replay")
def replay_command(
    file: Annotated[Path, typer.Argument(help="CSV of recorded orders.", exists=True, dir_okay=False)],
    columns: Annotated[
        Path | None, typer.Option(help="TOML that names the file's columns; see docs/replay.md.", exists=True)
    ] = None,
    edition: Annotated[str, typer.Option("--policy", help="The policy edition to judge by.")] = "taobao-2012",
    report: Annotated[Path | None, typer.Option(help="Where to write the report as JSON.")] = None,
) -> None:
    """Play recorded orders through the rules of an edition, and report what they would have cost."""
    from commands.replay import Columns, replay_file

    mapping = Columns.load(columns) if columns else Columns()
    replay_file(load_settings(embedded=True).policies_dir, file, mapping, edition, report, console)


@app.command("import")
def import_command(
    file: Annotated[Path, typer.Argument(help="Orders in flight: a CSV or .xlsx.", exists=True, dir_okay=False)],
    columns: Annotated[Path, typer.Option(help="TOML that names the file's columns; see docs/moving.md.", exists=True)],
    since: Annotated[
        str, typer.Option(help="From when on what is late is charged here, as 2026-11-30T00:00:00+08:00.")
    ],
    merchant: Annotated[str, typer.Option(help="The shop.")] = "demo",
    edition: Annotated[str | None, typer.Option("--policy", help="The edition; else the platform's current.")] = None,
    dry: Annotated[bool, typer.Option("--dry-run", help="Only say how the orders would stand.")] = False,
    report: Annotated[Path | None, typer.Option(help="Where to write every order and row as JSON.")] = None,
) -> None:
    """Take over a shop's orders in flight, with their true times and all that happened to them.

    May be broken off and run again: what is there stays as it is. Exits 1 if a row was left out.
    """
    from commands.moving import Source, import_orders
    from replay.columns import Columns

    source = Source(file, Columns.load(columns), merchant, edition, since)
    if not asyncio.run(import_orders(settings_of_commands(quiet=True), source, report, console, dry=dry)):
        raise typer.Exit(FOUND_WRONG)


@app.command("export")
def export_command(
    file: Annotated[Path, typer.Argument(help="Where to write it; must not be there yet.")],
    merchant: Annotated[str, typer.Option(help="The shop.")] = "demo",
) -> None:
    """Give everything of a shop back, as lines of JSON: its cases, texts, buyers, settings. No tokens, no secrets."""
    from commands.shops import require_shop
    from moving.export import export_shop

    async def export(db: Database) -> int:
        await require_shop(db, merchant)
        return await export_shop(db, merchant, file)

    rows = on_database(database_of_commands(), export)
    console.print(f"{rows} rows of {merchant} are in {file}", highlight=False, soft_wrap=True)


@app.command("diagrams")
def diagrams_command(
    write: Annotated[Path | None, typer.Option(help="The folder to write the pages into; none = print them.")] = None,
) -> None:
    """Draw what can happen to an order and to a request for each service, as Mermaid state diagrams.

    Found by trying every action, deadline and fact on the rules themselves.
    """
    from commands.diagrams.pages import show_diagrams

    show_diagrams(write, console)


@app.command("openapi")
def openapi_command(
    write: Annotated[Path | None, typer.Option(help="The file to write it into; none = print it.")] = None,
) -> None:
    """Print the API's OpenAPI document; the desk's types are made from it."""
    from commands.openapi import openapi_text, write_openapi

    if write:
        write_openapi(write)
    else:
        print(openapi_text(), end="")


@policy_app.command("list")
def policies_list() -> None:
    """List the editions that ship, and a shop's own from CASELINE_POLICIES_DIR."""
    from commands.policies import show_policies
    from domain.own_editions import register_own

    if own := load_settings(embedded=True).policies_dir:
        register_own(own)
    show_policies(console)


@policy_app.command("check")
def policies_check(
    file: Annotated[Path, typer.Argument(help="An edition as TOML.", exists=True, dir_okay=False)],
) -> None:
    """Check an edition: every problem with file, path and value. Exits 1 if there is one."""
    from commands.policies import check_policy

    if not check_policy(file, console):
        raise typer.Exit(FOUND_WRONG)


def _start() -> Settings:
    settings = load_settings()
    set_up_logging(settings.log_level, settings.log_format)
    return settings


def main() -> NoReturn:
    """Runs the command, with whoever supervises it, and ends the process without the interpreter's own exit.

    The SDK's threads can abort a short process while the interpreter shuts down; everything is flushed before.
    """
    end_with_supervisor()
    code = _run()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def _run() -> int:
    try:
        app(prog_name="caseline")
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else 0
    except (StartupError, DomainError) as error:
        return _say("; ".join(str(error).splitlines()), STARTUP_FAILED)
    except DatabaseAway as error:
        return _say(f"the database does not answer: {error}", STARTUP_FAILED)
    except ExceptionGroup as group:  # of tasks that ran side by side
        known = group.subgroup((StartupError, DomainError, DatabaseAway))
        if known is None:
            raise
        return _say("; ".join(str(error) for error in known.exceptions), STARTUP_FAILED)
    return 0


def _say(message: str, code: int) -> int:
    errors = Console(stderr=True, markup=False, emoji=False, highlight=False, soft_wrap=True)
    errors.print(f"caseline: {message}", style="red")
    return code


if __name__ == "__main__":
    main()
