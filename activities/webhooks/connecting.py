"""Connections to receivers: a name is looked up, its addresses are checked, and one of the checked is connected to.

So nobody can name a public address when it is checked and a private one when it is called. TLS and the `Host` header
keep the name.
"""

from collections.abc import Iterable

import httpcore
from httpcore import SOCKET_OPTION, AnyIOBackend, AsyncNetworkBackend, AsyncNetworkStream

from runtime.addresses import look_up


class CheckedBackend(AsyncNetworkBackend):
    """Opens TCP connections to checked addresses only. Raises NotPublic and NoSuchHost where there is none."""

    def __init__(self, *, private: bool) -> None:
        self.private, self._backend = private, AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's signature
        local_address: str | None = None,
        socket_options: Iterable[SOCKET_OPTION] | None = None,
    ) -> AsyncNetworkStream:
        """A connection to the first address of the host that lets one in."""
        refused: Exception | None = None
        for address in await look_up(host, port, private=self.private):
            try:
                return await self._backend.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                refused = error
        raise refused or httpcore.ConnectError(host)

    async def sleep(self, seconds: float) -> None:
        """Waits."""
        await self._backend.sleep(seconds)
