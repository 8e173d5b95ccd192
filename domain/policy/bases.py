"""What an edition takes from the one that it is based on: everything that its own file does not have otherwise.

A citation is one thing: whoever has another value gives its rule with it. A value that is borrowed from another
marketplace is unverified, whatever is known of it there: nobody has read the rule for this one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from domain.policy.model import Policy

OWN = frozenset({"id", "platform", "title", "current"})
"""What every edition says of itself."""
_WHOLE = frozenset({"fees"})
"""Tables that are replaced whole: which names are in them is part of what they say."""


def borrow(base: Policy, platform: object) -> dict[str, Any]:
    """The base as a file of that marketplace would hold it."""
    content = base.model_dump(mode="json", exclude=set(OWN), exclude_none=True)
    return content if platform == base.platform else {name: _unverified(part) for name, part in content.items()}


def merge(base: Mapping[str, Any], own: Any) -> Any:
    """The base with an edition's own values in place of its."""
    if not isinstance(own, dict):
        return own
    both = {
        name: merge(base[name], value) if name not in _WHOLE and _is_table(base.get(name)) else value
        for name, value in own.items()
    }
    return {**base, **both}


def _is_table(found: object) -> bool:
    return isinstance(found, dict) and "value" not in found


def _unverified(part: Any) -> Any:
    if not isinstance(part, dict):
        return part
    if "value" in part:
        return part | {"verified": False}
    return {name: _unverified(inner) for name, inner in part.items()}
