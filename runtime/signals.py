"""Ctrl-C, SIGTERM and a closed terminal end a command alike: cancelled once, it stops in order what it began."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from collections.abc import Coroutine
from typing import Any

import structlog

log = structlog.get_logger(__name__)

STOPPED_WITHIN = 60.0
"""Seconds that stopping in order may take. What hangs then is left: what it leaves behind, the next start cleans up."""
STUCK = 1
"""The exit code of a process that did not stop in order."""
STOPPING = (signal.SIGINT, signal.SIGTERM)


async def until_signalled(work: Coroutine[Any, Any, None]) -> bool:
    """Run some work until it ends or a signal asks it to; True if a signal did.

    A second signal changes nothing: stopping takes a bounded time, and cut short it might leave servers behind.
    """
    loop = asyncio.get_running_loop()
    task = asyncio.ensure_future(work)
    signalled = False
    too_long = threading.Timer(STOPPED_WITHIN, _give_up)
    too_long.daemon = True

    def stop() -> None:
        nonlocal signalled
        if not signalled:
            signalled = True
            too_long.start()
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
        too_long.cancel()
        for number in stopping:
            loop.remove_signal_handler(number)
    return signalled


def _give_up() -> None:
    """Nothing of this process can be waited for any longer: its event loop may be what hangs."""
    log.critical("stopping_hangs", after_seconds=STOPPED_WITHIN)
    os._exit(STUCK)


def _stopping() -> tuple[signal.Signals, ...]:
    """Under nohup a closed terminal is to change nothing."""
    outlives_terminal = signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    return STOPPING if outlives_terminal else (*STOPPING, signal.SIGHUP)
