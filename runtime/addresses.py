"""Names looked up once: whoever is to be called is called at the very addresses that were checked."""

import asyncio
import socket

from domain.webhooks.addresses import is_public


class NotPublic(Exception):
    """A name stands for an address that is not public, and such are not called."""


class NoSuchHost(Exception):
    """Nobody knows the name now."""


async def look_up(host: str, port: int, *, private: bool) -> list[str]:
    """The addresses of a host, in the order in which they are to be tried.

    Args:
        host: a name, or an address as it stands.
        port: that will be called.
        private: whether addresses may be called that are not public.

    Raises:
        NoSuchHost: nobody knows the name now.
        NotPublic: one of the addresses is not public, and has to be.
    """
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as unknown:
        raise NoSuchHost(host) from unknown
    addresses = list(dict.fromkeys(str(address[0]) for *_, address in found))
    if not private and not all(is_public(address) for address in addresses):
        raise NotPublic(host)
    return addresses
