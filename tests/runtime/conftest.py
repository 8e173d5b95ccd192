"""What the runtime's tests share: a clean environment, and waiting for something to become true."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable

import psutil
import pytest

from tests.patience import PATIENCE


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """An environment without any of our variables, to set some in."""
    for name in list(os.environ):
        if name.startswith("CASELINE_") or name == "PORT":
            monkeypatch.delenv(name)
    return monkeypatch


async def eventually(holds: Callable[[], bool]) -> None:
    """Wait until something holds; a test that waits in vain fails."""
    async with asyncio.timeout(PATIENCE):
        while not holds():  # noqa: ASYNC110
            await asyncio.sleep(0.05)


def alive(pid: int) -> bool:
    """Whether a process still runs; one that is dead but not yet collected does not."""
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
