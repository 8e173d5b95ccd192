"""Taobao's page: fields of trades, refunds and messages, and how they are read."""

from connectors.requests import REASON_WORDS
from connectors.tables import Page, Row, Table, rows
from connectors.taobao import sources as seen
from connectors.taobao.errors import ERRORS
from connectors.taobao.topics import TOPICS
from connectors.taobao.values import (
    ACTIONS,
    COD_STATUS,
    CS_STATUS,
    DISPUTE_TYPE,
    REFUND_STATUS,
    SELLER_FLAG,
    STEP_STATUS,
    TRADE_STATUS,
)

_TRADE = (
    *rows(
        (seen.TRADE, seen.ERP_TRADE, seen.LISTING),
        {
            "tid": ("number of the trade", "`order_id`"),
            "created": ("ordered, China clock like all times", "`placed_at`"),
            "modified": ("last changed", "an older snapshot tells nothing"),
            "pay_time": ("paid", "time of `payment.received`"),
            "payment": (
                "paid in all, or due, with freight; yuan with two places",
                "`payment.received`; the lines' sum",
            ),
            "num": ("pieces; of several sub-orders nothing", ""),
            "title": ("the shop's name", ""),
        },
    ),
    *rows(
        (seen.TRADE, seen.ERP_TRADE),
        {
            "type": ("`cod`: cash on delivery; `step`: staged", "`source`"),
            "post_fee": ("freight", "`freight`"),
            "consign_time": ("shipped", "of a sub-order without its own"),
            "end_time": ("done or closed", "time of `confirm_receipt`, `close_unpaid`"),
            "step_paid_fee": ("deposit paid", ""),
            "buyer_open_uid": ("the buyer, by a name of the application", "`buyer.id`"),
            "buyer_message": ("what the buyer wrote with the order", "`buyer_message`"),
            "seller_memo": ("the shop's memo", "`add_memo`"),
            "timeout_action_time": ("shipped: when receipt is confirmed by itself", "timeout `auto_confirm`"),
            "send_time": ("to be sent before, mostly of presales", "`promised_ship_by`, after `est_con_time`"),
            "oaid": ("a name by which the receiver is given out", "`references`"),
            "receiver_name, receiver_mobile, receiver_phone": ("receiver; masked or encrypted", "`buyer`, where plain"),
            "receiver_address": ("address; masked or encrypted", "`buyer.address`, where plain"),
            "receiver_state": ("province", "`buyer.region`"),
            "receiver_city, receiver_district, receiver_town": ("place", "`buyer.address`, where plain"),
            "shipping_type": ("`virtual`: nothing is sent", "`virtual` of the lines"),
            "buyer_cod_fee": ("what the buyer pays for cash on delivery", "in `payment`"),
            "yfx_fee": ("freight insurance", ""),
            "is_part_consign": ("shipped in several", "the sub-orders say it"),
            "received_payment": ("what the seller has been paid so far", ""),
        },
    ),
    *rows(
        (seen.TRADE,),
        {
            "est_con_time": ("when the seller expects to ship", "`promised_ship_by`, and timeout `ship_by`"),
            "delivery_time": ("latest time to ship", "`promised_ship_by`, after `send_time`"),
            "collect_time": ("latest time of the pick-up", ""),
            "sign_time, promise_sign_time": ("latest time of delivery", ""),
            "new_presell": ("a presale", "`presale`, where a time is promised"),
            "top_hold, team_buy_hold, share_group_hold, ofp_hold, forbid_consign": ("held by the platform", "`notes`"),
            "step_pay_details": ("stages of a payment, their values unknown", ""),
            "receipt_type": ("a trade that only makes up a difference", ""),
        },
    ),
)

_ORDER = (
    *rows(
        (seen.ORDER, seen.ERP_ORDER),
        {
            "oid": ("number of the sub-order; of a single one the trade's", "`line_id`"),
            "num": ("pieces", "`quantity`"),
            "divide_order_fee": ("paid, with its share of what is off the whole", "`amount`, made to fit the sum"),
            "title": ("article", "`title`"),
            "outer_sku_id": ("the shop's own SKU", "`sku`"),
            "sku_id": ("Taobao's SKU", "`sku`, where there is no own; another: `change_order`"),
            "outer_iid, num_iid": ("article", "`sku`, where there is no other"),
            "cid": ("category", "`category`, as the shop's settings have it"),
            "seller_type": ("`B`: Tmall", "`platform`"),
            "consign_time": ("shipped", "time of `parcel.consigned`"),
            "logistics_company": ("carrier by its Chinese name", "`carrier`"),
            "invoice_no": ("waybill", "`tracking_no`"),
            "refund_id": ("its last refund", "is asked for, where its status is another"),
            "refund_status": ("of that refund", "is asked for"),
        },
    ),
    Row(
        "payment",
        "paid; with freight where the sub-order is alone, without where there are several",
        "`amount`, where there is no `divide_order_fee`",
        (seen.FULLINFO, seen.ARTICLE),
    ),
    Row("estimate_con_time", "when the seller expects to ship it", "", (seen.ORDER,)),
)

