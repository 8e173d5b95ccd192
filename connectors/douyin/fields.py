"""Douyin's page: fields of pushes, orders and requests, and how they are read."""

from connectors.douyin import values as seen
from connectors.douyin.errors import ERRORS
from connectors.tables import Page, Row, Table, rows

_PUSH = (
    Row("tag", "what happened", "see below", (seen.SDK_PUSH, seen.SKIT_PUSH)),
    Row("msg_id", "number of the message, where there is no `msgId`", "acknowledged as a whole", (seen.SDK_PUSH,)),
    Row("msgId", "number of the message", "acknowledged as a whole", (seen.SKIT_PUSH,)),
    Row("data", "JSON, or its text", "ids; a memo, a time", (seen.SDK_PUSH, seen.SKIT_PUSH)),
    *rows(
        (seen.SDK_PUSH, seen.SKIT_TRADE),
        {
            "p_id": ("the order", "what is asked for"),
            "s_ids": ("its lines", ""),
            "pay_amount": ("paid, in fen", "as the order has it"),
            "logistics_msg": ("carrier by a number of theirs, waybill", "as the order has it"),
            "remark, star": ("the seller's memo and its flag", "`add_memo`"),
        },
    ),
    *rows(
        (seen.SDK_PUSH, seen.SKIT_REFUND),
        {
            "aftersale_id": ("the request", "what is asked for"),
            "refund_amount, refund_post_amount": ("money, in fen", "as the request has it"),
            "status_deadline": ("when the platform acts by itself", "a timeout"),
        },
    ),
)

_ORDER = (
    *rows(
        (seen.SDK_ORDER, seen.ERP_ORDER),
        {
            "order_id": ("number of the order", "`order_id`"),
            "order_status, main_status": ("where it stands; the latter says more", "see below"),
            "create_time": ("ordered; seconds since 1970, like all times", "`placed_at`"),
            "update_time": ("last changed", "an older snapshot tells nothing"),
            "pay_time": ("paid", "time of `payment.received`"),
            "pay_type": ("0: cash on delivery", "`source`"),
            "pay_amount": ("paid in all, or due, in fen", "`payment.received`; the lines' sum"),
            "post_amount": ("freight, in fen", "`freight`"),
            "order_phase_list": ("stages of a payment", "`payment.received` each"),
            "finish_time": ("done or cancelled", "time of `confirm_receipt`, `close_unpaid`"),
            "exp_ship_time": ("to be shipped before", "`promised_ship_by`, timeout `ship_by`"),
            "appointment_ship_time": ("to be shipped at, as the buyer wants", "`promised_ship_by`, before the other"),
            "buyer_words": ("what the buyer wrote with the order", "`buyer_message`"),
            "seller_words, seller_remark_stars": ("the shop's memo and its flag", "`add_memo`"),
            "doudian_open_id": ("the buyer, by a name of theirs", "`buyer.id`"),
            "encrypt_post_receiver, encrypt_post_tel": ("receiver, encrypted", "`references`"),
            "mask_post_receiver, mask_post_tel, mask_post_addr": ("receiver, masked", ""),
            "order_expire_time": ("when an unpaid order is closed; in what unit, is not sure", ""),
            "promotion_amount and its like": ("who bears which discount", ""),
        },
    ),
    *rows(
        (seen.SDK_ORDER,),
        {
            "post_addr.province.name": ("province", "`buyer.region`"),
            "logistics_info[].tracking_no": ("waybill", "`tracking_no`"),
            "logistics_info[].company, company_name": ("carrier by code, by name", "`carrier`"),
            "logistics_info[].ship_time": ("shipped", "time of `parcel.consigned`"),
            "logistics_info[].product_info[]": (
                "`sku_order_id`, `product_count`: what is in it",
                "`line_ids`, or `lines`",
            ),
        },
    ),
)

_LINE = (
    *rows(
        (seen.SDK_ORDER, seen.ERP_ITEM),
        {
            "order_id": ("number of the line; one has the order's own", "`line_id`"),
            "item_num": ("pieces", "`quantity`"),
            "pay_amount": ("paid, in fen", "`amount`, made to fit the sum"),
            "product_name": ("article", "`title`"),
            "out_sku_id": ("the shop's own SKU", "`sku`; another: `change_order`"),
            "code, sku_id, product_id": ("article", "`sku`, where there is no other"),
            "goods_type": ("1: virtual", "`virtual`"),
            "after_sale_status, refund_status": ("its request", "is asked for, where it changed"),
        },
    ),
    *rows(
        (seen.SDK_ORDER,),
        {
            "trade_type": ("2: with a deposit; 13: custom-made", "`presale`, `made_to_order`"),
            "pre_sale_type": ("1, 2: a presale", "`presale`, where a time is promised"),
            "first_cid": ("category", "`category`, as the shop's settings have it"),
            "sku_customization_info": ("what it is to be like", "`made_to_order`"),
        },
    ),
)

