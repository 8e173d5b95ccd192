"""Values of Douyin's fields, and where they were seen: translations read them, the page shows them."""

from collections.abc import Mapping

from connectors.tables import Row, Source, Table, rows
from domain.order.people.changes import MemoFlag
from domain.shop.service import Service

_SDK = "https://github.com/zsmhub/doudian-sdk/blob/b020c051a2b1fb8acb3de64d9077686d8faadb4c"
_SKIT = (
    "https://github.com/fudiwei/DotNetCore.SKIT.FlurlHttpClient.ByteDance/blob/394cb4b79b37f649dd8c064328f4e0c155db8df2"
    "/src/SKIT.FlurlHttpClient.ByteDance.DouyinShop"
)
_QIHANG = (
    "https://github.com/zeasin/qihangerp-oms/blob/30bdbb8fe82a288939e710643c40b6a0503419bc"
    "/module/open/src/main/java/cn/qihangerp/module/open/dou/domain"
)
SDK_ORDER = Source("doudian-sdk: orderDetail", f"{_SDK}/api/order_orderDetail/response/order_orderDetail_response.go")
SDK_AFTER = Source(
    "doudian-sdk: afterSale Detail", f"{_SDK}/api/afterSale_Detail/response/afterSale_Detail_response.go"
)
SDK_LIST = Source("doudian-sdk: afterSale List", f"{_SDK}/api/afterSale_List/request/afterSale_List_request.go")
SDK_SEARCH = Source("doudian-sdk: searchList", f"{_SDK}/api/order_searchList/response/order_searchList_response.go")
SDK_PUSH = Source("doudian-sdk: pushes", f"{_SDK}/message/README.md")
SDK_SIGN = Source("doudian-sdk: signature", f"{_SDK}/message/doudian_sign.go")
SDK_ASK = Source(
    "doudian-sdk: orderDetail, asked", f"{_SDK}/api/order_orderDetail/request/order_orderDetail_request.go"
)
SDK_SEARCH_ASK = Source(
    "doudian-sdk: searchList, asked", f"{_SDK}/api/order_searchList/request/order_searchList_request.go"
)
SDK_AFTER_ASK = Source(
    "doudian-sdk: afterSale Detail, asked", f"{_SDK}/api/afterSale_Detail/request/afterSale_Detail_request.go"
)
SDK_LISTED = Source(
    "doudian-sdk: afterSale List, answered", f"{_SDK}/api/afterSale_List/response/afterSale_List_response.go"
)
SDK_CALL = Source("doudian-sdk: calls", f"{_SDK}/core/doudian_op_api_client.go")
SDK_CALL_SIGN = Source("doudian-sdk: signature of calls", f"{_SDK}/utils/sign_util.go")
SKIT_SEARCH_ASK = Source("SKIT DouyinShop: searchList", f"{_SKIT}/Models/Order/OrderSearchListRequest.cs")
SKIT_LIST_ASK = Source("SKIT DouyinShop: afterSale List", f"{_SKIT}/Models/Aftersale/AftersaleListRequest.cs")
SKIT_AFTER_ASK = Source(
    "SKIT DouyinShop: afterSale Detail, asked", f"{_SKIT}/Models/Aftersale/AftersaleDetailRequest.cs"
)
SKIT_ASK = Source("SKIT DouyinShop: orderDetail, asked", f"{_SKIT}/Models/Order/OrderDetailRequest.cs")
ERRORS = Source(
    "tb07/jinritemai: errors",
    "https://github.com/tb07/jinritemai/blob/082346c74ade22a7bf4fd1f0c10b7dfc6bef4c0c/src/Error/ErrorCode.php",
)
ERRORS_TOO = Source(
    "renhonghai/doudian-sdk: errors",
    "https://github.com/renhonghai/doudian-sdk/blob/37e2766de2bcffb863e0bedc5f6e7a82d2438eeb"
    "/src/Constants/ErrNoConstant.php",
)
_RETURNS = (
    "https://github.com/sevencat/ecommerce_sdk/blob/6a748c4270df2751858f84bfa15c879af2274f44/ecommerce_sdk/douyin"
)
RETURNS_ORDER = Source("ecommerce_sdk: errors of orderDetail", f"{_RETURNS}/OrderOrderDetail.cs")
RETURNS_AFTER = Source("ecommerce_sdk: errors of afterSale Detail", f"{_RETURNS}/AfterSaleDetail.cs")
SDK_CUT = Source(
    "doudian-sdk: applyLogisticsIntercept",
    f"{_SDK}/api/afterSale_applyLogisticsIntercept/response/afterSale_applyLogisticsIntercept_response.go",
)
SDK_CARRIERS = Source(
    "doudian-sdk: carriers' codes",
    f"{_SDK}/api/logistics_getRecommendedAndDeliveryExpressByOrder/request"
    "/logistics_getRecommendedAndDeliveryExpressByOrder_request.go",
)
SKIT_PUSH = Source("SKIT DouyinShop: event", f"{_SKIT}/DouyinShopEvent.cs")
SKIT_TRADE = Source("SKIT DouyinShop: trade events", f"{_SKIT}/Events/Trade/TradePaidEvent.cs")
SKIT_REFUND = Source("SKIT DouyinShop: refund events", f"{_SKIT}/Events/Refund/RefundCreatedEvent.cs")
SKIT_SIGN = Source("SKIT DouyinShop: signature", f"{_SKIT}/Extensions/DouyinShopClientEventExtensions.cs")
SKIT_AFTER = Source("SKIT DouyinShop: afterSale Detail", f"{_SKIT}/Models/Aftersale/AftersaleDetailResponse.cs")
ERP_ORDER = Source("qihangerp: DouOrder", f"{_QIHANG}/DouOrder.java")
ERP_ITEM = Source("qihangerp: DouOrderItem", f"{_QIHANG}/DouOrderItem.java")
ERP_REFUND = Source("qihangerp: DouRefund", f"{_QIHANG}/DouRefund.java")

