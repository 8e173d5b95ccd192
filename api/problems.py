"""Every error as RFC 9457 problem details; a client never sees a stack trace.

What services refuse (`services.errors`) gets its status here; three errors are HTTP's own:

ServiceError
├── TooDeep        400: a body that is nested without end
├── Unauthorized   401: no token, or one that nobody knows
└── TooLarge       413: more bytes than are taken

Input that does not hold is `Invalid`, raised where it is read. A ValidationError that comes by here is none of the
client's: something of our own does not fit its model.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.routing import iter_route_contexts
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from temporalio.service import RPCError

from api.language import asked_for, shops_own
from api.problem_words import TITLES, detail_in_chinese
from domain.errors import Refusal
from domain.language import Language
from domain.policy.refusal_words import refusal_in
from services.errors import (
    Invalid,
    NotAllowed,
    NotFound,
    Refused,
    ServiceError,
    Slowed,
    TooManyAttempts,
    Unavailable,
    WrongPassword,
    invalid_field,
    invalid_fields,
)
from store.database import DatabaseAway
from store.pages import BadCursor
from store.tokens import Principal

log = structlog.get_logger(__name__)

MEDIA_TYPE = "application/problem+json"


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


class Unauthorized(ServiceError):
    """No token, or one that nobody knows."""

    code, title = "unauthorized", "A valid token is needed"


class TooDeep(ServiceError):
    """A body that is nested without end."""

    code, title = "too_deep", "The body is nested too deeply"


class TooLarge(ServiceError):
    """More bytes than are taken."""

    code, title = "too_large", "The body is too large"


STATUSES: Mapping[type[ServiceError], int] = {
    TooDeep: 400,
    Unauthorized: 401,
    WrongPassword: 401,
    NotAllowed: 403,
    NotFound: 404,
    Refused: 409,
    TooLarge: 413,
    Invalid: 422,
    TooManyAttempts: 429,
    Slowed: 429,
    Unavailable: 503,
}


def problem(error: ServiceError, language: Language = Language.EN) -> JSONResponse:
    """The answer to the client, in that language."""
    status = next((status for kind, status in STATUSES.items() if isinstance(error, kind)), 500)
    headers = {"Retry-After": str(error.retry_after)} if error.retry_after else None
    reasons = [refusal_in(language, reason) for reason in error.reasons]
    title, detail = error.title, error.detail
    if language is Language.ZH:
        title = TITLES[type(error).code]
        detail = " ".join(reason.message for reason in reasons) or detail_in_chinese(error.code, title)
    return _answer(status, title, detail, error.code, reasons, headers)


def _answer(
    status: int,
    title: str,
    detail: str,
    code: str,
    reasons: Sequence[Refusal] = (),
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:
    body = ProblemDetails(status=status, title=title, detail=detail, code=code, reasons=list(reasons))
    content = body.model_dump(mode="json", exclude={"reasons"} if not reasons else None)
    return JSONResponse(content, status, headers, media_type=MEDIA_TYPE)


def _sent(errors: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """The fields without the part of the request that they stand in."""
    for error in errors:
        yield {**error, "loc": [part for part in error["loc"] if part not in ("body", "query", "path")]}


def _methods_at(app: FastAPI, request: Request) -> list[str]:
    """What may be asked of an address: each of its methods may be a route of its own."""
    here = (route for route in iter_route_contexts(app.routes) if route.path_regex.match(request.url.path))
    return sorted({method for route in here for method in route.methods or ()})


async def _language(request: Request, error: ServiceError) -> Language:
    """What the client asks for; else a refusal is in the shop's own, to be read out, and the rest in English."""
    if language := asked_for(request.headers.get("accept-language", "")):
        return language
    caller: Principal | None = getattr(request.state, "principal", None)
    if caller is None or not (isinstance(error, Refused) and error.reasons):
        return Language.EN
    return await shops_own(request.app.state.context, caller)


def language_asked_for(request: Request) -> Language:
    """The language that a request asks for; English where it asks for none."""
    return asked_for(request.headers.get("accept-language", "")) or Language.EN


def install(app: FastAPI) -> None:
    """One place that turns every exception into problem details."""

    @app.exception_handler(ServiceError)
    async def _service(request: Request, error: ServiceError) -> JSONResponse:
        return problem(error, await _language(request, error))

    @app.exception_handler(RequestValidationError)
    async def _request(request: Request, error: RequestValidationError) -> JSONResponse:
        return await _service(request, invalid_fields(_sent(error.errors())))

    @app.exception_handler(BadCursor)
    async def _cursor(request: Request, error: BadCursor) -> JSONResponse:
        return await _service(request, invalid_field("cursor", str(error), "不是这个列表给出的游标"))

    @app.exception_handler(HTTPException)
    async def _http(request: Request, error: HTTPException) -> JSONResponse:
        if error.status_code == 404:
            return await _service(request, NotFound("There is nothing at this address."))
        if error.status_code == 405:
            allowed = ", ".join(_methods_at(app, request))
            title, detail = "Not for this address", f"{request.method} is not for this address; allowed: {allowed}."
            if language_asked_for(request) is Language.ZH:
                title, detail = "这个地址不支持该方法", f"这个地址不支持 {request.method}，可用：{allowed}。"
            return _answer(405, title, detail, "method_not_allowed", headers={"Allow": allowed})
        return _answer(error.status_code, str(error.detail), str(error.detail), "http_error")

    @app.exception_handler(DatabaseAway)
    async def _database(request: Request, error: DatabaseAway) -> JSONResponse:
        log.warning("database_away", error=str(error))
        away = Unavailable("The database does not answer. Nothing was lost; please try again.")
        return problem(away, language_asked_for(request))

    @app.exception_handler(RPCError)
    async def _temporal(request: Request, error: RPCError) -> JSONResponse:
        log.warning("temporal_away", error=error.message)
        away = Unavailable("Temporal does not answer. Nothing was lost; please try again.")
        return problem(away, language_asked_for(request))

    @app.exception_handler(Exception)
    async def _unexpected(request: Request, error: Exception) -> JSONResponse:
        log.exception("unexpected_error", path=request.url.path, error_type=type(error).__name__)
        ours = ServiceError("Please try again, and tell us if it happens again.")
        return problem(ours, language_asked_for(request))
