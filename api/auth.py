"""Who is calling, for the routes: the principal behind the token, and the role a step is taken in."""

from collections.abc import Iterable
from typing import Annotated, Any

from fastapi import Depends, Request, Security
from fastapi.security import HTTPBearer

from api.problems import ForbiddenProblem
from domain.roles import Actor, Role
from store.tokens import Principal

_bearer = HTTPBearer(auto_error=False, description="A token; the embedded modes have `demo-agent` and others.")


def _principal(request: Request, _: Annotated[object, Security(_bearer)] = None) -> Principal:
    principal: Principal = request.state.principal
    return principal


Caller = Annotated[Principal, Depends(_principal)]
"""The merchant, account, roles and permissions of the token; the gate has checked it."""


def acting(caller: Principal, allowed: Iterable[Role], what: str) -> Actor:
    """The caller as the first of its roles that may do this. Raises ForbiddenProblem naming the roles that may."""
    allowed = tuple(allowed)
    role = next((role for role in caller.roles if role in allowed), None)
    if role is None:
        raise ForbiddenProblem(f"{what} needs one of the roles {', '.join(allowed)}; yours: {', '.join(caller.roles)}.")
    return actor(caller, role)


def allowed_for(allowed: Iterable[Role], what: str) -> Any:
    """A dependency: the caller as an actor in one of these roles; checked before the body is looked at."""
    roles = tuple(allowed)

    def dependency(caller: Caller) -> Actor:
        return acting(caller, roles, what)

    return Depends(dependency)


def actor(caller: Principal, role: Role | None = None) -> Actor:
    """The caller as an actor, in its first role where none is named."""
    return Actor(role=role or caller.roles[0], account=caller.account, permissions=caller.permissions)
