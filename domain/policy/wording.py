"""How words are written: `{places}` for the case's values, and `[parts]` that are said only where those are known.

`{items}[, planned for {ships_on}]` leaves the part out while `ships_on` is not known. A part may have forms:
`[ships by {ship_by}|is late since {late_since}]` says the first of which every place is known, and nothing if there is
none. What stands outside parts is always said, so its places must always be known.
"""

import re
from collections.abc import Mapping
from functools import cache
from string import Formatter

_PART = re.compile(r"\[([^\[\]]*)\]")


def check(wording: str) -> None:
    """Raises ValueError for words that cannot be filled."""
    if any(bracket in _PART.sub("", wording) for bracket in "[]"):
        raise ValueError("a part begins with [ and ends with ], and holds no other part")
    for _, name, spec, conversion in Formatter().parse(wording):
        if name is not None and (not name.isidentifier() or spec or conversion):
            raise ValueError(f"{{{name}}} is no place for a value")


@cache
def places(wording: str) -> frozenset[str]:
    """The names of all values that the words may want."""
    return frozenset(name for _, name, _, _ in Formatter().parse(wording) if name)


@cache
def bare_places(wording: str) -> frozenset[str]:
    """The names of those that they cannot do without: they stand outside any part."""
    return places(_PART.sub("", wording))


def fill(wording: str, values: Mapping[str, str]) -> str:
    """The words with these values; a line that cannot do without one that is not there is not said."""
    pieces = enumerate(_PART.split(wording))
    said = "".join(_form(piece.split("|"), values) if number % 2 else piece for number, piece in pieces)
    lines = (line for line in said.split("\n") if places(line) <= values.keys())
    return "\n".join(lines).format_map(values)


def _form(forms: list[str], values: Mapping[str, str]) -> str:
    return next((form for form in forms if places(form) <= values.keys()), "")
