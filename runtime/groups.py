"""Starting a process at the head of a group of its own, and ending the whole group.

A group of its own keeps a Ctrl-C in the terminal from reaching the process before its turn to stop has come.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

from runtime.folders import open_log

POLL = 0.05


class Group(Protocol):
    """A started process that leads a group, as `subprocess.Popen` shows it."""

    @property
    def pid(self) -> int:
        """Of the process, and of its group."""

    def poll(self) -> int | None:
        """Its exit code, negative for a signal; None while it runs."""

    def wait(self) -> int | None:
        """Its exit code, once there is one."""


def start_group(
    argv: Sequence[str | Path],
    *,
    log: Path,
    env: Mapping[str, str] | None = None,
    stdin: int = subprocess.DEVNULL,
) -> subprocess.Popen[bytes]:
    """Start a process that leads its own session and writes everything it says to a log file.

    Args:
        argv: the program and its arguments.
        log: file to append to.
        env: variables added to ours.
        stdin: a file descriptor, or one of subprocess's constants.
    """
    with open_log(log) as output:
        return subprocess.Popen(
            argv,
            env={**os.environ, **(env or {})},
            stdin=stdin,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


async def ended(process: Group) -> int:
    """Wait until the process has ended; its exit code, negative for a signal."""
    # Polled, because asyncio's own subprocesses belong to one event loop and end with it.
    while (code := process.poll()) is None:  # noqa: ASYNC110
        await asyncio.sleep(POLL)
    return code


async def stop_group(process: Group, within: float) -> None:
    """Ask a process to stop, and kill what is left of its group when the seconds are over.

    Cancelled, it kills at once.
    """
    try:
        signal_group(process.pid, signal.SIGTERM)
        async with asyncio.timeout(within):
            await ended(process)
    except TimeoutError:
        pass
    finally:
        signal_group(process.pid, signal.SIGKILL)
        process.wait()


def signal_group(leader: int, number: signal.Signals) -> None:
    """Signal every process of a group; one that is gone already is fine."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(leader, number)
