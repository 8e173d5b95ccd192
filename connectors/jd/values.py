"""Values of JD's fields, and where they were seen: translations read them, the page shows them."""

from collections.abc import Mapping

from connectors.tables import Source, Table, rows
from domain.shop.service import Service

_XIBAO = "https://github.com/XiBao/jos/blob/f19af1699e50d98994dba2ed573f105a496f0c50/api"
_QIHANG = (
    "https://github.com/zeasin/qihangerp-oms/blob/30bdbb8fe82a288939e710643c40b6a0503419bc"
    "/module/open/src/main/java/cn/qihangerp/module/open/jd"
)
_PYTHON = "https://github.com/ogto/scm_backend/blob/e2fa93df43badbe04720ea69f748b61962e76929/jd/api/rest"
SDK_SEARCH = Source("XiBao/jos: pop.order.enSearch", f"{_XIBAO}/order/popOrderEnSearch.go")
SDK_CALL = Source(
    "XiBao/jos: calls", "https://github.com/XiBao/jos/blob/f19af1699e50d98994dba2ed573f105a496f0c50/sdk/client.go"
)
PYTHON_SEARCH = Source("JOS for Python: pop.order.search", f"{_PYTHON}/PopOrderSearchRequest.py")
PYTHON_REFUNDS = Source("JOS for Python: refundapply", f"{_PYTHON}/PopAfsSoaRefundapplyQueryPageListRequest.py")
PYTHON_SYNC = Source("JOS for Python: asc.sync.list", f"{_PYTHON}/AscSyncListRequest.py")
PYTHON_QUERY = Source("JOS for Python: asc.query.list", f"{_PYTHON}/AscQueryListRequest.py")
ERRORS = Source("errors of JOS", "https://blog.csdn.net/DianSan_ERP/article/details/142364242")
ERRORS_TOO = Source("errors of JOS, a list", "https://diansan.com/n/123725.htm")
SDK_ORDER = Source("XiBao/jos: order", f"{_XIBAO}/order/order.interface.go")
SDK_ANSWER = Source("XiBao/jos: pop.order.enGet", f"{_XIBAO}/order/popOrderEnGet.go")
SDK_VIEW = Source("XiBao/jos: serviceAndRefund.view", f"{_XIBAO}/asc/serviceAndRefundView.go")
ERP_ORDER = Source("qihangerp: JdOrder", f"{_QIHANG}/domain/JdOrder.java")
ERP_ITEM = Source("qihangerp: JdOrderItem", f"{_QIHANG}/domain/JdOrderItem.java")
ERP_REFUND = Source("qihangerp: JdRefund", f"{_QIHANG}/domain/JdRefund.java")
ERP_READING = Source("qihangerp: JdRefundServiceImpl", f"{_QIHANG}/service/impl/JdRefundServiceImpl.java")
ERP_STATES = Source(
    "qihangerp: JdOrderStateEnum",
    "https://github.com/zeasin/qihangerp-oms/blob/30bdbb8fe82a288939e710643c40b6a0503419bc"
    "/core/common/src/main/java/cn/qihangerp/common/enums/JdOrderStateEnum.java",
)

REFUNDS_CALL, SERVICES_CALL = "jingdong.pop.afs.soa.refundapply.queryPageList", "jingdong.asc.serviceAndRefund.view"

ORDER_STATE = Table(
    "Order: `orderState`",
    rows(
        (SDK_ORDER, ERP_STATES),
        {
            "WAIT_SELLER_STOCK_OUT": ("waits for shipment", "`payment.received`"),
            "WAIT_SELLER_DELIVERY": ("waits for shipment within the country", "`payment.received`"),
            "WAIT_GOODS_RECEIVE_CONFIRM": ("shipped", "`parcel.consigned`"),
            "FINISHED_L": ("done", "`confirm_receipt`"),
            "TRADE_CANCELED": ("cancelled", "never paid: `close_unpaid`; else the refunds are asked for"),
            "LOCKED": ("locked: the buyer wants to cancel", "`notes`; the refunds are asked for"),
            "POP_ORDER_PAUSE": ("paused by the platform", "`notes`"),
        },
    )
    + rows((SDK_ORDER,), {"WAIT_SEND_CODE": ("waits for codes to be sent (LOC)", "`payment.received`")})
    + rows((ERP_STATES,), {"PARENT_TRADE_CANCELED": ("split into others, which are orders themselves", "`notes`")}),
)
FINISHED, CANCELED, LOCKED, PAUSED, SPLIT = (
    "FINISHED_L",
    "TRADE_CANCELED",
    "LOCKED",
    "POP_ORDER_PAUSE",
    "PARENT_TRADE_CANCELED",
)

