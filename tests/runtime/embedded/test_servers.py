"""The embedded Temporal servers, really started."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from temporalio.api.workflowservice.v1 import DescribeNamespaceRequest
from temporalio.client import Client

from runtime.embedded import DevServer, TestServer
from runtime.embedded.pidfile import Marks, ProcessMark
from runtime.errors import AlreadyRunning, FolderUnusable, PortTaken, ServerFailed
from runtime.ports import free_port, require_free
from tests.patience import PATIENCE
from tests.runtime.conftest import alive, eventually
from tests.runtime.servers import server_of

pytestmark = pytest.mark.slow

both = pytest.mark.parametrize("kind", ["dev", "test"])


@asynccontextmanager
async def elsewhere(kind: str, folder: Path, port: int) -> AsyncIterator[tuple[subprocess.Popen[str], int]]:
    """A server that another process owns: that process, and the server's id. Both are killed at the end."""
    argv = [sys.executable, "-m", "tests.runtime.servers", kind, str(folder), str(port)]
    with subprocess.Popen(argv, stdout=subprocess.PIPE, text=True) as owner:
        assert owner.stdout is not None
        server = int(await asyncio.to_thread(owner.stdout.readline))
        try:
            yield owner, server
        finally:
            owner.kill()
            with contextlib.suppress(ProcessLookupError):
                os.killpg(server, signal.SIGKILL)


@both
async def test_a_server_answers_and_stops_without_a_trace(kind: str, tmp_path: Path) -> None:
    """Inside the block a client gets in; after it no process, no open port and no pid file is left."""
    server = server_of(kind, tmp_path, free_port())
    async with server:
        pid = server.pid
        await Client.connect(server.address)
        assert list(tmp_path.glob("*.pid.json"))
    assert not alive(pid)
    assert not list(tmp_path.glob("*.pid.json"))
    require_free(server.port)


@both
async def test_a_taken_port_is_named_with_its_holder(kind: str, tmp_path: Path) -> None:
    """Starting on somebody's port fails at once and says whose it is."""
    with socket.create_server(("127.0.0.1", 0)) as holder:
        port = holder.getsockname()[1]
        with pytest.raises(PortTaken, match=rf"^port {port} is taken by .*\(process {os.getpid()}\)"):
            async with server_of(kind, tmp_path, port):
                pass


async def test_a_taken_ui_port_is_named(tmp_path: Path) -> None:
    """The UI's port is looked at before the server is started."""
    with socket.create_server(("127.0.0.1", 0)) as holder:
        port = holder.getsockname()[1]
        with pytest.raises(PortTaken) as caught:
            async with DevServer(tmp_path, free_port(), port):
                pass
    assert caught.value.port == port


@both
async def test_a_server_left_behind_is_stopped_at_the_next_start(kind: str, tmp_path: Path) -> None:
    """A Caseline killed outright leaves its server running; the next one stops it and takes its port."""
    port = free_port()
    async with elsewhere(kind, tmp_path, port) as (owner, left_behind):
        owner.kill()
        owner.wait()
        assert alive(left_behind)
        async with server_of(kind, tmp_path, port) as server:
            assert not alive(left_behind)
            assert alive(server.pid)


async def test_a_server_in_use_is_not_stopped(tmp_path: Path) -> None:
    """A second Caseline on the same folder is refused, with the id of the first, which goes on."""
    async with elsewhere("dev", tmp_path, free_port()) as (owner, in_use):
        with pytest.raises(AlreadyRunning) as caught:
            async with server_of("dev", tmp_path, free_port()):
                pass
        assert caught.value.pid == owner.pid
        assert alive(in_use)


async def test_two_time_skipping_servers_run_side_by_side(tmp_path: Path) -> None:
    """They share nothing but the folder of their logs, so starting one leaves the other alone."""
    async with (
        elsewhere("test", tmp_path, free_port()) as (_, first),
        server_of("test", tmp_path, free_port()),
    ):
        assert alive(first)


async def test_a_process_id_used_again_is_left_alone(tmp_path: Path) -> None:
    """A stale pid file whose id belongs to another program by now stops nothing."""
    with subprocess.Popen(["sleep", "600"], start_new_session=True) as bystander:
        try:
            gone = ProcessMark(pid=bystander.pid, started=0.0)
            marks = Marks(server=ProcessMark.of(bystander.pid), owner=gone)
            (tmp_path / "temporal.pid.json").write_text(marks.model_dump_json())
            async with server_of("dev", tmp_path, free_port()):
                assert bystander.poll() is None
        finally:
            bystander.kill()


