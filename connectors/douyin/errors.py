"""What Douyin answers instead of an answer: what passes, and what is refused for good."""

from connectors.calling import AGAIN, CALL, THING, WHO, Refused
from connectors.douyin import values as seen
from connectors.tables import Row, Table

FINE, LIMITED = "10000", "60000"
_NOT_ALLOWED = frozenset({("30001", "isv.app-permissions-insufficient"), ("70000", "isp.api-service-off")})
_WRONG = frozenset({"40002", "40004"})
_NOT_KNOWN = ("isv.signature", "isv.app-id", "isv.access-token", "dop.auth", "dop.app-forbidden")
"""How what 30001, 40001 and 40003 say of whoever asks begins."""
_NOT_OF_THE_SHOP = ("50002", "isv.business-failed:20015")

_LISTS = (seen.ERRORS, seen.ERRORS_TOO)
_RETURNS = (seen.RETURNS_ORDER, seen.RETURNS_AFTER)
ERRORS = Table(
    "Errors of a call (`code`, `sub_code`)",
    (
        Row("10000", "none", "answered", _LISTS),
        Row("60000", "too many calls", "asked again, after a minute", _LISTS),
        Row("30001 isv.app-permissions-insufficient", "no permission for the call", CALL, _LISTS),
        Row("30001 dop.authorization-…, dop.app-forbidden", "the shop's authorisation is over or closed", WHO, _LISTS),
        Row("70000 isp.api-service-off", "there is no such call, or no longer", CALL, _LISTS),
        Row("40004", "no such order or request: isv.parameter-invalid:20014, :11000", THING, _RETURNS),
        Row("40002", "an argument is missing", THING, _RETURNS),
        Row("50002 isv.business-failed:20015", "an order of another shop", THING, (seen.RETURNS_ORDER,)),
        Row("50002, others", "busy, or answers nothing: said to pass", AGAIN, _RETURNS),
        Row("20000, 20001, 90000", "the service fails", AGAIN, (seen.ERRORS,)),
        Row("40001, 40003 isv.signature-…, app-id-…, access-token-…", "signature, key or token is none", WHO, _LISTS),
        Row("40003, others", "the time is off", AGAIN, _LISTS),
    ),
)


def refuses(code: str, sub_code: str) -> Refused | None:
    """What the shop does not have there; calls that are off or not permitted; whoever is not known."""
    if (code, sub_code) in _NOT_ALLOWED:
        return Refused.CALL
    if code in ("30001", "40001", "40003") and sub_code.startswith(_NOT_KNOWN):
        return Refused.WHO
    return Refused.THING if code in _WRONG or (code, sub_code) == _NOT_OF_THE_SHOP else None
