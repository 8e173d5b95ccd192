"""Which ports are free, and who holds those that are not."""

from __future__ import annotations

import contextlib
import errno
import random
import socket

import psutil

from runtime.errors import CannotListen, PortTaken

LOCAL = "127.0.0.1"
EVERYWHERE = "0.0.0.0"

_OURS = range(20_000, 32_000)
_UNTRIED = iter(random.sample(_OURS, len(_OURS)))


def require_free(port: int, host: str = LOCAL, setting: str | None = None) -> None:
    """Make sure that one could listen on the port now.

    Args:
        port: which.
        host: the address to listen at.
        setting: the variable that chooses another port, for the error.

    Raises:
        PortTaken: somebody listens there already; names who, where the system tells.
        CannotListen: the system forbids it.
    """
    try:
        family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise PortTaken(port, holder_of(port), setting) from error
        raise CannotListen(host, port, error.strerror or str(error)) from error


def free_port() -> int:
    """A port on which nobody listens at this moment, and that no living process of ours was given before.

    It lies below those that systems hand out by themselves: a port of theirs may go to anybody before one listens.
    """
    for port in _UNTRIED:
        with contextlib.suppress(PortTaken):
            require_free(port)
            if _signed(port):
                return port
    raise CannotListen(LOCAL, _OURS[-1], "every port that may be ours is taken")


def _signed(port: int) -> bool:
    """Whether the port is this process's to give: the UDP port of its number is held while the process lives."""
    sign = socket.socket(type=socket.SOCK_DGRAM)
    try:
        sign.bind((LOCAL, port))
    except OSError:
        sign.close()
        return False
    sign.detach()  # open until the process ends, and nobody's to close
    return True


def holder_of(port: int) -> str | None:
    """Who listens on a port, as `name (process pid)`; None when the system does not tell."""
    # Some systems show only root the sockets of others, and a process may end while it is being asked.
    with contextlib.suppress(psutil.Error):
        for connection in psutil.net_connections("tcp"):
            if connection.status == psutil.CONN_LISTEN and connection.laddr[1:] == (port,) and connection.pid:
                return f"{psutil.Process(connection.pid).name()} (process {connection.pid})"
    return None


def listens(process: psutil.Process, port: int) -> bool:
    """Whether this very process listens on the port."""
    return any(
        connection.status == psutil.CONN_LISTEN and connection.laddr[1:] == (port,)
        for connection in process.net_connections("tcp")
    )