_REFUND = (
    *rows(
        (seen.REFUND, seen.ERP_REFUND),
        {
            "refund_id": ("number of the refund", "the request's name, `refund/88`"),
            "tid, oid": ("trade and sub-order", "order and `line_ids`"),
            "num": ("pieces of the sub-order, not of the refund", ""),
            "created": ("asked for", "time of `request_after_sale`"),
            "modified": ("last changed", "an older snapshot tells nothing"),
            "refund_fee": ("goes back to the buyer", "`amount`"),
            "payment": ("stays with the seller", ""),
            "reason": ("reason in words", "`reason`, see below"),
            "desc": ("the buyer's words", "`description`, kept in the store"),
            "has_good_return": ("whether goods come back", "`service`, where `dispute_type` does not say"),
            "good_status": ("BUYER_NOT_RECEIVED, BUYER_RECEIVED, BUYER_RETURNED_GOODS", ""),
            "refund_phase": ("`onsale` before, `aftersale` after receipt", "the case knows it"),
            "company_name, sid": ("carrier and waybill of the return", "`submit_return`"),
            "advance_status": (
                "the platform pays in advance: 1 asked, 2 paid, 3 refused, 4 closed, 5 settled",
                "`notes`",
            ),
        },
    ),
    *rows(
        (seen.REFUND,),
        {
            "special_refund_type": ("`priceProtect`: price protection; `cashBack`", "`service`"),
            "operation_contraint": ("`cannot_refuse`, `refund_onweb`", "`notes`"),
            "refund_version": ("to be named in answers", ""),
        },
    ),
    *rows(
        (seen.REFUND, seen.REMIND),
        {"refund_remind_timeout": ("`exist_timeout`, `timeout`: when the platform acts by itself", "a timeout")},
    ),
)

_MESSAGE = (
    *rows(
        (seen.MESSAGE, seen.TMC),
        {
            "id": ("number of the message; it comes again until it is confirmed", "confirmed"),
            "topic": ("what happened", "see below"),
            "content": ("JSON", "`tid`, `refund_id`, a memo, a node"),
            "pub_time": ("when", "time of a memo"),
        },
    ),
    Row("s_message_ids", "confirms up to 200 messages", "the answer", (seen.CONFIRM,)),
)

_CALLS = (
    *rows(
        (seen.INCREMENT, seen.INCREMENT_TOO),
        {
            "taobao.trades.sold.increment.get": ("trades that changed, at most a day, 1 to 100 a page", "listed"),
            "start_modified, end_modified": ("from and to a time of change", "from the mark, two minutes overlapping"),
        },
    ),
    Row(
        "page_no (of trades)",
        "the newest first: paged from the last page, lest one be missed that changes meanwhile",
        "pages are read a second time, backwards",
        (seen.INCREMENT,),
    ),
    *rows(
        (seen.RECEIVED, seen.RECEIVED_TOO),
        {
            "taobao.refunds.receive.get": ("refunds that changed", "listed"),
            "type (of refunds)": (
                "kinds of trade; by default cash on delivery and staged ones are left out",
                "all five",
            ),
        },
    ),
    *rows(
        (seen.INCREMENT, seen.RECEIVED),
        {"use_has_next, has_next": ("whether another page follows, in place of a count", "read")},
    ),
)

_CUT = rows(
    (seen.CUT,),
    {
        "mail_no": ("waybill", ""),
        "intercept_status": ("1 stopped, 2 not stopped, 3 cancelled", "the carrier's answer: docs/partners"),
    },
)

_WORDS = "; ".join(f"`{reason}` {words.replace('|', ' ')}" for reason, words in REASON_WORDS)

PAGE = Page(
    name="taobao",
    title="Taobao and Tmall (TOP, TMC)",
    introduction="Messages of TMC, and the trades and refunds that are fetched after them.",
    notes=(
        "Messages are hints: after one the whole is fetched, and the newest `modified` counts.",
        "The lines' amounts are `payment` less `post_fee`, to the fen: what is off the whole order is shared out.",
        "A trade that is paid in stages is opened when all of it is paid: sooner it would be closed as unpaid.",
        "`TRADE_CLOSED_BY_TAOBAO` becomes `close_unpaid` with the buyer's consent: nobody can pay it any more.",
        "Masked (`*`) and encrypted (`~…~`, `$…$`) fields of a receiver are left out; `oaid` is kept as a reference.",
        "A memo's flag is told by the nearest of our six colours; a flag without words is a note.",
        "A carrier whose Chinese name is not known makes a message unreadable: a wrong one would be worse.",
        f"Reasons come in words, and are read by them (the first counts, else `other`): {_WORDS}.",
        "Signed by TOP where it calls us: MD5 over sorted headers (`top-sign-list`), query and form, the body, the "
        "secret around it; `timestamp` within five minutes. What a TMC client hands on carries its own token.",
    ),
    tables=(
        TOPICS,
        Table("Message of TMC", _MESSAGE),
        Table("Trade (`trade_fullinfo_get_response`)", _TRADE),
        Table("Sub-order (`orders.order`)", _ORDER),
        TRADE_STATUS,
        STEP_STATUS,
        COD_STATUS,
        SELLER_FLAG,
        Table("Refund (`refund_get_response`)", _REFUND),
        REFUND_STATUS,
        DISPUTE_TYPE,
        CS_STATUS,
        Table("Track (`taobao_logistics_LogsticDetailTrace`): `action`", tuple(one.row() for one in ACTIONS.values())),
        Table("Calls", _CALLS),
        ERRORS,
        Table("Interception (`taobao.logistics.express.delivery.cut.notify`)", _CUT),
        Table(
            "Signature of a call",
            rows(
                (seen.SPI, seen.SPI_TOO),
                {
                    "sign": ("hexadecimal MD5", "checked"),
                    "timestamp": ("when it was sent, China clock", "not older than five minutes"),
                    "top-sign-list": ("headers that are signed too", "checked"),
                },
            ),
        ),
    ),
)
