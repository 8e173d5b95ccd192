"""Why a service did not do what it was asked for.

ServiceError
├── NotFound          there is none, or it is another shop's
├── WrongPassword     no such account, or not its password
├── TooManyAttempts   to sign in under one name; later again
├── NotAllowed        the role or the permission may not; the sentence names what is missing
├── Invalid           input that does not hold; each field is named
├── Refused           the state of things does not allow it now, with every reason that applies
│   ├── KeyConflict     the key of this step was used with another body
│   ├── OrderConflict   the order is open with other content
│   ├── StockReserved   cases have reserved more than is said to be there
│   ├── SourceThere     the shop has a source of that name
│   └── NoFees          no fee is left to be invoiced
├── Slowed            more orders are opened than taken up; the same opening again will succeed
└── Unavailable       Temporal, every worker or the database is away; the same again may succeed

Beside these, `DatabaseAway` and Temporal's `RPCError` pass through.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from domain.errors import Refusal
from domain.invalid import InvalidValue
from domain.policy.input_words import INVALID_FIELD, LIMITS


class ServiceError(Exception):
    """Root of them.

    Attributes:
        code: stable snake_case, for programs.
        title: what went wrong, in a few words.
        detail: a sentence that can be read out.
        reasons: every reason, where there are several.
        retry_after: seconds after which the same may succeed; None where it will not.
    """

    code = "internal_error"
    title = "Something went wrong on our side"
    retry_after: int | None = None

    def __init__(
        self,
        detail: str,
        *,
        code: str | None = None,
        reasons: Sequence[Refusal] = (),
        retry_after: int | None = None,
    ) -> None:
        super().__init__(detail)
        self.detail, self.reasons = detail, reasons
        self.code = code or self.code
        self.retry_after = retry_after or self.retry_after


class NotFound(ServiceError):
    """There is none, or it is another shop's."""

    code, title = "not_found", "Not found"


class WrongPassword(ServiceError):
    """No such account, or not its password."""

    code, title = "wrong_password", "Signing in did not work"


class TooManyAttempts(ServiceError):
    """Too many tries to sign in under one name."""

    code, title = "too_many_attempts", "Too many attempts"
    retry_after = 60


class NotAllowed(ServiceError):
    """The role or the permission may not."""

    code, title = "forbidden", "Not allowed for this token"


class Invalid(ServiceError):
    """Input that does not hold; each field is named."""

    code, title = "invalid", "The input is not valid"


class Refused(ServiceError):
    """The state of things does not allow it."""

    code, title = "action_refused", "The case does not allow this now"


class KeyConflict(Refused):
    """The key of this step was used with another body."""

    code = "idempotency_conflict"


class OrderConflict(Refused):
    """The order is open with other content."""

    code = "order_conflict"


class StockReserved(Refused):
    """Cases have reserved more than is said to be there."""

    code, title = "below_reserved", "Cases have reserved more than that"


class SourceThere(Refused):
    """The shop has a source of that name."""

    code, title = "source_exists", "There is a source of that name"


class NoFees(Refused):
    """No fee of the range is left to be invoiced."""

    code, title = "nothing_to_invoice", "There is nothing to invoice"


class Slowed(ServiceError):
    """More orders are being opened than are taken up; try again."""

    code, title = "openings_slowed", "Too many orders are being opened"
    retry_after = 1


class Unavailable(ServiceError):
    """Temporal, every worker or the database is away; try again."""

    code, title = "unavailable", "Temporarily unavailable"
    retry_after = 2


def refused(reasons: Sequence[Refusal]) -> Refused:
    """A refusal that says all its reasons in one go."""
    return Refused(" ".join(reason.message for reason in reasons), reasons=reasons)


def invalid_field(field: str, why: str, zh: str) -> Invalid:
    """One field that does not hold; why, in English and Chinese."""
    return wrong_fields([(field.split("."), why, zh)])


def wrong_fields(fields: Iterable[tuple[Sequence[str | int], str, str]]) -> Invalid:
    """Each field by its place, with why it does not hold in English and Chinese."""
    return invalid_fields({"loc": loc, "msg": why, "zh": zh} for loc, why, zh in fields)


def invalid_fields(errors: Iterable[Mapping[str, Any]]) -> Invalid:
    """Each field by its place, as pydantic tells it; the offending values, which may be personal, are left out."""
    reasons = [_wrong(error) for error in errors]
    return Invalid("; ".join(reason.message for reason in reasons), reasons=reasons)


def _wrong(error: Mapping[str, Any]) -> Refusal:
    field, limits = ".".join(map(str, error["loc"])), error.get("ctx", {})
    own = limits.get("error")
    figures = {"field": field, "kind": error.get("type", "")} | {
        name: str(limits[name]) for name in LIMITS if name in limits
    }
    return Refusal(
        code=INVALID_FIELD,
        message=f"{field or 'body'}: {error['msg']}",
        figures={name: value for name, value in figures.items() if value},
        zh=own.zh if isinstance(own, InvalidValue) else error.get("zh", ""),
    )
