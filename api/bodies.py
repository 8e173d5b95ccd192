"""Bodies as JSON: read by one set of rules, whoever asks for them."""

import json
from collections.abc import Mapping
from typing import Any, NoReturn
from urllib.parse import unquote_to_bytes

from fastapi import Request

from api.problems import TooDeep
from domain.text import find_unfit
from services.errors import Invalid, ServiceError, wrong_fields

REPLACED = "\ufffd"
"""What stands in an address for bytes that are no text."""

_UNFIT = "含有无法保存的字符或数字"
DEEPEST = 64
"""Levels of lists and objects in each other; nothing here has ten."""


class OurRequest(Request):
    """A request whose body FastAPI gets as `json_body` reads it.

    FastAPI reads it first of all; what is wrong with it waits in `state.unreadable` for those checks that come before.
    """

    async def json(self) -> Any:
        """The body; None where it cannot be read."""
        try:
            return await json_body(self)
        except ServiceError as error:
            self.state.unreadable = error


async def json_body(request: Request) -> Any:
    """The body, all of it fit to be kept; none is an empty object. Raises Invalid and TooDeep."""
    raw = await request.body()
    body = read_json(raw) if raw.strip() else {}
    require_fit(body)
    return body


def read_json(raw: bytes) -> Any:
    """The JSON in a body.

    Raises:
        Invalid: it is no JSON.
        TooDeep: it is nested without end.
    """
    try:
        value = json.loads(raw, parse_constant=_refuse)
    except RecursionError as endless:
        raise _too_deep() from endless
    except ValueError as error:
        raise Invalid("The body is not JSON.") from error
    if _is_too_deep(value):
        raise _too_deep()
    return value


def require_fit(values: object) -> None:
    """Raises Invalid naming every value that could not be kept."""
    if unfit := list(find_unfit(values)):
        raise wrong_fields((one.place, one.why, _UNFIT) for one in unfit)


def require_fit_address(request: Request) -> None:
    """The same of what stands in the path and the query; of a doubled parameter, of each of its values.

    What is no UTF-8, as half a character is none, would else arrive as U+FFFD, as if somebody had asked for that.
    """
    asked: Mapping[str, list[str]] = {name: request.query_params.getlist(name) for name in request.query_params}
    given = {**request.path_params, **asked}
    if not (_is_utf8(request.scope["query_string"]) and _is_utf8(request.scope.get("raw_path", b""))):
        unread = [name for name, values in given.items() if REPLACED in f"{name}{values}"]
        raise wrong_fields(([name], "must be percent-encoded UTF-8", "须为百分号编码的 UTF-8") for name in unread)
    require_fit(given)


def _is_utf8(encoded: bytes) -> bool:
    try:
        unquote_to_bytes(encoded).decode()
    except UnicodeDecodeError:
        return False
    return True


def _is_too_deep(value: object) -> bool:
    level = [value]
    for _ in range(DEEPEST):
        level = [
            part
            for one in level
            if isinstance(one, dict | list)
            for part in (one.values() if isinstance(one, dict) else one)
        ]
        if not level:
            return False
    return True


def _too_deep() -> TooDeep:
    return TooDeep(f"A body may have {DEEPEST} levels of lists and objects in each other at most.")


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON")
