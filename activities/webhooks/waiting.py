"""How long a receiver asks to be left alone: `Retry-After`, in seconds or as a date (RFC 9110, 10.2.3)."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime


def retry_after(value: str, now: datetime) -> float | None:
    """The seconds that a header asks for, at least 0; None where it says nothing that can be read.

    Args:
        value: of the header.
        now: by the machine's clock, as the receiver's date is by its own.
    """
    value = value.strip()
    if value.isascii() and value.isdigit():
        return float(value[:9])
    try:
        at = parsedate_to_datetime(value)
    except ValueError:
        return None
    return max(((at if at.tzinfo else at.replace(tzinfo=UTC)) - now).total_seconds(), 0.0)
