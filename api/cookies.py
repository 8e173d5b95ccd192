"""The cookie of a session: only the browser's own pages send it, and no script reads it."""

from datetime import datetime
from typing import Literal

from fastapi import Request, Response

COOKIE = "caseline_session"
CSRF_HEADER = "x-csrf-token"
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
_SAME_SITE: Literal["strict"] = "strict"


def session_of(request: Request) -> str | None:
    """The secret of the session that a request comes with; a token that is sent as well goes before it."""
    return None if "authorization" in request.headers else request.cookies.get(COOKIE)


def set_session(response: Response, secret: str, expires_at: datetime, *, secure: bool) -> None:
    """Gives the browser its session; `secure` where it came by HTTPS."""
    response.set_cookie(COOKIE, secret, expires=expires_at, secure=secure, httponly=True, samesite=_SAME_SITE)


def clear_session(response: Response) -> None:
    """Takes it away again."""
    response.delete_cookie(COOKIE, httponly=True, samesite=_SAME_SITE)
