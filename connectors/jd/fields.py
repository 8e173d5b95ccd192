"""JD's page: fields of orders, refunds and service orders, and how they are read."""

from connectors.jd import values as seen
from connectors.jd.errors import ERRORS
from connectors.tables import Page, Row, Table, rows

_ORDER = (
    *rows(
        (seen.SDK_ORDER, seen.ERP_ORDER),
        {
            "orderId": ("number of the order", "`order_id`"),
            "orderState": ("where it stands", "see below"),
            "orderStartTime": ("ordered, China clock like all times", "`placed_at`"),
            "modified": ("last changed", "an older snapshot tells nothing"),
            "paymentConfirmTime": ("paid; year 1: not yet", "time of `payment.received`"),
            "orderEndTime": ("done or cancelled; year 1 or 1970: not yet", "time of `confirm_receipt`, `close_unpaid`"),
            "payType": ("1: cash on delivery; 2 to 6: other ways", "`source`"),
            "orderType": ("22 SOP, 75 LOC: codes, nothing is sent", "`virtual`"),
            "orderPayment": ("what is due without the balance used: goods, freight, taxes, fees; yuan", "`amount`"),
            "balanceUsed": ("paid from the buyer's balance", "`amount`, with `orderPayment`"),
            "freightPrice": ("freight", "`freight`"),
            "orderTotalPrice, orderSellerPrice, sellerDiscount": ("sums on the way to it", ""),
            "orderRemark": ("what the buyer wrote with the order", "`buyer_message`"),
            "venderRemark": ("the shop's memo", "`add_memo`, grey: its flag is not in the answer"),
            "waybill": ("waybills: `|` between carriers, commas between numbers", "`tracking_no`"),
            "logisticsId": ("carriers by JD's numbers, `|` between", "`carrier`, as the shop's settings have it"),
            "pin, openIdBuyer": ("the buyer", "`buyer.id`"),
            "consigneeInfo": ("receiver; masked or encrypted for most", "`buyer`, where plain"),
            "directParentOrderId, parentOrderId": ("the order it was split from", "`notes`"),
            "returnOrder": ("1, 2: an order that JD made for a service", ""),
        },
    ),
    *rows(
        (seen.SDK_ORDER, seen.ERP_ITEM),
        {
            "itemInfoList[].skuId": ("JD's SKU", "`line_id`; the second of the same: `-2`"),
            "itemInfoList[].outerSkuId": ("the shop's own SKU", "`sku`"),
            "itemInfoList[].skuName": ("article", "`title`"),
            "itemInfoList[].jdPrice": ("price of a piece", "a share of what was paid"),
            "itemInfoList[].itemTotal": ("pieces", "`quantity`"),
        },
    ),
    Row(
        "couponDetailList[]",
        "discounts; `couponType` 30 with `skuId` is off one article alone",
        "the shares",
        (seen.SDK_ORDER,),
    ),
)

_REFUND = rows(
    (seen.ERP_REFUND, seen.ERP_READING),
    {
        "id": ("number of the refund", "the request's name, `refundapply/88`"),
        "orderId": ("the order", "all that is left of it"),
        "status": ("where it stands", "see below"),
        "applyTime": ("asked for", "time of `request_after_sale`"),
        "checkTime": ("answered", ""),
        "applyRefundSum": ("asked for, in fen", "`amount`"),
        "buyerId, buyerName": ("the buyer", "never told"),
    },
)

_SERVICE = rows(
    (seen.ERP_REFUND,),
    {
        "serviceId": ("number of the service order", "the request's name, `service/88`"),
        "orderId": ("the order", "the order"),
        "customerExpect": ("what is wanted", "see below"),
        "serviceStatus": ("where it stands", "see below"),
        "skuId, wareId": ("the article", "the line"),
        "serviceCount": ("pieces", "`lines`"),
        "applyTime": ("asked for", "time of `request_after_sale`"),
        "questionDesc": ("the buyer's words", "`description`, kept in the store"),
        "approveResult, processResult": ("how it was answered and dealt with", ""),
        "customerName, customerTel, pickwareAddress": ("the buyer", "never told"),
    },
)