ORDER_CALL, REQUEST_CALL, REQUESTS_CALL = "order.orderDetail", "afterSale.Detail", "afterSale.List"
MEMO_TAG, DEADLINE_TAG = "113", "209"

_TRADE_TAGS = {
    "100": "ordered",
    "101": "paid",
    "102": "shipped",
    "103": "done",
    "104": "another waybill",
    "105": "another address",
    "106": "cancelled",
    "108": "shipped in part",
    "109": "the seller changed an amount",
    "110": "paid, and looked into by the platform",
    "111": "the buyer asks for another address",
    "126": "an appointment for the delivery",
}
_REFUND_TAGS = {
    "200": "asked for",
    "201": "the money is agreed to",
    "202": "the return is agreed to",
    "203": "sent back",
    "204": "the money is refused",
    "205": "the return is refused",
    "206": "money is back",
    "207": "closed",
    "208": "the buyer asks for something else",
    "211": "an exchange is confirmed, the goods are sent again",
    "212": "the platform is asked in",
    "213": "the platform wants evidence",
    "214": "the seller's evidence is there",
    "215": "asking the platform was taken back",
    "216": "the platform decided",
    "217": "the platform's agent is in",
    "218": "evidence while both talk",
    "224": "a special right was used",
    "225": "a special right was paid",
    "226": "missing goods are sent",
    "227": "sending missing goods is agreed to",
}
TAGS = Table(
    "Pushes: `tag`",
    (
        *rows(
            (SDK_PUSH, SKIT_TRADE),
            {tag: (meaning, f"asks `{ORDER_CALL}`") for tag, meaning in _TRADE_TAGS.items()},
        ),
        Row(MEMO_TAG, "the seller's memo or its flag", "`add_memo`", (SDK_PUSH, SKIT_TRADE)),
        *rows(
            (SDK_PUSH, SKIT_REFUND),
            {tag: (meaning, f"asks `{REQUEST_CALL}`") for tag, meaning in _REFUND_TAGS.items()},
        ),
        Row(DEADLINE_TAG, "the time for the next answer was changed", "a timeout", (SDK_PUSH, SKIT_REFUND)),
    ),
)
ABOUT_ORDERS, ABOUT_REQUESTS = frozenset(_TRADE_TAGS), frozenset(_REFUND_TAGS)

ORDER_STATUS = Table(
    "Order: `order_status`, `main_status`",
    rows(
        (SDK_ORDER, SDK_SEARCH),
        {
            "1": ("ordered, waits for the payment", "unpaid"),
            "105": ("paid", "`payment.received`"),
            "2": ("is made ready", "`payment.received`"),
            "101": ("shipped in part", "`parcel.consigned`"),
            "3": ("shipped", "`parcel.consigned`"),
            "4": ("cancelled", "never paid: `close_unpaid`; else the requests are asked for"),
            "5": ("done: received, or its time has passed", "`confirm_receipt`"),
        },
    )
    + rows(
        (SDK_ORDER,),
        {
            "103": ("paid in part", "`notes`; not opened yet"),
            "21": ("refunded before shipping", "the requests are asked for"),
            "22": ("refunded after shipping", "the requests are asked for"),
            "39": ("refunded after receipt", "the requests are asked for"),
        },
    ),
)
UNPAID, CANCELLED, DONE, PAID_IN_PART = "1", "4", "5", "103"

