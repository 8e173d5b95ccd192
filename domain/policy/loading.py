"""Reading an edition from its TOML file, with every problem named at once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import resources
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pydantic import ValidationError

from domain.policy.bases import borrow, merge
from domain.policy.catalogue import Catalogue
from domain.policy.errors import PolicyError, PolicyProblem
from domain.policy.model import Policy

_LONGEST_SHOWN = 60
# How pydantic's own sentences begin; here the path is the subject.
_SUBJECT = re.compile(r"^(?:Input|String|Decimal input|Tuple) should")
_AT_LINE = re.compile(r"at line (\d+), column \d+")


@dataclass(frozen=True, slots=True)
class Draft:
    """An edition's file, read and not checked yet."""

    path: Path
    content: dict[str, Any]

    @property
    def id(self) -> object:
        """What the file calls itself."""
        return self.content.get("id")

    @property
    def base(self) -> object:
        """The edition that it is based on; None: it holds everything itself."""
        return self.content.get("base")


def read_draft(path: Path) -> Draft:
    """Read one edition's file.

    Raises:
        PolicyError: The file cannot be read or is no TOML.
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
        return Draft(path, tomllib.loads(text, parse_float=Decimal))
    except tomllib.TOMLDecodeError as error:
        raise PolicyError([_syntax_problem(path, text, error)]) from error


Unfilled = Callable[[Catalogue], Iterable[tuple[str, str]]]
"""Finds the places in an edition's words that nothing fills in: where each stands, and what is wrong with it.

What fills them in are the kinds of case, which stand on policies: whoever adds a shop's editions says how to look.
"""


def not_looked_for(work: Catalogue) -> Iterable[tuple[str, str]]:
    """For the shipped editions, whose words the tests look at."""
    return ()


def load_policy(
    path: Path, known: Mapping[str, Policy] = MappingProxyType({}), unfilled: Unfilled = not_looked_for
) -> Policy:
    """Read and check one edition, which may be based on one of those that are known.

    Raises:
        PolicyError: The file cannot be read, is no TOML, or breaks the model; names file, path and value of
            each problem.
    """
    return check_draft(read_draft(path), known, unfilled)


def check_draft(draft: Draft, known: Mapping[str, Policy], unfilled: Unfilled = not_looked_for) -> Policy:
    """The edition of a file. Raises PolicyError."""
    path, own = draft.path, {name: value for name, value in draft.content.items() if name != "base"}
    base = known.get(str(draft.base))
    if base is None and draft.base is not None:
        names = ", ".join(known) or "none"
        problem = PolicyProblem(
            str(path), "base", f"must be the id of another edition that can be used ({names})", _shown(draft.base)
        )
        raise PolicyError([problem])
    beneath = borrow(base, own.get("platform")) if base else {"work": _standard_work()}
    try:
        edition = Policy.model_validate(merge(beneath, own))
    except ValidationError as error:
        raise PolicyError(_problem(path, details) for details in error.errors(include_url=False)) from error
    found = (*unknown_names(edition.work), *unfilled(edition.work))
    if found:
        raise PolicyError(PolicyProblem(str(path), place, message) for place, message in found)
    return edition


def bases_first(drafts: Sequence[Draft]) -> list[Draft]:
    """The same files, each behind the one that it is based on; what goes round in a circle comes last."""
    ordered, waiting = list[Draft](), list(drafts)
    while ready := [one for one in waiting if one.base not in [other.id for other in waiting if other is not one]]:
        ordered += ready
        waiting = [one for one in waiting if one not in ready]
    return ordered + waiting


def unknown_names(own: Catalogue) -> Iterator[tuple[str, str]]:
    """What of an edition's own words nothing would come of: tasks, forms and outcomes without code behind."""
    standard = standard_work()
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


@cache
def standard_work() -> Catalogue:
    """The catalogue of an edition that has nothing otherwise."""
    return Catalogue.model_validate(_standard_work())


@cache
def _standard_work() -> dict[str, Any]:
    """The standard catalogue of people's work, which editions change in parts."""
    return tomllib.loads(
        (resources.files("domain") / "policies" / "work" / "standard.toml").read_text(encoding="utf-8")
    )


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
