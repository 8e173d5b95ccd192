"""Calls of TOP: what changed, a trade, a refund; signed over their parameters."""

from datetime import datetime

from connectors.calling import Calls, Listing, NotAnswered, Parameters
from connectors.reading import CannotRead, Fields, parse_json
from connectors.signing import in_order, md5_hex
from connectors.taobao.topics import REFUND_CALL, TRADE_CALL
from connectors.translation import Credentials, Enquiry
from domain.times import CHINA

GATEWAY = "https://eco.taobao.com/router/rest"
TRADES, REFUNDS = "trades", "refunds"
PAGE_SIZE = 100
ALL = "*"
LIMITED = "7"
"""`App Call Limited`."""

_METHODS = {TRADES: "taobao.trades.sold.increment.get", REFUNDS: "taobao.refunds.receive.get"}
_ANSWERS = {TRADES: "trades_sold_increment_get_response", REFUNDS: "refunds_receive_get_response"}
_ENTRIES = {TRADES: ("trade", "tid", TRADE_CALL), REFUNDS: ("refund", "refund_id", REFUND_CALL)}
_IDS = {TRADE_CALL: "tid", REFUND_CALL: "refund_id"}


def list_changed(name: str, since: datetime, until: datetime, page: int) -> Parameters:
    """A page of the trades or refunds that changed between two times, at most a day apart."""
    _, id_, _ = _ENTRIES[name]
    return {
        "method": _METHODS[name],
        "fields": f"{id_},modified",
        "start_modified": _clock(since),
        "end_modified": _clock(until),
        "page_no": str(page),
        "page_size": str(PAGE_SIZE),
        "use_has_next": "true",
    }


def ask(enquiry: Enquiry) -> Parameters | None:
    """A trade or a refund, all of it."""
    id_ = _IDS.get(enquiry.call)
    return {"method": enquiry.call, "fields": ALL, id_: enquiry.about} if id_ else None


def sign(parameters: Parameters, credentials: Credentials, session: str, at: datetime) -> Parameters:
    """With what every call has, and MD5 over all of it in order, the secret at both ends."""
    posted = {
        **parameters,
        "app_key": credentials.key,
        "session": session,
        "timestamp": _clock(at),
        "format": "json",
        "v": "2.0",
        "sign_method": "md5",
    }
    return posted | {"sign": signature(posted, credentials.secret)}


def signature(posted: Parameters, secret: str) -> str:
    """The signature of a call."""
    return md5_hex(f"{secret}{in_order(posted)}{secret}").upper()


def read(name: str, body: str) -> Listing:
    """A page: which trades or refunds, and when the latest of them changed."""
    kind, id_, call = _ENTRIES[name]
    answer = Fields(parse_json(body, "the answer"), "the answer").part(_ANSWERS[name])
    entries = answer.parts(name, wrapped_in=kind)
    return Listing(
        changed=tuple(Enquiry(call=call, about=entry.word(id_)) for entry in entries),
        more=answer.find_truth("has_next") is True,
        latest=max((entry.china_time("modified") for entry in entries), default=None),
    )


def not_answered(body: str) -> NotAnswered | None:
    """The error in an answer; what is no JSON is none of TOP's."""
    try:
        error = Fields(parse_json(body, "the answer"), "the answer").find_part("error_response")
        if error is None:
            return None
        code, sub = error.find_text("code") or "", error.find_text("sub_code") or ""
    except CannotRead as why:
        return NotAnswered(str(why), limited=False)
    return NotAnswered(f"code {code[:20]} {sub[:60]}".strip(), limited=code == LIMITED)


def _clock(at: datetime) -> str:
    return at.astimezone(CHINA).strftime("%Y-%m-%d %H:%M:%S")


CALLS = Calls(
    address=GATEWAY,
    lists=(TRADES, REFUNDS),
    list_changed=list_changed,
    ask=ask,
    sign=sign,
    read=read,
    not_answered=not_answered,
)
