"""Reading an edition from its TOML file, with every problem named at once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from domain.policy.catalogue import Catalogue
from domain.policy.errors import PolicyError, PolicyProblem
from domain.policy.model import Policy

_LONGEST_SHOWN = 60
# How pydantic's own sentences begin; here the path is the subject.
_SUBJECT = re.compile(r"^(?:Input|String|Decimal input|Tuple) should")
_AT_LINE = re.compile(r"at line (\d+), column \d+")


def load_policy(path: Path) -> Policy:
    """Read and check one edition.

    Raises:
        PolicyError: The file cannot be read, is no TOML, or breaks the model; names file, path and value of
            each problem.
    """
    try:
        # Windows editors put a byte order mark in front, which TOML does not allow.
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        problem = PolicyProblem(str(path), "", f"is not UTF-8 text (byte {error.start})")
        raise PolicyError([problem]) from error
    except OSError as error:
        raise PolicyError([PolicyProblem(str(path), "", f"cannot be read: {error.strerror}")]) from error
    try:
        # Decimal, so that an unquoted 30.00 stays exact.
        content = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise PolicyError([_syntax_problem(path, text, error)]) from error
    content["work"] = _merged(_standard_work(), content.get("work", {}))
    try:
        edition = Policy.model_validate(content)
    except ValidationError as error:
        raise PolicyError(_problem(path, details) for details in error.errors(include_url=False)) from error
    if unknown := [PolicyProblem(str(path), place, message) for place, message in unknown_names(edition.work)]:
        raise PolicyError(unknown)
    return edition


def unknown_names(own: Catalogue) -> Iterator[tuple[str, str]]:
    """What of an edition's own words nothing would come of: tasks, forms, outcomes and places without code behind."""
    standard = Catalogue.model_validate(_standard_work())
    places = frozenset[str]().union(*(text.places() for _, text in standard.texts()))
    for name, task in own.tasks.items():
        known = standard.tasks.get(name)
        if known is None:
            yield f"work.tasks.{name}", "is no task"
            continue
        for outcome in sorted(task.outcomes.keys() - known.outcomes.keys()):
            yield f"work.tasks.{name}.outcomes.{outcome}", "is no outcome of the task"
        for form, own_form in task.variants.items():
            if form not in known.variants:
                yield f"work.tasks.{name}.variants.{form}", "is no form of the task"
            for outcome in sorted(own_form.outcomes.keys() - known.outcomes_for(form).keys()):
                yield f"work.tasks.{name}.variants.{form}.outcomes.{outcome}", "is no outcome of this form of the task"
    for where, text in own.texts():
        for place in sorted(text.places() - places):
            yield f"work.{where}", f"{{{place}}} is no place that a case fills in"


@cache
def _standard_work() -> dict[str, Any]:
    """The standard catalogue of people's work, which editions change in parts."""
    return tomllib.loads(
        (resources.files("domain") / "policies" / "work" / "standard.toml").read_text(encoding="utf-8")
    )


def _merged(standard: dict[str, Any], own: Any) -> Any:
    """The standard with an edition's own values in place of its."""
    if not isinstance(own, dict):
        return own
    both = {
        name: _merged(standard[name], value) if isinstance(standard.get(name), dict) else value
        for name, value in own.items()
    }
    return standard | both


def _syntax_problem(path: Path, text: str, error: tomllib.TOMLDecodeError) -> PolicyProblem:
    message = f"is not valid TOML: {error}"
    match = _AT_LINE.search(str(error))
    lines = text.splitlines()
    if match is None or int(match[1]) > len(lines):
        return PolicyProblem(str(path), "", message)
    return PolicyProblem(str(path), f"line {match[1]}", message, _shown(lines[int(match[1]) - 1].strip()))


def _problem(path: Path, details: Any) -> PolicyProblem:
    place, value = _place(details["loc"]), details["input"]
    match details["type"]:
        case "missing" if details["loc"][-1] == "value":
            return PolicyProblem(str(path), place, "has no value")
        case "missing":
            return PolicyProblem(str(path), place, "is missing")
        case "extra_forbidden":
            return PolicyProblem(str(path), place, "is not a key of a policy", _shown(value))
        case "model_type":
            wanted = '[section] or { value = …, rule = "…", verified = … }'
            return PolicyProblem(str(path), place, f"must be a table: {wanted}", _shown(value))
        case _:
            message = _SUBJECT.sub("must", details["msg"].removeprefix("Value error, "))
            # A rule about a whole citation is a rule about the value in it.
            return PolicyProblem(str(path), place, message, _shown(_inner(value)))


def _inner(found: object) -> object:
    return found["value"] if isinstance(found, dict) and "value" in found else found


def _place(location: tuple[int | str, ...]) -> str:
    """The policy path: ``value`` is left out, since ``ship.late.rate`` already names the value."""
    path = ""
    for part in location:
        if isinstance(part, int):
            path += f"[{part}]"
        elif part not in ("value", "[key]"):
            path += f".{part}" if path else part
    return path


def _shown(value: object) -> str:
    """The value about as it was written, shortened."""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value) if isinstance(value, Decimal) else repr(value)
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"
