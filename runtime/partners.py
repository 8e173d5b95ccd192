"""Partners on this machine: where the sandbox's own stand, and what they and Caseline sign with."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

from pydantic import SecretStr

PARTNER_SYSTEMS = "/sandbox/partner-systems"
"""Where the sandbox's own partner systems stand; they check signatures, not tokens."""
PLATFORM_GATEWAYS = "/sandbox/platform-gateways"
"""Where the sandbox's own marketplaces are called; they check signatures, not tokens."""
PARTNER_PATHS = {
    "payments_url": f"{PARTNER_SYSTEMS}/payment",
    "messaging_url": f"{PARTNER_SYSTEMS}/messaging",
    "erp_url": f"{PARTNER_SYSTEMS}/erp",
    "carrier_url": f"{PARTNER_SYSTEMS}/carrier",
}
SANDBOX_SECRET = SecretStr("whsec_Y2FzZWxpbmUtc2FuZGJveC1wYXJ0bmVycw==")
"""What the sandbox's partners and Caseline sign with; known to everybody, as the demo tokens are."""


def sandbox_partners(port: int) -> dict[str, str]:
    """The settings by which partners are the sandbox's own, served on that port."""
    return {name: f"http://127.0.0.1:{port}{path}" for name, path in PARTNER_PATHS.items()}


def on_this_machine(url: str) -> bool:
    """Whether a partner stands where we do."""
    host = urlsplit(url).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
