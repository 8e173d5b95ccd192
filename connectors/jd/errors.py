"""What JOS answers instead of an answer: what passes, and what is refused for good."""

from connectors.calling import AGAIN, CALL, THING, WHO, Refused
from connectors.jd import values as seen
from connectors.tables import Row, Table

LIMITED = "2"
_NOT_ALLOWED = frozenset({"15", "24", "64", "72", "73"})
_NOT_KNOWN = frozenset({"12", "18", "19", "20", "21", "25"})
_WRONG = frozenset({"60", "61", "71"})

_LISTS = (seen.ERRORS, seen.ERRORS_TOO)
ERRORS = Table(
    "Errors of a call (`error_response.code`)",
    (
        Row("2", "too many calls", "asked again, after a minute", _LISTS),
        Row("15, 24, 73", "no such call, or not for this application", CALL, _LISTS),
        Row("64, 72", "not for this kind of shop", CALL, _LISTS),
        Row("60, 61", "an argument that cannot be", THING, _LISTS),
        Row("71", "not this shop's", THING, _LISTS),
        Row("12, 18, 19, 20, 21, 25", "signature, token or key is none, or the application is off", WHO, _LISTS),
        Row("others", "1, 43, 65, 66, 67, 69: the service fails", AGAIN, _LISTS),
    ),
)


def refuses(code: str, words: str) -> Refused | None:
    """By the code alone."""
    if code in _NOT_KNOWN:
        return Refused.WHO
    if code in _NOT_ALLOWED:
        return Refused.CALL
    return Refused.THING if code in _WRONG else None
