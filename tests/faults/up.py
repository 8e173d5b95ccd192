"""`caseline up` as a person starts it in a terminal: Ctrl-C reaches its process group, what it says is kept."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from runtime.groups import ended, signal_group
from runtime.ports import free_port
from tests.forked import Forked
from tests.patience import PATIENCE

READY = "Caseline is up"


@dataclass
class Up:
    """One data folder and its ports; may be started again and again."""

    folder: Path
    environment: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    ui_port: int = field(default_factory=free_port)
    temporal_port: int = field(default_factory=free_port)
    metrics_port: int = field(default_factory=free_port)
    seen: dict[int, psutil.Process] = field(default_factory=dict)
    process: Forked | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def data_dir(self) -> Path:
        return self.folder / "data"

    @property
    def out(self) -> str:
        """Everything that it wrote to standard output since it was started last."""
        return (self.folder / "out").read_text()

    @property
    def err(self) -> str:
        return (self.folder / "err").read_text()

    def start(self) -> None:
        """Starts it, and does not wait."""
        ours = {
            "CASELINE_DATA_DIR": str(self.data_dir),
            "CASELINE_PORT": str(self.port),
            "CASELINE_TEMPORAL_PORT": str(self.temporal_port),
            "CASELINE_TEMPORAL_UI_PORT": str(self.ui_port),
            "CASELINE_WORKER_METRICS_PORT": str(self.metrics_port),
        }
        environment = {name: value for name, value in os.environ.items() if not name.startswith("CASELINE_")}
        out, err = self.folder / "out", self.folder / "err"
        for file in (out, err):
            file.write_bytes(b"")
        self.process = Forked("up", env=environment | ours | self.environment, out=out, err=err)

    async def until_ready(self) -> None:
        """Waits until it says so."""
        async with asyncio.timeout(PATIENCE):
            while READY not in self.out:
                assert self.running().poll() is None, self.err
                await asyncio.sleep(0.1)
        self.look()

    def running(self) -> Forked:
        assert self.process
        return self.process

    def look(self) -> dict[str, psutil.Process]:
        """The processes that it runs now, by what they are; remembered until the end."""
        found = {_what(process): process for process in psutil.Process(self.running().pid).children(recursive=True)}
        self.seen |= {process.pid: process for process in found.values()}
        return found

    async def until_new(self, what: str, than: psutil.Process) -> None:
        """Waits until another process has taken the place of one."""
        async with asyncio.timeout(PATIENCE):
            while self.look().get(what) in (None, than):  # noqa: ASYNC110
                await asyncio.sleep(0.1)

    async def interrupt(self, number: signal.Signals = signal.SIGINT) -> int:
        """Ctrl-C, or another signal; its exit code."""
        self.look()
        signal_group(self.running().pid, number)
        return await self.until_ended()

    async def until_ended(self) -> int:
        """Waits until it has ended; its exit code."""
        async with asyncio.timeout(PATIENCE):
            return await ended(self.running())

    def left(self) -> list[str]:
        """Processes it started that still run."""
        return [_what(process) for process in self.seen.values() if _runs(process)]


def _what(process: psutil.Process) -> str:
    """`api`, `worker` or `temporal`."""
    try:
        words = process.cmdline()
    except psutil.Error:
        return "gone"
    return (
        "temporal" if words and words[0].endswith("/temporal") else words[-1].removeprefix("up-") if words else "gone"
    )


def _runs(process: psutil.Process) -> bool:
    return process.is_running() and process.status() != psutil.STATUS_ZOMBIE


@asynccontextmanager
async def caseline_up(folder: Path) -> AsyncIterator[Up]:
    """One that is up and ready; whatever happens, nothing of it is left."""
    up = Up(folder)
    up.start()
    try:
        await up.until_ready()
        yield up
    finally:
        if up.running().poll() is None:
            up.look()
            signal_group(up.running().pid, signal.SIGKILL)
            await ended(up.running())
        for process in up.seen.values():
            if _runs(process):
                process.kill()