_REQUEST = (
    *rows(
        (seen.SDK_AFTER, seen.SKIT_AFTER),
        {
            "after_sale_info.after_sale_id": ("number of the request", "the request's name, `aftersale/88`"),
            "after_sale_info.apply_time": ("asked for", "time of `request_after_sale`"),
            "after_sale_info.update_time": ("last changed", "an older snapshot tells nothing"),
            "after_sale_info.reason": ("reason in words", "`reason`, as docs/connectors/taobao.md has it"),
            "after_sale_info.reason_remark": ("the buyer's words", "`description`, kept in the store"),
            "after_sale_info.refund_total_amount": ("asked for, with freight, in fen", "`amount`"),
            "after_sale_info.after_sale_apply_count": ("pieces", "`lines`, where they are not all"),
            "after_sale_info.status_deadline": ("when the platform acts by itself", "a timeout"),
            "after_sale_info.exchange_sku_info": ("what is wanted instead", "`wanted_sku`"),
            "logistics_info.return": ("`company_code`, `tracking_no` of what comes back", "`submit_return`"),
            "logistics_info.exchange": ("of what the seller sends", "`ship_replacement`"),
            "order_info.shop_order_id": ("the order", "the order"),
            "order_info.sku_order_infos[]": ("`sku_order_id`, `item_quantity`: its lines", "`line_ids`, `lines`"),
        },
    ),
    *rows(
        (seen.SDK_AFTER,),
        {
            "logistics_info.resend": ("of missing goods", "`ship_replacement`"),
            "after_sale_info.got_pkg": ("1: the buyer has the goods", ""),
        },
    ),
)

_CALLS = (
    *rows(
        (seen.SDK_SEARCH_ASK, seen.SKIT_SEARCH_ASK),
        {
            "order.searchList": ("orders", "listed"),
            "update_time_start, update_time_end": (
                "from and to a time of change, seconds",
                "from the mark, overlapping",
            ),
            "order_by, order_asc": (
                "by what, and whether the earliest first",
                "by the time of change, the earliest first",
            ),
        },
    ),
    *rows(
        (seen.SDK_SEARCH_ASK, seen.SDK_LIST, seen.SKIT_LIST_ASK),
        {"page, size": ("page, counted from 0; at most 100 entries", "read twice where there are several, backwards")},
    ),
    Row(
        "shop_order_list[].order_id, update_time", "order, last changed", "`order.orderDetail` asks", (seen.SDK_SEARCH,)
    ),
    *rows(
        (seen.SDK_LIST, seen.SKIT_LIST_ASK),
        {
            "afterSale.List": ("requests", "listed"),
            "order_id": ("of one order", "where the order says that one changed"),
        },
    ),
    Row(
        "update_start_time, update_end_time",
        "from and to a time of change, seconds",
        "from the mark, overlapping",
        (seen.SDK_LIST,),
    ),
    *rows(
        (seen.SDK_LISTED,),
        {
            "items[].aftersale_info.aftersale_id, update_time": ("request, last changed", "`afterSale.Detail` asks"),
            "has_more": ("whether another page follows", "read"),
        },
    ),
    *rows((seen.SDK_ASK, seen.SKIT_ASK), {"order.orderDetail: shop_order_id": ("an order", "asked")}),
    *rows((seen.SDK_AFTER_ASK, seen.SKIT_AFTER_ASK), {"afterSale.Detail: after_sale_id": ("a request", "asked")}),
    *rows(
        (seen.SDK_CALL, seen.SDK_CALL_SIGN),
        {"sign": ("HMAC-SHA256 over app key, method, JSON, time and version, the secret around it", "made")},
    ),
)

_CUT = rows(
    (seen.SDK_CUT,),
    {
        "intercept_results[].tracking_no, company_code": ("parcel", ""),
        "intercept_results[].is_success": ("whether it is being stopped", "the carrier's answer: docs/partners"),
        "intercept_results[].can_intercept, unavailable_reason": ("whether it could be, and why not", ""),
        "intercept_results[].intercept_cost": ("fee, in fen", "the edition's counts"),
    },
)

PAGE = Page(
    name="douyin",
    title="Douyin Shop (抖店)",
    introduction="Pushes by tags, and the orders and requests that are fetched after them; money in fen.",
    notes=(
        "Pushes are hints: after one the whole is fetched, and the newest `update_time` counts.",
        "The lines' amounts are `pay_amount` less `post_amount`, to the fen: what is off the whole is shared out.",
        "A parcel may hold some units of a line: `lines` with their quantities.",
        "An order that is paid in stages is opened when all of them are paid: sooner it would be closed as unpaid.",
        "Encrypted fields are kept as references, masked ones are left out: nothing personal comes in the clear.",
        "A memo's flag is told by the nearest of our six colours; a flag without words is a note.",
        "Signed in the header `event-sign`: MD5 over app key, body and secret. It has no time, so no replay window.",
        "Any tag that is not in the table is unreadable: subscribe to those that are.",
        "Answered with `code` 0; anything else, and the whole delivery comes again.",
    ),
    tables=(
        Table("Push", _PUSH),
        seen.TAGS,
        Table("Order (`order.orderDetail`)", _ORDER),
        Table("Line (`sku_order_list`)", _LINE),
        seen.ORDER_STATUS,
        seen.STARS,
        Table("Request (`afterSale.Detail`)", _REQUEST),
        seen.REQUEST_STATUS,
        seen.REQUEST_TYPE,
        seen.REFUND_STATUS,
        seen.ARBITRATION,
        Table("Calls", _CALLS),
        ERRORS,
        Table("Interception (`afterSale.applyLogisticsIntercept`)", _CUT),
        Table(
            "Signature and answer",
            (
                *rows((seen.SDK_SIGN, seen.SKIT_SIGN), {"event-sign": ("hexadecimal MD5", "checked")}),
                *rows((seen.SDK_PUSH,), {"code, msg": ("0, success", "the answer")}),
            ),
        ),
        Table(
            "Carriers",
            rows(
                (seen.SDK_CARRIERS,),
                {"yuantong, zhongtong, yunda, shunfeng, jd, jtexpress, shentong": ("codes", "as Kuaidi100's")},
            ),
        ),
    ),
)
