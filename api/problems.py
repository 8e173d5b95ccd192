"""Every error as RFC 9457 problem details; a client never sees a stack trace.

Problem
├── Unauthorized       401
├── NotFound           404
├── ForbiddenProblem   403: the missing role or permission named
├── Invalid            422: each field named
├── Conflict           409: action_refused, order_conflict, idempotency_conflict
├── TooLarge           413
└── Unavailable        503: Temporal or the database is away
"""

from collections.abc import Sequence
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field, ValidationError
from starlette.exceptions import HTTPException
from temporalio.service import RPCError

from domain.errors import Refusal
from store.database import DatabaseAway
from store.pages import BadCursor

log = structlog.get_logger(__name__)

MEDIA_TYPE = "application/problem+json"
RETRY_AFTER_SECONDS = "2"


class ProblemDetails(BaseModel):
    """The body of every error."""

    status: int = Field(examples=[409])
    title: str = Field(examples=["The case does not allow this now"])
    detail: str = Field(examples=["The order has not been shipped in full, so there is no receipt to confirm."])
    code: str = Field(examples=["action_refused"])
    reasons: list[Refusal] = Field(
        default=[],
        examples=[
            [
                {
                    "code": "not_shipped",
                    "message": "The order has not been shipped in full, so there is no receipt to confirm.",
                }
            ]
        ],
    )


class Problem(Exception):
    """An error that a client is told."""

    status = 500
    code = "internal_error"
    title = "Something went wrong on our side"

    def __init__(self, detail: str, *, code: str | None = None, reasons: Sequence[Refusal] = ()) -> None:
        super().__init__(detail)
        self.detail, self.reasons = detail, reasons
        self.code = code or self.code

    def response(self) -> JSONResponse:
        """The answer to the client."""
        body = ProblemDetails(
            status=self.status,
            title=self.title,
            detail=self.detail,
            code=self.code,
            reasons=list(self.reasons),
        )
        headers = {"Retry-After": RETRY_AFTER_SECONDS} if self.status == 503 else None
        content = body.model_dump(mode="json", exclude={"reasons"} if not self.reasons else None)
        return JSONResponse(content, self.status, headers, media_type=MEDIA_TYPE)


class Unauthorized(Problem):
    """No token, or one that nobody knows."""

    status, code, title = 401, "unauthorized", "A valid token is needed"


class NotFound(Problem):
    """There is none, or it is another merchant's."""

    status, code, title = 404, "not_found", "Not found"


class ForbiddenProblem(Problem):
    """The role or the permission may not."""

    status, code, title = 403, "forbidden", "Not allowed for this token"


class Invalid(Problem):
    """Input that does not hold; each field is named."""

    status, code, title = 422, "invalid", "The input is not valid"


class Conflict(Problem):
    """The state of things does not allow it."""

    status, code, title = 409, "action_refused", "The case does not allow this now"


class TooLarge(Problem):
    """More bytes than are taken."""

    status, code, title = 413, "too_large", "The body is too large"


class Unavailable(Problem):
    """Temporal or the database is away; try again."""

    status, code, title = 503, "unavailable", "Temporarily unavailable"


def invalid_fields(errors: Sequence[Any], prefix: str = "") -> Invalid:
    """Problem details that name each field; the offending values, which may be personal, are left out."""
    reasons = []
    for error in errors:
        place = [str(part) for part in error["loc"] if part not in ("body", "query", "path")]
        field = ".".join(([prefix] if prefix else []) + place) or "body"
        reasons.append(Refusal(code="invalid_field", message=f"{field}: {error['msg']}"))
    return Invalid("; ".join(reason.message for reason in reasons), reasons=reasons)


def install(app: FastAPI) -> None:
    """One place that turns every exception into problem details."""

    @app.exception_handler(Problem)
    async def _problem(_: Request, problem: Problem) -> JSONResponse:
        return problem.response()

    @app.exception_handler(RequestValidationError)
    async def _request(_: Request, error: RequestValidationError) -> JSONResponse:
        return invalid_fields(error.errors()).response()

    @app.exception_handler(ValidationError)
    async def _input(_: Request, error: ValidationError) -> JSONResponse:
        return invalid_fields(error.errors()).response()

    @app.exception_handler(BadCursor)
    async def _cursor(_: Request, error: BadCursor) -> JSONResponse:
        return invalid_fields([{"loc": ("cursor",), "msg": str(error)}]).response()

    @app.exception_handler(HTTPException)
    async def _http(_: Request, error: HTTPException) -> JSONResponse:
        if error.status_code == 404:
            return NotFound("There is nothing at this address.").response()
        plain = Problem(str(error.detail), code="http_error")
        plain.status, plain.title = error.status_code, str(error.detail)
        return plain.response()

    @app.exception_handler(DatabaseAway)
    async def _database(_: Request, error: DatabaseAway) -> JSONResponse:
        log.warning("database_away", error=str(error))
        return Unavailable("The database does not answer. Nothing was lost; please try again.").response()

    @app.exception_handler(RPCError)
    async def _temporal(_: Request, error: RPCError) -> JSONResponse:
        log.warning("temporal_away", error=error.message)
        return Unavailable("Temporal does not answer. Nothing was lost; please try again.").response()

    @app.exception_handler(Exception)
    async def _unexpected(request: Request, error: Exception) -> JSONResponse:
        log.exception("unexpected_error", path=request.url.path, error_type=type(error).__name__)
        return Problem("Please try again, and tell us if it happens again.").response()
