"""Calls of JOS: orders, refunds and service orders that changed, and what is known of one; signed over all of it."""

import json
from collections.abc import Sequence
from datetime import datetime

from connectors.calling import Call, Calls, Listing, NotAnswered, Parameters, Question, china_clock, error_in
from connectors.jd.errors import LIMITED, refuses
from connectors.jd.values import ORDER_STATE, REFUNDS_CALL, SERVICES_CALL
from connectors.reading import CannotRead, Fields, parse_json
from connectors.signing import in_order, md5_hex
from connectors.translation import Credentials, Enquiry

GATEWAY = "https://api.jd.com/routerjson"
ORDERS, REFUNDS, CHECKED, SERVICES = "orders", "refunds", "refunds_answered", "service_orders"
ORDERS_CALL = "jingdong.pop.order.enSearch"
CHANGED_SERVICES_CALL, SERVICE_CALL = "jingdong.asc.sync.list", "jingdong.asc.query.list"
ORDERS_AT_ONCE, ROWS_AT_ONCE = 100, 50
"""The most entries that pages have."""
OPERATOR = "caseline"
"""Who asks, where JD wants somebody named."""
STATES = ",".join(row.name for row in ORDER_STATE.rows if len(row.sources) > 1)
"""Those that JD is asked for: what one source alone knows may be refused."""
FIELDS = (
    "orderId,orderType,orderState,orderStartTime,modified,paymentConfirmTime,orderEndTime,payType,orderPayment,"
    "balanceUsed,freightPrice,orderRemark,venderRemark,waybill,logisticsId,pin,open_id_buyer,consigneeInfo,"
    "itemInfoList,couponDetailList,directParentOrderId,parentOrderId,returnOrder"
)


def list_changed(name: str, since: datetime, until: datetime, page: int) -> Question:
    """A page of what changed between two times; of refunds, of what was asked for or answered then."""
    begin, end = china_clock(since), china_clock(until)
    if name == ORDERS:
        times: dict[str, object] = {"start_date": begin, "end_date": end, "dateType": 0, "sortType": 0}
        paging: dict[str, object] = {"page": str(page), "page_size": str(ORDERS_AT_ONCE)}
        return Question(ORDERS_CALL, {"order_state": STATES, "optional_fields": FIELDS} | times | paging)
    if name == SERVICES:
        changed: dict[str, object] = {"updateTimeBegin": begin, "updateTimeEnd": end}
        return Question(CHANGED_SERVICES_CALL, changed | _rows(page))
    what = "applyTime" if name == REFUNDS else "checkTime"
    return Question(REFUNDS_CALL, {f"{what}Start": begin, f"{what}End": end} | _refund_rows(page))


def _rows(page: int) -> dict[str, object]:
    return {"pageNumber": page, "pageSize": ROWS_AT_ONCE}


def _refund_rows(page: int) -> dict[str, object]:
    return {"pageIndex": page, "pageSize": ROWS_AT_ONCE}


def ask(enquiry: Enquiry) -> Question | None:
    """The refunds of an order, what became of its service orders' money, or a service order."""
    if enquiry.call == REFUNDS_CALL:
        return Question(REFUNDS_CALL, {"orderId": enquiry.about} | _refund_rows(1))
    if enquiry.call == SERVICES_CALL:
        return Question(SERVICES_CALL, {"orderId": enquiry.about} | _rows(1))
    return Question(SERVICE_CALL, {"serviceId": enquiry.about} | _rows(1)) if enquiry.call == SERVICE_CALL else None


def sign(question: Question, credentials: Credentials, at: datetime) -> Call:
    """The parameters as JSON, with whom asks where JD wants that; MD5 over all of it in order, the secret around."""
    by: dict[str, object] = {}
    if question.method in (CHANGED_SERVICES_CALL, SERVICE_CALL):
        by = {"buId": credentials.account, "operatePin": OPERATOR, "operateNick": OPERATOR}
    posted = {
        "method": question.method,
        "access_token": credentials.session,
        "app_key": credentials.key,
        "timestamp": china_clock(at),
        "format": "json",
        "v": "2.0",
        "360buy_param_json": json.dumps(dict(question.parameters) | by, ensure_ascii=False),
    }
    return Call(form=posted | {"sign": signature(posted, credentials.secret)})


def signature(posted: Parameters, secret: str) -> str:
    """The signature of a call."""
    return md5_hex(f"{secret}{in_order(posted)}{secret}").upper()


def read(name: str, body: str) -> Listing:
    """A page: orders and refunds are whole in it, service orders are to be asked for."""
    answer = Fields(parse_json(body, "the answer"), "the answer")
    part = next((answer.part(key) for key in answer.raw if key.endswith(("_responce", "_response"))), None)
    if part is None:
        raise CannotRead("the body is no answer of JOS")
    if name == ORDERS:
        orders = part.part("searchorderinfo_result").parts("orderInfoList")
        return Listing((), len(orders) >= ORDERS_AT_ONCE, _latest(orders, "modified"))
    if name == SERVICES:
        services = part.part("pageResult").parts("data")
        changed = tuple(Enquiry(call=SERVICE_CALL, about=one.word("serviceId")) for one in services)
        return Listing(changed, len(services) >= ROWS_AT_ONCE, None)
    refunds = [one.find_part("refundApplyVo") or one for one in part.part("queryResult").parts("result")]
    latest = _latest(refunds, "applyTime" if name == REFUNDS else "checkTime")
    return Listing((), len(refunds) >= ROWS_AT_ONCE, latest)


def _latest(entries: Sequence[Fields], time: str) -> datetime | None:
    return max((at for entry in entries if (at := entry.find_china_time(time))), default=None)


def not_answered(body: str) -> NotAnswered | None:
    """The error in an answer."""
    return error_in(body, LIMITED, "zh_desc", refuses, within="error_response")


CALLS = Calls(
    address=GATEWAY,
    lists=(ORDERS, REFUNDS, CHECKED, SERVICES),
    list_changed=list_changed,
    ask=ask,
    sign=sign,
    read=read,
    not_answered=not_answered,
    whole=frozenset({ORDERS, REFUNDS, CHECKED}),
)
