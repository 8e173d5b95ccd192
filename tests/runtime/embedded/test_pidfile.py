"""Telling one process from a later one with the same id."""

from __future__ import annotations

import os
import subprocess

from runtime.embedded.pidfile import ProcessMark


def test_a_living_process_is_found() -> None:
    """A mark made of a process finds it again."""
    found = ProcessMark.of(os.getpid()).find()
    assert found is not None
    assert found.pid == os.getpid()


def test_a_process_with_another_start_is_not_the_same() -> None:
    """An id used again after an hour is another process."""
    mark = ProcessMark.of(os.getpid())
    assert ProcessMark(pid=mark.pid, started=mark.started - 3600).find() is None


def test_a_dead_process_is_not_found() -> None:
    """Neither before its parent has collected it nor after."""
    with subprocess.Popen(["sleep", "600"]) as process:
        mark = ProcessMark.of(process.pid)
        process.kill()
        os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
        assert mark.find() is None
    assert mark.find() is None
