"""Versions of the rules: what lets a rule change while cases that were opened under the old one run on.

A case keeps the version it was opened under for life, so that its recorded history replays; what it opens is opened
under the same. A rule that is to change for new cases only gets a version with a name here and asks for it:

    if state.rules >= FREIGHT_BY_WEIGHT: ...

How that fits with editions, named changes and releases: docs/changing.md.
"""

from dataclasses import dataclass
from datetime import date

from domain.errors import UnknownRules

FIRST = 1
"""Cases whose payloads name no version live by this one."""


@dataclass(frozen=True, slots=True)
class RulesVersion:
    """One version of the rules, since when new cases are opened under it, and why there is one."""

    number: int
    since: date
    reason: str


VERSIONS: tuple[RulesVersion, ...] = (RulesVersion(FIRST, date(2026, 11, 29), "The rules as they were at first."),)
"""Every version that running cases may live by, the newest last. Their numbers go up by one; none is used again."""


def newest() -> int:
    """The version that new orders are opened under."""
    return VERSIONS[-1].number


def check_known(number: int) -> None:
    """Raises UnknownRules for a version that this process does not have: it is older than the case."""
    if number > newest():
        raise UnknownRules(f"the case lives by version {number} of the rules; this process knows {newest()} at most")
