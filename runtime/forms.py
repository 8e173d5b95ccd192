"""What the values of settings look like, and how that is said to who wrote another."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Mapping
from typing import Annotated

from pydantic import AfterValidator, Field, SecretStr, StringConstraints


def _signing_key(secret: SecretStr) -> SecretStr:
    """Standard Webhooks' form of a secret."""
    kind, _, key = secret.get_secret_value().partition("_")
    if kind != "whsec" or not 24 <= len(b64decode(key, validate=True)) <= 64:
        raise ValueError("not a signing secret")
    return secret


Port = Annotated[int, Field(ge=1, le=65535)]
PortOrOff = Annotated[int, Field(ge=0, le=65535)]
Address = Annotated[str, StringConstraints(pattern=r"^[^\s:/]+:\d{1,5}$")]
DatabaseUrl = Annotated[str, StringConstraints(pattern=r"^(sqlite:///|postgresql://)\S+$")]
FilesUrl = Annotated[str, StringConstraints(pattern=r"^(file:///|s3://|gs://|az://)\S+$")]
PartnerUrl = Annotated[str, StringConstraints(pattern=r"^https?://[^\s@?#]+$")]
PartnerSecret = Annotated[SecretStr, AfterValidator(_signing_key)]

PARTNER_FORM = "must look like https://partner.example.com/api, without a user or a query"
FORMS: Mapping[str, str] = {
    "temporal_ui_url": "must look like https://temporal.example.com, without a user or a query",
    "temporal_address": "must look like temporal.example.com:7233",
    "database_url": "must look like postgresql://user:password@host/name or sqlite:///file.db",
    "files_url": "must look like file:///var/lib/caseline/files or s3://bucket/folder",
    "partner_secret": "must look like whsec_ and the base64 of 24 to 64 random bytes",
}
"""What to write instead, by the setting's name, where pydantic would quote a pattern."""
