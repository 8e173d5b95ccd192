"""Values of Taobao's fields: translations read them, the page shows them."""

from collections.abc import Mapping

from connectors.tables import Row, Table, rows
from connectors.taobao import sources as seen
from connectors.tracks import EXCEPTION, OUT, PICKED_UP, SCANNED, SIGNED, State
from domain.order.people.changes import MemoFlag
from domain.parcels.facts import ExceptionKind
from domain.shop.service import Service

_NOTHING_YET = "unpaid"

TRADE_STATUS = Table(
    "Trade and sub-orders: `status`",
    rows(
        (seen.TRADE, seen.TMC, seen.LISTING),
        {
            "TRADE_NO_CREATE_PAY": ("no payment was begun", _NOTHING_YET),
            "WAIT_BUYER_PAY": ("waits for the payment", _NOTHING_YET),
            "PAY_PENDING": ("a foreign card's payment is looked into", _NOTHING_YET),
            "WAIT_SELLER_SEND_GOODS": ("paid, waits for shipment", "`payment.received`"),
            "WAIT_BUYER_CONFIRM_GOODS": ("shipped", "`payment.received`, `parcel.consigned`"),
            "TRADE_BUYER_SIGNED": ("cash on delivery: signed for", "`parcel.consigned`"),
            "TRADE_FINISHED": ("done: received, or its time has passed", "`confirm_receipt`"),
            "TRADE_CLOSED": ("closed after payment: refunded", "the refunds are asked for"),
            "TRADE_CLOSED_BY_TAOBAO": ("closed before payment", "`close_unpaid`; of a sub-order: no line"),
        },
    )
    + rows(
        (seen.TRADE,),
        {
            "WAIT_PRE_AUTH_CONFIRM": ("a pre-authorisation is looked into", _NOTHING_YET),
            "PAID_FORBID_CONSIGN": ("paid, and held by the platform", "`payment.received`, `notes`"),
            "SELLER_CONSIGNED_PART": ("shipped in part", "`payment.received`, `parcel.consigned`"),
        },
    ),
)

UNPAID = frozenset(row.name for row in TRADE_STATUS.rows if row.ours == _NOTHING_YET)
SHIPPED = "WAIT_BUYER_CONFIRM_GOODS"
FINISHED = "TRADE_FINISHED"
REFUNDED = "TRADE_CLOSED"
NEVER_PAID = "TRADE_CLOSED_BY_TAOBAO"
FORBIDDEN = "PAID_FORBID_CONSIGN"

STEP_STATUS = Table(
    "Staged payment: `step_trade_status`",
    rows(
        (seen.TRADE, seen.ERP_TRADE),
        {
            "FRONT_NOPAID_FINAL_NOPAID": ("nothing paid", "`notes`; not opened yet"),
            "FRONT_PAID_FINAL_NOPAID": ("deposit paid", "`notes`; not opened yet"),
            "FRONT_PAID_FINAL_PAID": ("all paid", "opened; one `payment.received`"),
        },
    )
    + rows((seen.TRADE,), {"FRONT_PAID_FRONT_FORFEITED": ("deposit forfeited", "`notes`; never opened")}),
)
ALL_PAID = "FRONT_PAID_FINAL_PAID"

COD_STATUS = Table(
    "Cash on delivery: `cod_status`",
    rows(
        (seen.TRADE,),
        {
            "NEW_CREATED": ("ordered from the carrier", ""),
            "ACCEPTED_BY_COMPANY": ("carrier has accepted", ""),
            "REJECTED_BY_COMPANY": ("carrier has not", "`notes`"),
            "RECIEVE_TIMEOUT": ("carrier did not answer", "`notes`"),
            "TAKEN_IN_SUCCESS": ("picked up; when, is not said", "the track tells it"),
            "TAKEN_IN_FAILED": ("not picked up", "`notes`"),
            "TAKEN_TIMEOUT": ("not picked up in time", "`notes`"),
            "SIGN_IN": ("signed for; when, is not said", "the track tells it"),
            "REJECTED_BY_OTHER_SIDE": ("not signed for; when, is not said", "`notes`"),
            "WAITING_TO_BE_SENT": ("not with the carrier yet", ""),
            "CANCELED": ("cancelled", "`notes`"),
        },
    ),
)

