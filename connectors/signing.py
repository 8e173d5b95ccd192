"""Signatures of platforms, compared in constant time; what has a time is refused once it is old."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import md5
from hmac import compare_digest

WINDOW = timedelta(minutes=5)
"""How long a signed request may travel; later it may be somebody's repetition."""

FORGED = "the signature is not the platform's"
OLD = "the request is older than five minutes, or from the future"


def md5_hex(text: str) -> str:
    """MD5 as platforms still sign with it: the secret at both ends, never alone at the beginning."""
    return md5(text.encode(), usedforsecurity=False).hexdigest()


def is_same(expected: str, told: str | None) -> bool:
    """Whether two hexadecimal or base64 signatures are one, without telling by time where they differ."""
    return compare_digest(expected.lower().encode(), (told or "").lower().encode())


def in_order(params: Mapping[str, str], besides: str = "sign") -> str:
    """Names and values one after another, in the order of the names, as TOP and JOS sign them."""
    return "".join(f"{name}{params[name]}" for name in sorted(params) if name != besides)


def is_fresh(at: datetime | None, now: datetime) -> bool:
    """Whether a request was sent just now."""
    return at is not None and abs(now - at) <= WINDOW
