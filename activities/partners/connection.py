"""A connection to one partner system: signed HTTP calls, each with a key by which the partner does it once.

2xx is an answer. 408, 425, 429, 5xx, timeouts and lost connections are retried; any other 4xx is the partner's no.
"""

import asyncio
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Annotated, TypeVar
from urllib.parse import quote

import httpx
from pydantic import BaseModel, SecretStr, StringConstraints, ValidationError
from standardwebhooks import Webhook

from activities.partners.away import PartnerAway
from activities.partners.circuit import Circuit
from activities.partners.failures import not_connected, refused, unavailable
from domain.partners.partner import Partner
from runtime.clock import Clock

Answer = TypeVar("Answer", bound=BaseModel)

CALL_WITHIN = 15.0
"""Seconds for a whole call; activities give it twice that."""
CONNECT_WITHIN = 3.0
PASSING = frozenset({408, 425, 429})
"""The 4xx that speak of the moment, not of what was asked."""
WITHOUT_PROXY = {"all://127.0.0.1": None, "all://localhost": None, "all://[::1]": None}


class _Problem(BaseModel):
    """Of a partner's problem details only the code is read: the rest may name people."""

    code: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,63}$")]


class PartnerConnection:
    """One partner as activities call it; without an address every call ends at once as not connected."""

    def __init__(self, partner: Partner, url: str | None, secret: SecretStr | None, clock: Clock) -> None:
        self.partner = partner
        self._circuit = Circuit(partner, clock)
        self._signature = Webhook(secret.get_secret_value()) if secret else None
        self._http = httpx.AsyncClient(
            base_url=url or "",
            timeout=httpx.Timeout(CALL_WITHIN, connect=CONNECT_WITHIN),
            headers={"User-Agent": "caseline", "Accept": "application/json"},
            mounts=WITHOUT_PROXY,
        )

    async def post(self, path: str, key: str, request: BaseModel, answers: type[Answer]) -> Answer:
        """Asks the partner for something, once per key however often it is called.

        Raises:
            ApplicationError: `FailureType` says which; retryable where the partner may answer later.
        """
        if not self._http.base_url.host or self._signature is None:
            raise not_connected(self.partner)
        body = request.model_dump_json()
        headers = self._headers(self._signature, quote(key, safe=":/.#@+"), body)
        try:
            async with self._circuit.passing():
                response = await self._send(path, headers, body)
            if response.is_client_error:
                raise refused(self.partner, _code(response), response.status_code)
            return _read(response, answers)
        except PartnerAway as away:
            raise unavailable(self.partner, away) from None

    async def close(self) -> None:
        """Gives back its sockets."""
        await self._http.aclose()

    def _headers(self, signature: Webhook, key: str, body: str) -> dict[str, str]:
        now = datetime.now(UTC)  # noqa: TID251 - the machine's, also in the sandbox: partners compare it with their own
        return {
            "Content-Type": "application/json",
            "Idempotency-Key": key,
            "webhook-id": key,
            "webhook-timestamp": str(int(now.timestamp())),
            "webhook-signature": signature.sign(key, now, body),
        }

    async def _send(self, path: str, headers: dict[str, str], body: str) -> httpx.Response:
        """The partner's answer, 2xx or a refusal. Raises PartnerAway for anything else."""
        try:
            async with asyncio.timeout(CALL_WITHIN):
                response = await self._http.post(path, content=body.encode(), headers=headers)
        except (httpx.TimeoutException, TimeoutError):
            raise PartnerAway("timeout") from None
        except httpx.RequestError:
            raise PartnerAway("no_connection") from None
        if response.is_success or (response.is_client_error and response.status_code not in PASSING):
            return response
        raise PartnerAway(_code(response), status=response.status_code, retry_after=_retry_after(response))


def _read(response: httpx.Response, answers: type[Answer]) -> Answer:
    """The answer; one that cannot be read is asked for again, which the key makes safe. Raises PartnerAway."""
    try:
        return answers.model_validate_json(response.content)
    except ValidationError:
        raise PartnerAway("unreadable_answer", status=response.status_code) from None


def _code(response: httpx.Response) -> str:
    try:
        return _Problem.model_validate_json(response.content).code
    except ValidationError:
        return f"http_{response.status_code}"


def _retry_after(response: httpx.Response) -> timedelta | None:
    """How long the partner wants to be left alone: it says seconds, or a date by its own clock."""
    said = response.headers.get("Retry-After", "").strip()
    if said.isascii() and said.isdigit():
        return timedelta(seconds=min(int(said[:9]), 10**8))
    until = _http_date(said)
    if until is None:
        return None
    return max(until - (_http_date(response.headers.get("Date", "")) or datetime.now(UTC)), timedelta(0))  # noqa: TID251


def _http_date(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