SERVICES: Mapping[str, tuple[str, Service]] = {
    "0": ("return and refund", Service.RETURN_REFUND),
    "1": ("refund only, shipped", Service.REFUND_ONLY),
    "2": ("refund only, not shipped", Service.REFUND_ONLY),
    "3": ("exchange", Service.EXCHANGE),
    "4": ("cancelled by the platform", Service.REFUND_ONLY),
    "5": ("cancelled by the buyer", Service.REFUND_ONLY),
    "6": ("price protection", Service.PRICE_PROTECTION),
    "7": ("missing goods sent", Service.RESHIP),
    "8": ("repair", Service.REPAIR),
}
REQUEST_TYPE = Table(
    "Request: `after_sale_type`",
    rows(
        (SDK_AFTER, SDK_LIST, ERP_REFUND),
        {code: (meaning, f"`{service}`") for code, (meaning, service) in SERVICES.items() if code not in "45"},
    )
    + rows(
        (SDK_AFTER, SDK_SEARCH),
        {code: (meaning, f"`{service}`") for code, (meaning, service) in SERVICES.items() if code in "45"},
    ),
)

REQUEST_STATUS = Table(
    "Request: `after_sale_status`",
    rows(
        (SDK_AFTER, SDK_LIST, ERP_REFUND),
        {
            "6": ("the buyer asks", "`request_after_sale`"),
            "7": ("agreed to, waits for the return", "and `agree`"),
            "8": ("waits for the seller's goods", "and `agree`, and what came back"),
            "11": ("sent back", "and `agree`, `submit_return`"),
            "12": ("done", "and all of it, `confirm_refund_paid`"),
            "13": ("the seller's goods are on their way", "and `ship_replacement`"),
            "14": ("the buyer has the seller's goods", "and `confirm_replacement`"),
            "27": ("refused", "and `refuse`"),
            "28": ("closed without a result", "and `withdraw`"),
            "29": ("refused after the goods came back", "and `inspect_return`, not conforming"),
        },
    )
    + rows(
        (SDK_AFTER, SDK_ORDER),
        {
            "51": ("the order is cancelled", "as 12"),
            "53": ("done", "as 12"),
        },
    )
    + rows((ERP_REFUND,), {"3": ("the seller's goods are on their way", "as 13")}),
)
DEADLINES: Mapping[str, str] = {
    "6": "seller_answer",
    "7": "buyer_return",
    "11": "seller_receipt",
    "27": "buyer_reaction",
    "29": "buyer_reaction",
}

ARBITRATION = Table(
    "Request: `arbitrate_status`",
    rows(
        (SDK_LIST, ERP_REFUND),
        {
            "0": ("not asked in", ""),
            "1": ("at work", "`ask_platform`"),
            "2": ("for the buyer", "`ask_platform`, `rule`"),
            "3": ("for the seller", "`ask_platform`, `rule`"),
            "4": ("waits for the seller's evidence", "`ask_platform`"),
            "5": ("both are to talk", "`ask_platform`"),
            "255": ("over, or taken back: sources differ", ""),
        },
    )
    + rows((SDK_LIST,), {"6": ("over; for whom, is not said", "`ask_platform`")}),
)
PLATFORM_IN = frozenset(row.name for row in ARBITRATION.rows if "ask_platform" in row.ours)
RULED: Mapping[str, str] = {"2": "buyer", "3": "seller"}

REFUND_STATUS = Table(
    "Request: `refund_status`",
    rows(
        (SDK_AFTER, ERP_REFUND),
        {
            "0": ("no money", ""),
            "1": ("to be paid", ""),
            "2": ("being paid", ""),
            "3": ("paid", "`confirm_refund_paid`"),
            "4": ("failed", "`refunds_failed`"),
            "5": ("collected later", "`confirm_refund_paid`"),
        },
    ),
)
PAID, NOT_PAID = frozenset({"3", "5"}), "4"

FLAGS: Mapping[str, tuple[str, MemoFlag]] = {
    "0": ("grey", MemoFlag.GREY),
    "1": ("purple", MemoFlag.PINK),
    "2": ("cyan", MemoFlag.BLUE),
    "3": ("green", MemoFlag.GREEN),
    "4": ("orange", MemoFlag.YELLOW),
    "5": ("red", MemoFlag.RED),
}
STARS = Table(
    "Memo: `seller_remark_stars`, `star`",
    tuple(Row(code, colour, f"`{flag.name.lower()}`", (SDK_ORDER, SDK_LIST)) for code, (colour, flag) in FLAGS.items()),
)
