"""Calls of Douyin Shop's open platform: orders and requests that changed, one of each; signed over their JSON."""

import hmac
import json
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256

from connectors.calling import Call, Calls, Listing, NotAnswered, Question, error_in
from connectors.douyin.errors import FINE, LIMITED, refuses
from connectors.douyin.values import ORDER_CALL, REQUEST_CALL, REQUESTS_CALL
from connectors.reading import Fields, parse_json
from connectors.translation import Credentials, Enquiry

GATEWAY = "https://openapi-fxg.jinritemai.com"
ORDERS, REQUESTS = "orders", "requests"
ORDERS_CALL = "order.searchList"
PAGE_SIZE = 100

_ASKS = {ORDER_CALL: "shop_order_id", REQUEST_CALL: "after_sale_id", REQUESTS_CALL: "order_id"}


def list_changed(name: str, since: datetime, until: datetime, page: int) -> Question:
    """A page of the orders or requests that changed between two times, the earliest first; pages count from 0."""
    begin, end = int(since.timestamp()), int(until.timestamp())
    paging: dict[str, object] = {"page": page - 1, "size": PAGE_SIZE}
    if name == ORDERS:
        times: dict[str, object] = {"update_time_start": begin, "update_time_end": end}
        return Question(ORDERS_CALL, paging | times | {"order_by": "update_time", "order_asc": True})
    times = {"update_start_time": begin, "update_end_time": end}
    return Question(REQUESTS_CALL, paging | times | {"order_by": ["update_time asc"]})


def ask(enquiry: Enquiry) -> Question | None:
    """An order, a request, or the requests of an order."""
    name = _ASKS.get(enquiry.call)
    if name is None:
        return None
    paging: dict[str, object] = {"page": 0, "size": PAGE_SIZE} if enquiry.call == REQUESTS_CALL else {}
    return Question(enquiry.call, {name: enquiry.about} | paging)


def sign(question: Question, credentials: Credentials, at: datetime) -> Call:
    """The parameters as JSON, in order; HMAC-SHA256 over it and what every call has, the secret at both ends."""
    body = json.dumps(question.parameters, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    query = {
        "app_key": credentials.key,
        "method": question.method,
        "access_token": credentials.session,
        "timestamp": str(int(at.timestamp())),
        "v": "2",
        "sign_method": "hmac-sha256",
    }
    path = f"/{question.method.replace('.', '/')}"
    return Call(path=path, query=query | {"sign": signature(query, body, credentials.secret)}, body=body)


def signature(query: Mapping[str, str], body: str, secret: str) -> str:
    """The signature of a call."""
    signed = "".join(f"{name}{query.get(name, '')}" for name in ("app_key", "method"))
    text = f"{secret}{signed}param_json{body}timestamp{query.get('timestamp', '')}v{query.get('v', '')}{secret}"
    return hmac.new(secret.encode(), text.encode(), sha256).hexdigest()


def read(name: str, body: str) -> Listing:
    """A page: which orders or requests, and when the latest of them changed."""
    data = Fields(parse_json(body, "the answer"), "the answer").part("data")
    if name == ORDERS:
        orders = data.parts("shop_order_list")
        return Listing(
            changed=tuple(Enquiry(call=ORDER_CALL, about=order.word("order_id")) for order in orders),
            more=len(orders) >= PAGE_SIZE,
            latest=max((order.epoch("update_time") for order in orders), default=None),
        )
    requests = [item.part("aftersale_info") for item in data.parts("items")]
    return Listing(
        changed=tuple(Enquiry(call=REQUEST_CALL, about=request.word("aftersale_id")) for request in requests),
        more=data.find_truth("has_more") is True,
        latest=max((request.epoch("update_time") for request in requests), default=None),
    )


def not_answered(body: str) -> NotAnswered | None:
    """Anything but success."""
    return error_in(body, LIMITED, "sub_code", refuses, fine=FINE)


CALLS = Calls(
    address=GATEWAY,
    lists=(ORDERS, REQUESTS),
    list_changed=list_changed,
    ask=ask,
    sign=sign,
    read=read,
    not_answered=not_answered,
)
