"""The middleware in front of every route: who is calling, and is the body small enough?

Who calls has a token, or a browser's session; with a session, whatever changes something needs its CSRF token too. It
stands before the routes so that an unknown token is answered 401 whatever else is wrong with the request. The sandbox's
partner systems have no tokens: they check the signature themselves, as we check that of platforms. Who signs in has a
password.
"""

import re
import secrets
import time
from datetime import UTC, datetime

import structlog
from fastapi import Request
from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api import desk
from api.cookies import CSRF_HEADER, SAFE_METHODS, session_of
from api.problems import TooLarge, Unauthorized, language_asked_for, problem
from runtime.partners import PARTNER_SYSTEMS, PLATFORM_GATEWAYS
from services.callers import Callers
from services.errors import NotAllowed, ServiceError, Unavailable
from services.files import MOST_BYTES
from services.signing_in import csrf_token, session_hash
from services.sources import find_signer
from store import sessions
from store.database import Database, DatabaseAway
from store.tokens import Principal

log = structlog.get_logger(__name__)

OPEN_PATHS = ("/healthz", "/readyz", "/metrics", "/docs", "/redoc", "/openapi.json", "/favicon.ico")
SIGN_IN = "/v1/sessions"
UPLOADS = re.compile(r"/v1/cases/[^/]+/files")
UPLOAD_BYTES = MOST_BYTES + 64 * 1024
"""A file, and what multipart puts around it."""
INBOUND = "/v1/inbound/"
DOCUMENT_FILES = "/docs/files"
"""What `/docs` and `/redoc` are drawn with: files of a package, so that they work offline."""


class AccessMiddleware:
    """Refuses unknown tokens, and bodies over the limit."""

    def __init__(self, app: ASGIApp, db: Database, callers: Callers, max_body_bytes: int) -> None:
        self.app, self.db, self.callers, self.max_body_bytes = app, db, callers, max_body_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Lets a request through, or answers it."""
        if scope["type"] != "http" or _is_open(scope["path"]):
            await self.app(scope, receive, send)
            return
        by_signature = _is_signed(Request(scope))
        by_other_means = by_signature or _asks_by_itself(scope)
        try:
            principal = None if by_other_means else await self._principal(Request(scope))
            body = await self._body(Request(scope, receive))
            if by_signature:
                principal = await self._signer(Request(scope), body)
        except ServiceError as error:
            await problem(error, language_asked_for(Request(scope)))(scope, receive, send)
            return
        except ClientDisconnect:
            return  # a browser that went to another page waits for no answer
        scope.setdefault("state", {})["principal"] = principal
        with structlog.contextvars.bound_contextvars(account=principal.account if principal else None):
            await self._logged(scope, _again(body, receive), send)

    async def _logged(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One line a request: what, by whom, how it ended, how long it took; no query, no body."""
        status, started = 500, time.perf_counter()

        async def noting(message: Message) -> None:
            nonlocal status
            status = message.get("status", status)
            await send(message)

        try:
            await self.app(scope, receive, noting)
        finally:
            took = round((time.perf_counter() - started) * 1000, 1)
            log.info("request", method=scope["method"], path=scope["path"], status=status, took_ms=took)

    async def _principal(self, request: Request) -> Principal:
        try:
            if secret := session_of(request):
                now = datetime.now(UTC)  # noqa: TID251
                principal = await self.db.read(sessions.find_session, session_hash(secret), now)
                if principal is None:
                    raise Unauthorized("This session is over. Please sign in again.")
                _check_own_page(request, secret)
                return principal
            principal = await self.callers.find(_token(request))
        except DatabaseAway as away:
            raise Unavailable("The database does not answer. Please try again.") from away
        if principal is None:
            raise Unauthorized("This token is not known here, was revoked, or has expired.")
        return principal

    async def _signer(self, request: Request, body: bytes) -> Principal:
        source = request.query_params.get("source", "")
        now = datetime.now(UTC)  # noqa: TID251
        try:
            principal = await find_signer(self.db, source, request.headers, body, now)
        except DatabaseAway as away:
            raise Unavailable("The database does not answer. Please try again.") from away
        if principal is None:
            raise Unauthorized("No source that is known here signed this in the last five minutes.")
        return principal

    async def _body(self, request: Request) -> bytes:
        most = UPLOAD_BYTES if _is_upload(request) else self.max_body_bytes
        chunks, size = [], 0
        async for chunk in request.stream():
            size += len(chunk)
            if size > most:
                raise TooLarge(f"A body may have {most:,} bytes at most.")
            chunks.append(chunk)
        return b"".join(chunks)


def _is_signed(request: Request) -> bool:
    """Whether a signature stands for a token, as it may where facts are reported."""
    headers = request.headers
    signs = "webhook-signature" in headers and "authorization" not in headers
    return signs and (request.method, request.url.path) == ("POST", "/v1/events")


def _is_upload(request: Request) -> bool:
    """Whether a body is a file as evidence, which may be larger than what else is sent."""
    return request.method == "POST" and UPLOADS.fullmatch(request.url.path) is not None


def _is_open(path: str) -> bool:
    """Whether a path is for whoever asks, with a token or without."""
    return path in OPEN_PATHS or path.startswith(f"{DOCUMENT_FILES}/") or desk.serves(path)


def _asks_by_itself(scope: Scope) -> bool:
    """Whether the route itself finds out who calls: partners and platforms by their signature, people by a password."""
    path: str = scope["path"]
    if path.startswith(INBOUND):
        return "authorization" not in Headers(scope=scope)
    if path.startswith((f"{PARTNER_SYSTEMS}/", f"{PLATFORM_GATEWAYS}/")):
        return True
    return path == SIGN_IN and scope["method"] == "POST"


def _token(request: Request) -> str:
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    if kind.lower() != "bearer" or not token.strip():
        raise Unauthorized("Send Authorization: Bearer TOKEN.")
    return token.strip()


def _check_own_page(request: Request, secret: str) -> None:
    """Raises NotAllowed for a change that no page of ours asked for: another site does not know the CSRF token."""
    if request.method in SAFE_METHODS:
        return
    if not secrets.compare_digest(request.headers.get(CSRF_HEADER, "").encode(), csrf_token(secret).encode()):
        raise NotAllowed("Send the session's X-CSRF-Token.", code="csrf")


def _again(body: bytes, receive: Receive) -> Receive:
    """A receive that hands out the body already read, then goes on as before (it tells of a disconnect)."""
    handed_out = False

    async def replay() -> Message:
        nonlocal handed_out
        if handed_out:
            return await receive()
        handed_out = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replay
