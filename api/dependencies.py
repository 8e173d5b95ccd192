"""What routes get of a request: the parts of the process, who is calling, the body."""

from collections.abc import Iterable
from typing import Annotated, Any, cast

from fastapi import Depends, Header, Request, Security
from fastapi.security import APIKeyCookie, HTTPBearer

from api.cookies import COOKIE
from domain.roles import Actor, Role
from services.cases import find_case, require_role
from services.context import Context
from store.cases import CaseRecord
from store.tokens import Principal

_bearer = HTTPBearer(auto_error=False, description="A token; the embedded modes have `demo-agent` and others.")

_cookie = APIKeyCookie(name=COOKIE, auto_error=False, description="A session; changes need X-CSRF-Token with it.")


async def _context(request: Request) -> Context:
    return cast(Context, request.app.state.context)


Here = Annotated[Context, Depends(_context)]
"""The parts of this process."""


async def _principal(
    request: Request,
    by_token: Annotated[object, Security(_bearer)] = None,
    by_session: Annotated[object, Security(_cookie)] = None,
) -> Principal:
    principal: Principal = request.state.principal
    return principal


Caller = Annotated[Principal, Depends(_principal)]
"""The merchant, account, roles and permissions of the token or session; the middleware has checked it."""


async def _case(case_id: str, caller: Caller, here: Here) -> CaseRecord:
    return await find_case(here, caller, case_id)


OwnCase = Annotated[CaseRecord, Depends(_case)]
"""The case in the address, which must be the caller's; looked for before anything else of the request is."""


def allowed_for(allowed: Iterable[Role], what: str) -> Any:
    """A dependency: the caller as an actor in one of these roles; checked before the body is looked at."""
    roles = tuple(allowed)

    async def dependency(caller: Caller) -> Actor:
        return require_role(caller, roles, what)

    return Depends(dependency)


Key = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        max_length=200,
        description="The same key and body act once, and answer the same.",
    ),
]