REFUND_STATUS = Table(
    "Refund: `status`",
    rows(
        (seen.REFUND, seen.ERP_REFUND, seen.LISTING),
        {
            "WAIT_SELLER_AGREE": ("the buyer asks", "`request_after_sale`"),
            "WAIT_BUYER_RETURN_GOODS": ("agreed to, waits for the return", "and `agree`"),
            "WAIT_SELLER_CONFIRM_GOODS": ("sent back", "and `submit_return`"),
            "SELLER_REFUSE_BUYER": ("refused", "and `refuse`"),
            "CLOSED": ("closed without a result", "and `withdraw`"),
            "SUCCESS": ("money is back", "and `agree`, `submit_return`, `inspect_return`, `confirm_refund_paid`"),
        },
    ),
)
REFUND_DEADLINES: Mapping[str, str] = {
    "WAIT_SELLER_AGREE": "seller_answer",
    "WAIT_BUYER_RETURN_GOODS": "buyer_return",
    "WAIT_SELLER_CONFIRM_GOODS": "seller_receipt",
    "SELLER_REFUSE_BUYER": "buyer_reaction",
}

SERVICES: Mapping[str, tuple[str, Service]] = {
    "REFUND": ("refund only", Service.REFUND_ONLY),
    "REFUND_AND_RETURN": ("return and refund", Service.RETURN_REFUND),
    "TMALL_EXCHANGE": ("exchange at Tmall", Service.EXCHANGE),
    "TAOBAO_EXCHANGE": ("exchange at Taobao", Service.EXCHANGE),
    "REPAIR": ("repair", Service.REPAIR),
    "RESHIPPING": ("sent again what was missing", Service.RESHIP),
}
DISPUTE_TYPE = Table(
    "Refund: `dispute_type`",
    (
        *rows(
            (seen.REFUND, seen.ERP_REFUND),
            {name: (meaning, f"`{service}`") for name, (meaning, service) in SERVICES.items()},
        ),
        Row("OTHERS", "others", "as `has_good_return` says", (seen.REFUND, seen.ERP_REFUND)),
    ),
)

CS_STATUS = Table(
    "Refund: `cs_status`, the platform's agent",
    rows(
        (seen.REFUND, seen.ERP_REFUND),
        {
            "1": ("not needed", ""),
            "2": ("asked in", "`ask_platform`"),
            "3": ("in", "`ask_platform`"),
            "4": ("first review done", "`ask_platform`"),
            "5": ("second review failed", "`ask_platform`"),
            "6": ("done; for whom, is not said", "`ask_platform`"),
            "7": ("taken back", ""),
            "8": ("for the buyer", "`ask_platform`, `rule`"),
            "9": ("for the seller", "`ask_platform`, `rule`"),
            "10": ("evidence is collected", "`ask_platform`"),
            "11": ("an appeal is open", "`ask_platform`"),
        },
    ),
)
PLATFORM_IN = frozenset(row.name for row in CS_STATUS.rows if "ask_platform" in row.ours)
RULED: Mapping[str, str] = {"8": "buyer", "9": "seller"}

FLAGS: Mapping[str, tuple[str, MemoFlag]] = {
    "0": ("grey", MemoFlag.GREY),
    "1": ("red", MemoFlag.RED),
    "2": ("yellow", MemoFlag.YELLOW),
    "3": ("green", MemoFlag.GREEN),
    "4": ("blue", MemoFlag.BLUE),
    "5": ("purple", MemoFlag.PINK),
    "6": ("orange", MemoFlag.YELLOW),
    "7": ("light blue", MemoFlag.BLUE),
    "8": ("light pink", MemoFlag.PINK),
    "9": ("dark green", MemoFlag.GREEN),
    "10": ("peach", MemoFlag.PINK),
}
SELLER_FLAG = Table(
    "Memo: `seller_flag`",
    tuple(
        Row(code, colour, f"`{flag.name.lower()}`", (seen.TMC, seen.TRADE) if code in set("12345") else (seen.TMC,))
        for code, (colour, flag) in FLAGS.items()
    ),
)

ACTIONS: Mapping[str, State] = {
    state.code: state
    for state in (
        State("CREATE", "ordered from the carrier", None, (seen.TMC,)),
        State("CONSIGN", "the seller says it left", None, (seen.TMC,)),
        State("GOT", "picked up", PICKED_UP, (seen.TMC,)),
        State("ARRIVAL", "came into a centre", SCANNED, (seen.TMC,)),
        State("DEPARTURE", "left a centre", SCANNED, (seen.TMC,)),
        State("SENT_CITY", "in the buyer's city", SCANNED, (seen.TMC,)),
        State("SENT_SCAN", "out for delivery", OUT, (seen.TMC,)),
        State("SIGNED", "signed for", SIGNED, (seen.TMC,)),
        State("FAILED", "not signed for, or refused: it does not say which", SCANNED, (seen.TMC,)),
        State("LOST", "lost", EXCEPTION, (seen.TMC,), ExceptionKind.LOST),
        State("TO_EMS", "handed to EMS", SCANNED, (seen.TMC,)),
        State("OTHER", "something else", SCANNED, (seen.TMC,)),
    )
}
"""Of a parcel's track, one message each."""
