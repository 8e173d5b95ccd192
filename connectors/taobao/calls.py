"""Calls of TOP: what changed, a trade, a refund; signed over their parameters."""

from datetime import datetime

from connectors.calling import Call, Calls, Listing, NotAnswered, Parameters, Question, china_clock, error_in
from connectors.reading import Fields, parse_json
from connectors.signing import in_order, md5_hex
from connectors.taobao.errors import LIMITED, refuses
from connectors.taobao.topics import REFUND_CALL, TRADE_CALL
from connectors.translation import Credentials, Enquiry

GATEWAY = "https://eco.taobao.com/router/rest"
TRADES, REFUNDS = "trades", "refunds"
PAGE_SIZE = 50
ALL = "*"
KINDS = "guarantee_trade,auto_delivery,ec,cod,step"
"""Trades of which refunds are listed; by default TOP leaves some out that it lists the trades of."""

_METHODS = {TRADES: "taobao.trades.sold.increment.get", REFUNDS: "taobao.refunds.receive.get"}
_ANSWERS = {TRADES: "trades_sold_increment_get_response", REFUNDS: "refunds_receive_get_response"}
_ENTRIES = {TRADES: ("trade", "tid", TRADE_CALL), REFUNDS: ("refund", "refund_id", REFUND_CALL)}
_IDS = {TRADE_CALL: "tid", REFUND_CALL: "refund_id"}


def list_changed(name: str, since: datetime, until: datetime, page: int) -> Question:
    """A page of the trades or refunds that changed between two times, at most a day apart."""
    _, id_, _ = _ENTRIES[name]
    parameters = {
        "fields": f"{id_},modified",
        "start_modified": china_clock(since),
        "end_modified": china_clock(until),
        "page_no": str(page),
        "page_size": str(PAGE_SIZE),
        "use_has_next": "true",
    }
    return Question(_METHODS[name], parameters | ({"type": KINDS} if name == REFUNDS else {}))


def ask(enquiry: Enquiry) -> Question | None:
    """A trade or a refund, all of it."""
    id_ = _IDS.get(enquiry.call)
    return Question(enquiry.call, {"fields": ALL, id_: enquiry.about}) if id_ else None


def sign(question: Question, credentials: Credentials, at: datetime) -> Call:
    """With what every call has, and MD5 over all of it in order, the secret at both ends."""
    posted = {
        "method": question.method,
        **{name: str(value) for name, value in question.parameters.items()},
        "app_key": credentials.key,
        "session": credentials.session,
        "timestamp": china_clock(at),
        "format": "json",
        "v": "2.0",
        "sign_method": "md5",
    }
    return Call(form=posted | {"sign": signature(posted, credentials.secret)})


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
    """The error in an answer."""
    return error_in(body, LIMITED, "sub_code", refuses, within="error_response")


CALLS = Calls(
    address=GATEWAY,
    lists=(TRADES, REFUNDS),
    list_changed=list_changed,
    ask=ask,
    sign=sign,
    read=read,
    not_answered=not_answered,
)
