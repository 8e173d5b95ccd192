"""Routes as this API has them: in the contract's order of checks, and asked for nothing that they do not know.

A route's dependencies are called in the order in which it names them: the case (404), then the role (403). Behind all
of them come a body that cannot be read and parameters that nobody knows, and only then those that are known (422).
"""

import inspect
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from functools import wraps
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from starlette.routing import Match
from starlette.types import Scope

from api.bodies import OurRequest, require_fit_address
from services.errors import ServiceError, wrong_fields

Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class Route(APIRoute):
    """A route that reads bodies as `OurRequest` does, and knows its parameters."""

    def __init__(self, path: str, endpoint: Callable[..., Awaitable[Any]], **options: Any) -> None:
        super().__init__(path, _refusing_last(endpoint), **options)
        self.query_names = frozenset(_query_names(self.dependant))
        self.begins, self.ends = path.partition("{")[0], path.rpartition("}")[2]

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Whether a request is for this route: quick where the fixed beginning or end of its address says no."""
        path = scope["path"]
        if not (path.startswith(self.begins) and path.endswith(self.ends)):
            return Match.NONE, {}
        return super().matches(scope)

    def get_route_handler(self) -> Handler:
        """What answers a request."""
        handle = super().get_route_handler()

        async def handle_ours(request: Request) -> Response:
            require_fit_address(request)
            return await handle(OurRequest(request.scope, request.receive))

        return handle_ours


class Router(APIRouter):
    """A router of such routes."""

    def __init__(self, **options: Any) -> None:
        super().__init__(route_class=Route, generate_unique_id_function=name_operation, **options)


def name_operation(route: APIRoute) -> str:
    """The operation's id: the name of the function that answers it."""
    return route.name


def _query_names(dependant: Dependant) -> Iterator[str]:
    yield from (field.alias for field in dependant.query_params)
    for inner in dependant.dependencies:
        yield from _query_names(inner)


async def _refuse_last(request: Request) -> None:
    """Raises why the body cannot be read, or Invalid naming the query's parameters that the route does not know."""
    unreadable: ServiceError | None = getattr(request.state, "unreadable", None)
    if unreadable:
        raise unreadable
    route = request.scope["route"]
    if unknown := [name for name in request.query_params if name not in route.query_names]:
        known = ", ".join(sorted(route.query_names)) or "none"
        raise wrong_fields(
            ([name], f"is no parameter here; known: {known}", f"没有这个参数；可用参数：{known}") for name in unknown
        )


def _refusing_last(endpoint: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
    """The same endpoint with one dependency more, the last."""

    @wraps(endpoint)
    async def refusing(*, nothing_against: None, **given: Any) -> Any:
        return await endpoint(**given)

    last = inspect.Parameter(
        "nothing_against", inspect.Parameter.KEYWORD_ONLY, annotation=Annotated[None, Depends(_refuse_last)]
    )
    as_written = inspect.signature(endpoint)
    keywords = [one.replace(kind=inspect.Parameter.KEYWORD_ONLY) for one in as_written.parameters.values()]
    refusing.__signature__ = as_written.replace(parameters=[*keywords, last])  # type: ignore[attr-defined]
    return refusing
