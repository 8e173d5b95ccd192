"""Ends a supervised process when its supervisor is gone, even by SIGKILL.

The supervisor holds the writing end of one pipe and gives every child the reading end as standard input.
However the supervisor ends, the kernel closes its end, and the child reads end-of-file. Linux's parent-death
signal would do the same without a thread, but it follows the parent's thread rather than its process, needs
code between fork and exec, and exists on no other system.
"""

from __future__ import annotations

import os
import signal
import threading
import time

TETHERED = "CASELINE_TETHERED"
STANDARD_INPUT = 0


def end_with_supervisor(grace: float = 10.0) -> None:
    """Called by a process first thing; does nothing in one that no supervisor started.

    Args:
        grace: seconds between the request to stop and the kill, both sent to the process's whole group.
    """
    if os.environ.pop(TETHERED, None) is not None:
        threading.Thread(target=_wait_for_the_end, args=(grace,), daemon=True, name="tether").start()


def _wait_for_the_end(grace: float) -> None:
    while os.read(STANDARD_INPUT, 1024):
        pass
    os.killpg(os.getpgrp(), signal.SIGTERM)
    time.sleep(grace)
    os.killpg(os.getpgrp(), signal.SIGKILL)
