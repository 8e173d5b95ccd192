"""Which addresses receivers may have: public ones, so that nobody reaches through us into a network behind us."""

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

from domain.invalid import InvalidValue

_IPV4_WITHIN = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"))
"""Where gateways translate into IPv4 (RFC 6052, RFC 8215): whose address that is, only they know."""

PORTS = {"http": 80, "https": 443}
"""Where a receiver listens that names no port."""


def host_and_port(url: str) -> tuple[str, int]:
    """Where a receiver stands. Raises ValueError, which says why the URL is none that can be delivered to."""
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname:
        raise InvalidValue(
            "must look like https://shop.example.com/caseline", "须形如 https://shop.example.com/caseline"
        )
    if "@" in parts.netloc or parts.fragment or not url.isascii() or not url.isprintable() or " " in url:
        raise InvalidValue(
            "must be without a user, a fragment, and what a URL has to escape", "不能带用户名、# 片段或需要转义的字符"
        )
    return parts.hostname, parts.port or PORTS[parts.scheme]


def is_public(address: str) -> bool:
    """Whether an IP address is anybody's on the internet; those that carry another one within them are not."""
    found = ip_address(address.partition("%")[0])
    if isinstance(found, IPv6Address):
        return _is_public_6(found)
    return _is_public_4(found)


def _is_public_4(found: IPv4Address) -> bool:
    return found.is_global and not found.is_multicast


def _is_public_6(found: IPv6Address) -> bool:
    if found.ipv4_mapped is not None:
        return _is_public_4(found.ipv4_mapped)
    if found.sixtofour is not None or found.teredo is not None or any(found in net for net in _IPV4_WITHIN):
        return False
    return found.is_global and not found.is_multicast and not found.is_site_local