async def test_a_spoilt_pid_file_is_ignored(tmp_path: Path) -> None:
    """A pid file cut off by a power failure does not keep the server from starting."""
    (tmp_path / "temporal.pid.json").write_text('{"server": {"pi')
    async with server_of("dev", tmp_path, free_port()) as server:
        marks = Marks.model_validate_json((tmp_path / "temporal.pid.json").read_text())
        assert marks.server.pid == server.pid


async def test_a_server_that_cannot_start_says_why(tmp_path: Path) -> None:
    """The error quotes the end of the server's log, and nothing is left running."""
    (tmp_path / "temporal.db").write_text("this is no database " * 100)
    with pytest.raises(ServerFailed, match="ended with exit code") as caught:
        async with server_of("dev", tmp_path, free_port()):
            pass
    assert "file is not a database" in str(caught.value)
    assert not list(tmp_path.glob("*.pid.json"))


async def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """A file where the folder should be is told as such."""
    (tmp_path / "data").touch()
    with pytest.raises(FolderUnusable, match="data"):
        async with server_of("dev", tmp_path / "data", free_port()):
            pass


@both
async def test_a_cancelled_start_leaves_nothing(kind: str, tmp_path: Path) -> None:
    """Ctrl-C while the server is coming up stops it."""
    server = server_of(kind, tmp_path, free_port())
    start = asyncio.create_task(server.__aenter__())
    await eventually(lambda: bool(list(tmp_path.glob("*.pid.json"))))
    pid = server.pid
    start.cancel()
    with pytest.raises(asyncio.CancelledError):
        await start
    assert not alive(pid)
    assert not list(tmp_path.glob("*.pid.json"))


async def test_cases_survive_a_restart(tmp_path: Path) -> None:
    """The dev server started again on its folder knows the workflows of before."""
    port = free_port()
    async with server_of("dev", tmp_path, port) as server:
        client = await Client.connect(server.address)
        await client.start_workflow("Unknown", id="order:demo:taobao:T1", task_queue="nobody")
    async with server_of("dev", tmp_path, port) as server:
        client = await Client.connect(server.address)
        described = await client.get_workflow_handle("order:demo:taobao:T1").describe()
    assert described.workflow_type == "Unknown"


async def test_closed_cases_are_kept_for_a_year(tmp_path: Path) -> None:
    """The namespace that the server makes at start keeps histories for 365 days."""
    async with DevServer(tmp_path, free_port(), ui_port=0, namespace="shop") as server:
        client = await Client.connect(server.address, namespace="shop")
        described = await client.workflow_service.describe_namespace(DescribeNamespaceRequest(namespace="shop"))
    assert described.config.workflow_execution_retention_ttl.ToTimedelta().days == 365


async def test_the_ui_serves_its_page(tmp_path: Path) -> None:
    """With a UI port the dev server answers there too."""
    async with DevServer(tmp_path, free_port(), ui_port := free_port()):
        reader, writer = await asyncio.open_connection("127.0.0.1", ui_port)
        writer.write(b"GET / HTTP/1.0\r\n\r\n")
        status = await reader.readline()
        writer.close()
        await writer.wait_closed()
    assert b" 200 " in status


async def test_a_killed_dev_server_is_started_again(tmp_path: Path) -> None:
    """While it is being watched, the server comes back after a kill, on the same port."""
    async with DevServer(tmp_path, free_port(), ui_port=0) as server:
        watch = asyncio.create_task(server.keep_running())
        killed = server.pid
        os.kill(killed, signal.SIGKILL)
        await eventually(lambda: server.pid != killed)
        async with asyncio.timeout(PATIENCE):
            while True:
                with contextlib.suppress(RuntimeError):
                    await Client.connect(server.address)
                    break
        watch.cancel()
        await asyncio.gather(watch, return_exceptions=True)
        restarted = server.pid
    assert not alive(restarted)


async def test_the_end_of_a_server_is_told(tmp_path: Path) -> None:
    """Whoever waits for a server's end learns how it ended."""
    async with TestServer(tmp_path, free_port()) as server:
        os.kill(server.pid, signal.SIGKILL)
        assert await server.ended() == -signal.SIGKILL
