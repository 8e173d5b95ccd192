"""Ctrl-C, SIGTERM and a closed terminal end a command alike: cancelled once, it stops in order what it began."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Coroutine
from typing import Any

STOPPING = (signal.SIGINT, signal.SIGTERM)


async def until_signalled(work: Coroutine[Any, Any, None]) -> bool:
    """Run some work until it ends or a signal asks it to; True if a signal did.

    A second signal changes nothing: stopping takes a bounded time, and cut short it might leave servers behind.
    """
    loop = asyncio.get_running_loop()
    task = asyncio.ensure_future(work)
    signalled = False

    def stop() -> None:
        nonlocal signalled
        if not signalled:
            signalled = True
            task.cancel()

    stopping = _stopping()
    for number in stopping:
        loop.add_signal_handler(number, stop)
    try:
        await task
    except asyncio.CancelledError:
        if not signalled:
            raise
    finally:
        for number in stopping:
            loop.remove_signal_handler(number)
    return signalled


def _stopping() -> tuple[signal.Signals, ...]:
    """Under nohup a closed terminal is to change nothing."""
    outlives_terminal = signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    return STOPPING if outlives_terminal else (*STOPPING, signal.SIGHUP)
