"""What the commands share: the console, the settings, and how each runs its work."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, TypeVar

import uvloop
from rich.console import Console

from runtime.logging import set_up_logging
from runtime.settings import (
    DatabaseSettings,
    LogFormat,
    LogLevel,
    Settings,
    load_database_settings,
    load_settings,
    names_database,
)
from runtime.signals import until_signalled
from store.database import Database

T = TypeVar("T")

FOUND_WRONG = 1
"""The exit code of a command that did its work and found something wrong."""

console = Console(markup=False, emoji=False)  # ids and texts of others are printed as they are


def settings_of_commands(*, quiet: bool = False) -> Settings:
    """The settings of the environment; where it names no database, those of the embedded mode.

    Args:
        quiet: whether the terminal shows errors alone, unless the environment says what is logged.
    """
    settings = load_settings(embedded=not names_database())
    asked = "log_level" in settings.model_fields_set
    set_up_logging(LogLevel.ERROR if quiet and not asked else settings.log_level, LogFormat.CONSOLE)
    return settings


def database_of_commands() -> DatabaseSettings:
    """The same for a command that needs the database and nothing else."""
    settings = load_database_settings()
    set_up_logging(settings.log_level, LogFormat.CONSOLE)
    return settings


def serve(work: Coroutine[Any, Any, None]) -> None:
    """Runs until it ends or is signalled to."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(until_signalled(work))


def on_database(settings: DatabaseSettings, work: Callable[[Database], Awaitable[T]], *, migrated: bool = True) -> T:
    """What comes of work on the database of the settings."""
    from commands.database import require_migrated

    async def run() -> T:
        db = Database(settings.database_url)
        try:
            if migrated:
                await require_migrated(db)
            return await work(db)
        finally:
            await db.close()

    return asyncio.run(run())
