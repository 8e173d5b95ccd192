"""Remembers on disk which server we started, so that the next start finds one that we left behind.

A process id alone is no proof: ids are used again. So each id has the process's start time beside it. The file
also names the process that owns the server: while that one lives, the server is in use and not stale.
"""

from __future__ import annotations

import os
import signal
from dataclasses import dataclass
from pathlib import Path

import psutil
from pydantic import BaseModel, ConfigDict, ValidationError

from runtime.errors import AlreadyRunning
from runtime.groups import signal_group

SAME_START = 1.0
"""Seconds by which two readings of one process's start time may differ."""


class ProcessMark(BaseModel):
    """One process, told apart from a later one with the same id."""

    model_config = ConfigDict(frozen=True)

    pid: int
    started: float

    @classmethod
    def of(cls, pid: int) -> ProcessMark:
        """The mark of a living process. Raises psutil.NoSuchProcess."""
        return cls(pid=pid, started=psutil.Process(pid).create_time())

    def find(self) -> psutil.Process | None:
        """The process, if it still lives."""
        try:
            process = psutil.Process(self.pid)
            same = abs(process.create_time() - self.started) < SAME_START
            return process if same and process.status() != psutil.STATUS_ZOMBIE else None
        except psutil.NoSuchProcess:
            return None


class Marks(BaseModel):
    """What the file holds."""

    model_config = ConfigDict(frozen=True)

    server: ProcessMark
    owner: ProcessMark


@dataclass(frozen=True, slots=True)
class PidFile:
    """The file of one server.

    Attributes:
        path: where it lies; its folder is the one that the server's data is in.
        program: the server's program, which its command line must begin with.
    """

    path: Path
    program: Path

    def write(self, server: int) -> None:
        """Remember the server and, as its owner, this process."""
        marks = Marks(server=ProcessMark.of(server), owner=ProcessMark.of(os.getpid()))
        draft = self.path.with_name(f"{self.path.name}.new")
        draft.write_text(marks.model_dump_json())
        draft.replace(self.path)

    def remove(self) -> None:
        """Forget the server."""
        self.path.unlink(missing_ok=True)

    def stop_stale(self, within: float) -> bool:
        """Stop a server whose owner is gone; True if there was one.

        Args:
            within: seconds it has before it is killed.

        Raises:
            AlreadyRunning: its owner still lives.
        """
        marks = self._read()
        server = marks.server.find() if marks else None
        if marks is None or server is None or not self._runs_program(server):
            self.remove()
            return False
        if marks.owner.find() is not None:
            raise AlreadyRunning(self.path.parent, marks.owner.pid)
        signal_group(server.pid, signal.SIGTERM)
        if psutil.wait_procs([server], timeout=within)[1]:
            signal_group(server.pid, signal.SIGKILL)
            psutil.wait_procs([server], timeout=within)
        self.remove()
        return True

    def _runs_program(self, process: psutil.Process) -> bool:
        try:
            return process.cmdline()[:1] == [str(self.program)]
        except psutil.Error:
            return False

    def _read(self) -> Marks | None:
        try:
            return Marks.model_validate_json(self.path.read_text())
        except (FileNotFoundError, ValidationError):
            return None
