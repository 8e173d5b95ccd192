"""Ctrl-C and SIGTERM."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys

import pytest

from runtime.signals import STUCK, until_signalled


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_a_signal_ends_the_work_in_order(number: signal.Signals) -> None:
    """The work's own cleaning up is carried out to its end, a second signal notwithstanding."""
    story: list[str] = []

    async def work() -> None:
        try:
            os.kill(os.getpid(), number)
            await asyncio.Event().wait()
        finally:
            os.kill(os.getpid(), number)
            await asyncio.sleep(0.05)
            story.append("cleaned up")

    assert await until_signalled(work())
    assert story == ["cleaned up"]


def test_what_does_not_stop_is_left() -> None:
    """Whoever waits for the process to end is not kept for ever by something in it that hangs."""
    hangs = """
import asyncio, os, signal, time
from runtime import signals

signals.STOPPED_WITHIN = 0.1

async def work():
    os.kill(os.getpid(), signal.SIGTERM)
    try:
        await asyncio.Event().wait()
    finally:
        time.sleep(3600)

asyncio.run(signals.until_signalled(work()))
"""
    ended = subprocess.run([sys.executable, "-c", hangs], check=False, capture_output=True, text=True, timeout=60)
    assert ended.returncode == STUCK
    assert "stopping_hangs" in ended.stdout + ended.stderr


async def test_work_that_ends_by_itself_was_not_signalled() -> None:
    """Then the command ended of its own accord, and the signals are ours no more."""
    before = signal.getsignal(signal.SIGTERM)
    assert not await until_signalled(asyncio.sleep(0))
    assert signal.getsignal(signal.SIGTERM) == before


async def test_an_error_in_the_work_goes_on() -> None:
    """What goes wrong inside is raised outside."""

    async def work() -> None:
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        await until_signalled(work())
