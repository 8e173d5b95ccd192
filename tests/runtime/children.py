"""Processes for the supervisor's tests to look after: `python -m tests.runtime.children KIND FILE`.

Each writes a line to FILE for what happens to it; `supervisor` looks after two of the others.
"""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType

from runtime.processes import ChildProcess, Supervisor
from runtime.tether import end_with_supervisor


def child(kind: str, file: Path) -> ChildProcess:
    """A child of this kind, named after it."""
    return ChildProcess(kind, (sys.executable, "-m", "tests.runtime.children", kind, str(file)))


def say(file: Path, word: str) -> None:
    """Add a line."""
    with file.open("a") as lines:
        lines.write(f"{word}\n")


def stay() -> None:
    """Do nothing for longer than any test takes."""
    time.sleep(600)


def steady(name: str, file: Path) -> None:
    """Stays until it is told to stop."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        say(file, f"{name} stopped")
        sys.exit(0)

    signal.signal(signal.SIGTERM, stop)
    end_with_supervisor()
    say(file, f"{name} {os.getpid()}")
    stay()


def stubborn(file: Path) -> None:
    """Does not hear a request to stop."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    end_with_supervisor(grace=0.5)
    say(file, f"stubborn {os.getpid()}")
    stay()


def parent(file: Path) -> None:
    """Has a child of its own, which hears nothing, and ends with it."""
    code = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(600)"
    with subprocess.Popen([sys.executable, "-c", code]) as grandchild:
        say(file, f"grandchild {grandchild.pid}")
        steady("parent", file)


def broken() -> None:
    """Fails at once, with a reason."""
    sys.exit("no such table: cases")


async def supervisor(file: Path) -> None:
    """Looks after two children until it is killed."""
    async with Supervisor([child("steady", file), child("stubborn", file)], file.parent / "logs") as supervised:
        await supervised.watch()


def main(kind: str, file: Path) -> None:
    """Become a process of this kind."""
    match kind:
        case "stubborn":
            stubborn(file)
        case "parent":
            parent(file)
        case "broken":
            broken()
        case "supervisor":
            asyncio.run(supervisor(file))
        case _:
            steady(kind, file)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
