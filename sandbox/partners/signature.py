"""A call to a partner system, let in by its signature."""

from dataclasses import dataclass
from typing import Any

from fastapi import Depends, Request
from pydantic import SecretStr
from standardwebhooks import Webhook, WebhookVerificationError

from api.problems import Unauthorized
from services.errors import Invalid


@dataclass(frozen=True, slots=True)
class SignedCall:
    """A call that is truly Caseline's; `key` is what the partner answers repeats by."""

    key: str
    body: bytes


def signed_with(secret: SecretStr) -> Any:
    """A dependency: the call, if it is signed with the secret, by Standard Webhooks."""
    signature = Webhook(secret.get_secret_value())

    async def dependency(request: Request) -> SignedCall:
        body = await request.body()
        try:
            signature.verify(body, dict(request.headers), json_parse=False)
        except (WebhookVerificationError, ValueError):  # the library lets malformed ones through as ValueError
            raise Unauthorized("This call is not signed with the secret that we share, or not just now.") from None
        key = request.headers.get("idempotency-key", "")
        if key != request.headers["webhook-id"]:
            raise Invalid("Idempotency-Key must be there, and the same as webhook-id.")
        return SignedCall(key, body)

    return Depends(dependency)
