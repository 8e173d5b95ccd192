"""Ports: whether they are free, and who holds them."""

from __future__ import annotations

import os
import socket
import subprocess
import sys

import psutil
import pytest

from runtime import ports
from runtime.errors import CannotListen, PortTaken
from runtime.ports import LOCAL, free_port, holder_of, listens, require_free


def test_a_free_port_passes() -> None:
    """Nobody listens on a port that we are given, and nobody is given it twice."""
    port = free_port()
    require_free(port)
    assert holder_of(port) is None


def test_a_port_given_to_another_process_is_not_given_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two processes that look at the same moment get different ports, though nobody listens yet."""
    looking = "from runtime import ports; print(ports.free_port(), flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", looking], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        theirs = int(other.stdout.readline())
        monkeypatch.setattr(ports, "_UNTRIED", iter([theirs, ours := free_port()]))
        with pytest.raises(CannotListen, match="every port that may be ours is taken"):
            free_port()
        other.communicate("\n")
    monkeypatch.setattr(ports, "_UNTRIED", iter([theirs]))
    assert free_port() == theirs != ours, "free again once the other has ended"


def test_a_port_taken_on_one_address_is_taken_everywhere() -> None:
    """A server that wants every interface cannot have a port that somebody holds on one."""
    with socket.create_server((LOCAL, 0)) as holder:
        port = holder.getsockname()[1]
        with pytest.raises(PortTaken):
            require_free(port, "0.0.0.0")


def test_the_holder_is_named() -> None:
    """The holder's name and process id, and only the process that listens counts as listening."""
    with socket.create_server((LOCAL, 0)) as holder:
        port = holder.getsockname()[1]
        assert holder_of(port) == f"{psutil.Process().name()} (process {os.getpid()})"
        assert listens(psutil.Process(), port)
    assert not listens(psutil.Process(), port)


def test_an_address_of_another_machine_is_told_as_such() -> None:
    """It is not reported as a taken port."""
    with pytest.raises(CannotListen, match=r"^cannot listen on 192\.0\.2\.1, port 8080: "):
        require_free(8080, "192.0.2.1")