REFUND_STATUS = Table(
    "Refund before receipt: `status`",
    rows(
        (ERP_REFUND, ERP_READING),
        {
            "0": ("the buyer asks", "`request_after_sale`"),
            "1": ("agreed to", "and `agree`"),
            "2": ("refused", "and `refuse`"),
            "3": ("agreed to by JD's finance", "and `agree`, `confirm_refund_paid`"),
            "4": ("refused by JD's finance", "and `agree`, `refunds_failed`"),
        },
    )
    + rows(
        (ERP_READING,),
        {
            "5": ("agreed to by a person", "and `agree`"),
            "6": ("the parcel is to be stopped, then it is paid", "`notes`"),
            "7": ("the parcel is stopped", "and `agree`, `notes`"),
            "8": ("the parcel is not stopped", "`notes`"),
            "9": ("closed and paid by force", "and `agree`, `confirm_refund_paid`"),
            "10": ("waits for the carrier", "`notes`"),
            "11": ("taken back by the buyer", "and `withdraw`"),
            "16": ("refused at the door, then paid", "and `agree`, `confirm_refund_paid`"),
            "17": ("both agree to a return", "and `agree`"),
            "18": ("both agree to close it", "and `withdraw`"),
            "19": ("the platform is in", "`notes`"),
            "27": ("JD has promised to stop the parcel", "`notes`"),
        },
    ),
)

SERVICES: Mapping[str, tuple[str, Service]] = {
    "10": ("return", Service.RETURN_REFUND),
    "20": ("exchange", Service.EXCHANGE),
    "30": ("repair", Service.REPAIR),
    "11": ("refund only", Service.REFUND_ONLY),
    "80": ("missing goods sent", Service.RESHIP),
}
WANTED = Table(
    "Service order: `customerExpect`",
    rows((ERP_REFUND,), {code: (meaning, f"`{service}`") for code, (meaning, service) in SERVICES.items()}),
)

SERVICE_STATUS = Table(
    "Service order: `serviceStatus`",
    rows(
        (ERP_REFUND, ERP_READING),
        {
            "10000": ("waits to be looked at", "`request_after_sale`"),
            "10001": ("is looked at", "`request_after_sale`"),
            "10002": ("waits for the buyer's word", "`request_after_sale`"),
            "10012": ("the buyer's word is there", "`request_after_sale`"),
            "10013": ("is looked at, and waits for the buyer's word", "`request_after_sale`"),
            "10004": ("refused", "and `refuse`"),
            "10005": ("waits for the goods", "and `agree`"),
            "10006": ("the goods wait for somebody", "and `agree`"),
            "10007": ("the goods are dealt with", "and `agree`"),
            "10009": ("waits for the buyer to confirm", "and `agree`"),
            "10010": ("done; whether money went, it does not say", "and `agree`; the money is asked for"),
            "10011": ("taken back", "and `withdraw`"),
            "10041": ("the refund is asked for", "and `agree`"),
            "1100": ("waits for the repair", "and `agree`"),
            "12000": ("is repaired at the buyer's", "and `agree`"),
            "14000": ("is inspected at the buyer's", "and `agree`"),
            "13000": ("money is asked for", "and `agree`"),
        },
    ),
)
"""Each state stands for what must have happened before it."""

MONEY_STATUS = Table(
    "Money of a service order (`asc.serviceAndRefund.view`): `status`",
    rows(
        (SDK_VIEW,),
        {"13": ("paid", "`confirm_refund_paid`"), "14": ("failed", "`refunds_failed`")},
    ),
)


def is_told(table: Table, code: str, what: str) -> bool:
    """Whether a value's row tells that."""
    return any(row.name == code and f"`{what}`" in row.ours for row in table.rows)
