"""The diagrams of `docs/services`, read as their readers and Mermaid read them."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from commands.diagrams.requests import OTHER_SERVICE

DOCS = Path(__file__).parents[2] / "docs" / "services"
END = "[*]"
STATE = r"\[\*\]|[a-z_]+"
ARROW = re.compile(rf"    ({STATE}) --> ({STATE})(?: : [^:;%#]+(?:: [^:;%#]+)*)?")


def check_page(name: str, text: str) -> None:
    """A page is as it would be made now, leads to the end from everywhere, and can be drawn."""
    kept = (DOCS / name).read_text(encoding="utf-8")
    assert kept == text, f"{name} is out of date: run `caseline diagrams --write docs/services`"
    first, *lines = _mermaid(text)
    assert first == "stateDiagram-v2"
    assert [line for line in lines if not ARROW.fullmatch(line)] == [], "an arrow between plain names, with its label"
    assert _traps(arrows(text)) == set()


def arrows(text: str) -> list[tuple[str, str]]:
    """From which stage to which."""
    found = [re.match(rf"    ({STATE}) --> ({STATE})", line) for line in _mermaid(text)]
    return [(match[1], match[2]) for match in found if match]


def ways_drawn(text: str) -> set[tuple[str, str]]:
    """From which stage to which other, without the beginning and the end."""
    return {(source, target) for source, target in arrows(text) if not {source, target} & {END, OTHER_SERVICE}}


def ways_declared(ways: Mapping[str, Iterable[str]]) -> set[tuple[str, str]]:
    """The same of what the desk draws a case's way by."""
    return {(source, target) for source, targets in ways.items() for target in targets}


def _traps(drawn: list[tuple[str, str]]) -> set[str]:
    """Stages from which no way leads to the end of the case, or into another service's diagram."""
    ends = {END, OTHER_SERVICE}
    while more := {source for source, target in drawn if target in ends} - ends - {END}:
        ends |= more
    return {source for source, _ in drawn} - ends


def _mermaid(text: str) -> list[str]:
    return text.split("```mermaid\n")[1].split("\n```")[0].splitlines()
