"""A small supervisor: starts processes, starts again what ends by itself, stops all in reverse order."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import structlog

from runtime.errors import ChildFailed
from runtime.folders import last_lines, usable_folder
from runtime.groups import ended, signal_group, start_group, stop_group
from runtime.tether import TETHERED

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class ChildProcess:
    """One process to keep running.

    Attributes:
        name: for log lines, and its own log file `{name}.log`.
        argv: program and arguments. To end with a killed supervisor, it calls `end_with_supervisor()` first.
        env: variables added to ours.
    """

    name: str
    argv: tuple[str, ...]
    env: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Patience:
    """How long the supervisor waits, in seconds, and how often it tries.

    Attributes:
        first_pause: before the first new start; doubled for each further one.
        longest_pause: the most it grows to.
        stable_after: a child that lived this long has come up: its next death counts as the first again.
        tries: so many deaths in a row before it was stable, and it is given up.
        stop: for a child to stop when asked, before it is killed.
    """

    first_pause: float = 0.5
    longest_pause: float = 15.0
    stable_after: float = 15.0
    tries: int = 8
    stop: float = 10.0


class Supervisor:
    """Keeps children running between `async with` and its end."""

    def __init__(self, children: Sequence[ChildProcess], log_dir: Path, patience: Patience | None = None) -> None:
        self._children = children
        self._log_dir = log_dir
        self._patience = patience or Patience()
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._keepers: list[asyncio.Task[None]] = []
        self._tether = (-1, -1)

    async def __aenter__(self) -> Self:
        """Start every child, in order.

        Raises:
            FolderUnusable: the logs cannot be written.
            OSError: a program does not exist.
        """
        usable_folder(self._log_dir)
        self._tether = os.pipe()
        try:
            for child in self._children:
                self._start(child)
        except BaseException:
            await self._stop()
            raise
        self._keepers = [asyncio.create_task(self._keep(child)) for child in self._children]
        return self

    async def __aexit__(self, *_: object) -> None:
        """Stop every child, the last started first; none is left running."""
        for keeper in self._keepers:
            keeper.cancel()
        await asyncio.gather(*self._keepers, return_exceptions=True)
        await self._stop()

    async def watch(self) -> None:
        """Runs until it is cancelled.

        Raises:
            ChildFailed: a child was given up.
        """
        await asyncio.gather(*self._keepers)

    def pid(self, name: str) -> int:
        """The present process id of a child."""
        return self._running[name].pid

    def kill(self, name: str) -> None:
        """Kills a child and what it started, as a crash would; it is started again."""
        signal_group(self.pid(name), signal.SIGKILL)

    def log_of(self, name: str) -> Path:
        """The file that a child's output goes to."""
        return self._log_dir / f"{name}.log"

    def _start(self, child: ChildProcess) -> None:
        self._running[child.name] = start_group(
            child.argv, log=self.log_of(child.name), env={**child.env, TETHERED: "1"}, stdin=self._tether[0]
        )

    async def _keep(self, child: ChildProcess) -> None:
        patience = self._patience
        deaths = 0
        while True:
            started = time.monotonic()
            process = self._running[child.name]
            code = await ended(process)
            signal_group(process.pid, signal.SIGKILL)  # what it started itself goes with it
            deaths = 1 if time.monotonic() - started >= patience.stable_after else deaths + 1
            if deaths >= patience.tries:
                path = self.log_of(child.name)
                raise ChildFailed(child.name, code, path, last_lines(path))
            pause = min(patience.first_pause * 2 ** (deaths - 1), patience.longest_pause)
            log.warning(
                "a process ended; starting it again",
                process=child.name,
                exit_code=code,
                pause=pause,
                log=str(self.log_of(child.name)),
            )
            await asyncio.sleep(pause)
            self._start(child)

    async def _stop(self) -> None:
        running = [process for process in self._running.values() if process.poll() is None]
        try:
            for process in reversed(running):
                await stop_group(process, self._patience.stop)
        finally:
            # Reached early when stopping itself is cancelled: then no one gets time to finish.
            for process in running:
                if process.poll() is None:
                    signal_group(process.pid, signal.SIGKILL)
                    process.wait()
            self._running.clear()
            for end in self._tether:
                os.close(end)
