"""Calls to receivers: one signed POST, no redirect followed, bounds on what they take and on what they answer."""

import asyncio
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from ssl import SSLContext

import httpcore
from standardwebhooks import Webhook

from activities.webhooks.connecting import CheckedBackend
from activities.webhooks.waiting import retry_after
from domain.webhooks.event import MEDIA_TYPE, WebhookEvent
from domain.webhooks.standing import Attempt
from runtime.addresses import NoSuchHost, NotPublic

CALL_WITHIN = 15.0
"""Seconds for a whole call."""
CONNECT_WITHIN = 5.0
MOST_ANSWERED = 16 * 1024
"""Bytes of an answer that are read away to use its connection again; nothing in it is looked at."""
IDLE_FOR = 30.0
"""Seconds that a connection stays open for the next event."""
CONNECTIONS = 100
KEPT_OPEN = 20


class Receivers:
    """Everybody to whom this process delivers."""

    def __init__(self, *, private: bool, tls: SSLContext | None = None) -> None:
        """Connections are opened when they are needed.

        Args:
            private: whether receivers may stand at addresses that are not public.
            tls: whom to trust; None for the usual authorities.
        """
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=tls,
            max_connections=CONNECTIONS,
            max_keepalive_connections=KEPT_OPEN,
            keepalive_expiry=IDLE_FOR,
            network_backend=CheckedBackend(private=private),
        )

    async def post(self, url: str, secrets: Sequence[str], event: WebhookEvent) -> Attempt:
        """Sends an event once, signed with every secret."""
        started = time.monotonic()
        status: int | None = None
        asked, error = "", None
        try:
            async with asyncio.timeout(CALL_WITHIN):
                status, asked = await self._post(url, signed(event, secrets), event.body.encode())
            error = None if 200 <= status < 300 else f"http_{status}"
        except (TimeoutError, httpcore.TimeoutException):
            error = "timeout"
        except NotPublic:
            error = "not_public"
        except NoSuchHost:
            error = "no_such_host"
        except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol, AttributeError):
            # AttributeError is what anyio raises on uvloop of a connection that is gone as soon as it is there.
            error = "no_connection"
        return Attempt(
            status=status,
            error=error,
            retry_after=retry_after(asked, _now()) if error else None,
            took_ms=round((time.monotonic() - started) * 1000),
        )

    async def close(self) -> None:
        """Gives back every connection."""
        await self._pool.aclose()

    async def _post(self, url: str, headers: dict[str, str], body: bytes) -> tuple[int, str]:
        """The status of the answer, and its `Retry-After`."""
        timeouts = {"connect": CONNECT_WITHIN, "read": CALL_WITHIN, "write": CALL_WITHIN, "pool": CALL_WITHIN}
        async with self._pool.stream(
            "POST", url, headers=list(headers.items()), content=body, extensions={"timeout": timeouts}
        ) as response:
            size = 0
            async for chunk in response.aiter_stream():
                size += len(chunk)
                if size > MOST_ANSWERED:
                    break
            asked = [value for name, value in response.headers if name.lower() == b"retry-after"]
            return response.status, asked[0].decode("latin-1") if asked else ""


def signed(event: WebhookEvent, secrets: Sequence[str]) -> dict[str, str]:
    """The headers of Standard Webhooks, with a signature by each secret."""
    now = _now()
    return {
        "Content-Type": f"{MEDIA_TYPE}; charset=utf-8",
        "User-Agent": "caseline",
        "webhook-id": event.event_id,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": " ".join(Webhook(secret).sign(event.event_id, now, event.body) for secret in secrets),
    }


def _now() -> datetime:
    """By the machine's clock, also in the sandbox: receivers go by their own."""
    return datetime.now(UTC)  # noqa: TID251
