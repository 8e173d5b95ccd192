"""What TOP answers instead of an answer: what passes, and what is refused for good."""

from connectors.calling import AGAIN, CALL, THING, WHO, Refused
from connectors.tables import Row, Table
from connectors.taobao import sources as seen

LIMITED = "7"
"""`App Call Limited`."""
_NOT_ALLOWED = frozenset({"11", "12", "13", "22"})
_NOT_KNOWN = frozenset({"25", "26", "27", "28", "29"})
_NO_ARGUMENT = frozenset({"40", "41"})
_PASSES = ("service-rejection", "service-unavailable", "timeout")
"""What `isv.` says of a service that is too busy."""
_GATEWAY_CODES = 100
"""Errors below it are of TOP itself, but for 15: that, and those above, are of what stands behind it."""

_LISTS = (seen.ERRORS, seen.ERRORS_TOO)
ERRORS = Table(
    "Errors of a call (`error_response.code`, `sub_code`)",
    (
        Row("7", "too many calls", "asked again, after a minute", _LISTS),
        Row("11, 12, 13, 22", "application, shop or partner may not; no such call", CALL, _LISTS),
        Row("40, 41", "an argument is missing or cannot be", THING, (*_LISTS, seen.GUIDE)),
        Row("15 and from 100, isv.…permission…", "no permission for it", CALL, (seen.GUIDE,)),
        Row(
            "15 and from 100, isv.…",
            "as asked for, it is not there: isv.trade-not-exist",
            THING,
            (seen.GUIDE, seen.SEEN),
        ),
        Row("isv.…service-rejection, …service-unavailable, …timeout", "too busy", AGAIN, (seen.SEEN,)),
        Row("15 and from 100, isp.…", "the service behind it fails", AGAIN, (seen.GUIDE, seen.SEEN)),
        Row("25, 26, 27, 28, 29", "signature, session or key is none", WHO, _LISTS),
    ),
)


def refuses(code: str, sub_code: str) -> Refused | None:
    """Who is not known or not allowed; what the caller does wrong (`isv.`), where the service (`isp.`) may be back."""
    if code in _NOT_KNOWN:
        return Refused.WHO
    if code in _NOT_ALLOWED:
        return Refused.CALL
    if code in _NO_ARGUMENT:
        return Refused.THING
    behind = code == "15" or (code.isdecimal() and int(code) >= _GATEWAY_CODES)
    if not behind or not sub_code.startswith("isv.") or any(word in sub_code for word in _PASSES):
        return None
    return Refused.CALL if "permission" in sub_code else Refused.THING