_MONEY = rows(
    (seen.SDK_VIEW,),
    {
        "status": ("what became of the money", "see below"),
        "sameOrderServiceBill.serviceId, orderId": ("service order and order", "the request, the order"),
        "refoundAmount": ("paid; in what unit, is not said", ""),
        "completeTime": ("when", ""),
    },
)

_CALLS = (
    *rows(
        (seen.SDK_SEARCH, seen.PYTHON_SEARCH),
        {
            "jingdong.pop.order.enSearch": ("orders, whole; the other name without `en`", "listed, and read"),
            "start_date, end_date, dateType": ("from and to a time; 0: of change, 1: of the order", "of change"),
            "order_state, optional_fields": ("which states and fields are wanted", "those above"),
            "page, page_size": ("page; at most 100 entries", "read twice where there are several, backwards"),
        },
    ),
    *rows(
        (seen.PYTHON_REFUNDS, seen.ERP_READING),
        {
            "jingdong.pop.afs.soa.refundapply.queryPageList": ("refunds, whole; no list by change", "listed, and read"),
            "applyTimeStart, applyTimeEnd": ("asked for from and to", "from the mark, overlapping"),
            "checkTimeStart, checkTimeEnd": ("answered from and to", "from the mark, overlapping: a list of its own"),
            "pageIndex, pageSize": ("page; at most 50 entries", "as above"),
        },
    ),
    *rows(
        (seen.PYTHON_SYNC,),
        {
            "jingdong.asc.sync.list": ("service orders that changed", "listed, each then asked for"),
            "updateTimeBegin, updateTimeEnd": ("from and to a time of change", "from the mark, overlapping"),
        },
    ),
    *rows(
        (seen.PYTHON_QUERY, seen.ERP_READING),
        {
            "jingdong.asc.query.list: serviceId": ("a service order", "asked"),
            "buId, operatePin, operateNick": (
                "the shop's number, and who asks",
                "`account` of the connection, `caseline`",
            ),
        },
    ),
    *rows(
        (seen.SDK_CALL, seen.SDK_ANSWER),
        {"360buy_param_json, sign": ("parameters as JSON; MD5 over all in order, the secret around it", "made")},
    ),
)

PAGE = Page(
    name="jd",
    title="JD (京东, JOS)",
    introduction="Orders, refunds and service orders as JOS answers them: no public source shows a push.",
    notes=(
        "Nothing is signed: whoever hands on an answer of JOS carries a token of its own.",
        "The newest `modified` of an order counts. Requests say no such time, but never go back: a state that was "
        "passed tells nothing.",
        "The lines' amounts are `orderPayment` and `balanceUsed` less `freightPrice`, to the fen, shared out by price.",
        "What is in which parcel, and when it was shipped, JD does not say: `parcel.consigned` names no lines and no "
        "time, and is what is left when it is learnt.",
        "Carriers have numbers of which no public source was found: the shop's settings name them, and one that is "
        "not there makes an order unreadable.",
        "A refund before receipt names no lines; it is for all that is left. A service order is for one article.",
        "That a service order is done says nothing of the money: it is asked for.",
        "JD lists refunds by when they were asked for and when they were answered, and not by when they changed: one "
        "that is taken back is seen once the order changes, or is asked for.",
        "A newer page of JD's puts the parameters of an order's call into `paramOrderJSFQuery`; every client that was "
        "seen has them plain, and so have ours.",
    ),
    tables=(
        Table("Order (`jingdong.pop.order.get`, `…enGet`)", _ORDER),
        seen.ORDER_STATE,
        Table("Refund before receipt (`jingdong.pop.afs.soa.refundapply.queryPageList`)", _REFUND),
        seen.REFUND_STATUS,
        Table("Service order (`jingdong.asc.query.list`)", _SERVICE),
        seen.WANTED,
        seen.SERVICE_STATUS,
        Table("Money (`jingdong.asc.serviceAndRefund.view`)", _MONEY),
        seen.MONEY_STATUS,
        Table("Calls", _CALLS),
        ERRORS,
        Table(
            "Answers",
            rows((seen.SDK_ANSWER,), {"…_responce": ("spelled so; `orderDetailInfo.orderInfo` within", "read")}),
        ),
    ),
)
