"""What both embedded servers share: the way from start to stop of a subprocess in a session of its own."""

from __future__ import annotations

import asyncio
import contextlib
import subprocess
from abc import ABC, abstractmethod
from pathlib import Path
from typing import ClassVar, Self

import psutil
from temporalio.client import Client
from temporalio.service import RPCError
from tenacity import AsyncRetrying, RetryError, retry_if_exception_type, stop_after_delay, wait_fixed

from runtime.embedded.pidfile import PidFile
from runtime.embedded.programs import packaged_program
from runtime.errors import ServerFailed
from runtime.folders import last_lines, usable_folder
from runtime.groups import ended, start_group, stop_group
from runtime.ports import LOCAL, listens, require_free

START_WITHIN = 60.0
STOP_WITHIN = 10.0


class NotAnswering(Exception):
    """The server is not up yet; asked again until START_WITHIN is over."""


class EmbeddedServer(ABC):
    """One server, from start to stop.

    Attributes:
        address: `host:port` for clients.
        log: what the server writes.
    """

    package: ClassVar[str]
    program: ClassVar[str]
    listens_on: ClassVar[str] = LOCAL

    def __init__(self, data_dir: Path, port: int, namespace: str = "default") -> None:
        self.port = port
        self.namespace = namespace
        self.address = f"{LOCAL}:{port}"
        self.data_dir = data_dir.absolute()
        self.log = self.data_dir / "logs" / f"{self.program}.log"
        self._process: subprocess.Popen[bytes] | None = None

    async def __aenter__(self) -> Self:
        """Start it and wait until it answers.

        Raises:
            FolderUnusable, AlreadyRunning, PortTaken, ServerFailed: why it cannot run.
        """
        await self._start()
        return self

    async def __aexit__(self, *_: object) -> None:
        """Stop it; nothing of it is left running, however long it would take itself."""
        await self._stop()

    async def ended(self) -> int:
        """Wait until the server ends by itself; its exit code, negative for a signal."""
        return await ended(self._running())

    @property
    def pid(self) -> int:
        """The server's process id."""
        return self._running().pid

    async def _start(self) -> None:
        usable_folder(self.data_dir)
        usable_folder(self.log.parent)
        program = packaged_program(self.package, self.program)
        await asyncio.to_thread(self._stop_stale, program)
        for port, setting in self._ports().items():
            require_free(port, self.listens_on, setting)
        self._process = start_group([program, *self._arguments()], log=self.log, env=self._environment())
        try:
            self._pidfile(program).write(self._process.pid)
            await self._until_ready()
        except BaseException:
            await self._stop()
            raise

    async def _stop(self) -> None:
        process = self._running()
        try:
            await stop_group(process, STOP_WITHIN)
        finally:
            self._pidfile(packaged_program(self.package, self.program)).remove()

    async def _until_ready(self) -> None:
        try:
            async for attempt in AsyncRetrying(
                retry=retry_if_exception_type(NotAnswering),
                stop=stop_after_delay(START_WITHIN),
                wait=wait_fixed(0.1),
            ):
                with attempt:
                    await self._ask()
        except RetryError as error:
            why = f"did not answer within {START_WITHIN:.0f} s ({error.last_attempt.exception()})"
            raise ServerFailed(self.program, why, self.log, last_lines(self.log)) from error

    async def _ask(self) -> None:
        process = self._running()
        if (code := process.poll()) is not None:
            raise ServerFailed(self.program, f"ended with exit code {code}", self.log, last_lines(self.log))
        # Asked of the process, not of the port: somebody else may have taken the port a moment before our
        # server could, and the time-skipping server then neither serves nor ends.
        with contextlib.suppress(psutil.NoSuchProcess):
            if not listens(psutil.Process(process.pid), self.port):
                raise NotAnswering("it does not listen")
        try:
            await self._prepare(await Client.connect(self.address, namespace=self.namespace))
        except (RPCError, RuntimeError) as error:
            raise NotAnswering(str(error)) from error

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            raise RuntimeError(f"{self.program} has not been started")
        return self._process

    def _environment(self) -> dict[str, str]:
        return {}

    @abstractmethod
    def _ports(self) -> dict[int, str | None]:
        """The ports to listen on, each with the variable that chooses another."""

    @abstractmethod
    def _arguments(self) -> list[str]: ...

    @abstractmethod
    def _pidfile(self, program: Path) -> PidFile: ...

    @abstractmethod
    def _stop_stale(self, program: Path) -> None: ...

    @abstractmethod
    async def _prepare(self, client: Client) -> None: ...
