"""Topics of TMC: most only say that something changed, and what it is has to be fetched."""

from connectors.tables import Row, Table, rows
from connectors.taobao import sources as seen

TRADE_CALL = "taobao.trade.fullinfo.get"
REFUND_CALL = "taobao.refund.get"
RATING_CALL = "taobao.traderates.get"

MEMO_TOPIC = "taobao_trade_TradeMemoModified"
TRACE_TOPIC = "taobao_logistics_LogsticDetailTrace"

TOPICS = Table(
    "Topics of TMC",
    (
        *rows(
            (seen.TMC,),
            {
                f"taobao_trade_{name}": (meaning, f"asks `{TRADE_CALL}`")
                for name, meaning in {
                    "TradeCreate": "ordered",
                    "TradeModifyFee": "the seller changed an amount",
                    "TradeCloseAndModifyDetailOrder": "a sub-order was closed or changed",
                    "TradeClose": "closed",
                    "TradeBuyerPay": "paid, or the rest of a staged order",
                    "TradeBuyerStepPay": "the deposit of a staged order is paid",
                    "TradeSellerShip": "shipped",
                    "TradePartlySellerShip": "shipped in part",
                    "TradeDelayConfirmPay": "receipt was extended",
                    "TradePartlyRefund": "a sub-order was refunded",
                    "TradePartlyConfirmPay": "a sub-order was confirmed",
                    "TradeSuccess": "done",
                    "TradeTimeoutRemind": "a time is about to pass",
                    "TradeLogisticsAddressChanged": "another address",
                    "TradeChanged": "something else changed",
                    "TradeAlipayCreate": "a payment was begun",
                    "OrderSkuChanged": "another article",
                }.items()
            },
        ),
        *rows(
            (seen.TMC,),
            {
                f"taobao_refund_{name}": (meaning, f"asks `{REFUND_CALL}`")
                for name, meaning in {
                    "RefundCreated": "asked for",
                    "RefundSellerAgreeAgreement": "agreed to",
                    "RefundSellerRefuseAgreement": "refused",
                    "RefundBuyerModifyAgreement": "the buyer asks for something else",
                    "RefundBuyerReturnGoods": "sent back",
                    "RefundCreateMessage": "somebody wrote",
                    "RefundClosed": "closed",
                    "RefundSuccess": "money is back",
                    "TaobaoInterApplied": "the platform is asked in",
                    "TaobaoIntervened": "the platform is in",
                }.items()
            },
        ),
        Row(MEMO_TOPIC, "the seller's memo or its flag", "`add_memo`", (seen.TMC,)),
        Row("taobao_trade_TradeRated", "a rating; which, is not said", f"asks `{RATING_CALL}`", (seen.TMC,)),
        Row(TRACE_TOPIC, "a node of a parcel's track", "a fact", (seen.TMC,)),
        Row("taobao_refund_RefundBlockMessage", "no longer sent", "", (seen.TMC,)),
        Row("taobao_refund_RefundTimeoutRemind", "no longer sent", "", (seen.TMC,)),
    ),
)

_REPORTED = "asks `"


def call_of(topic: str) -> str | None:
    """What is to be asked after a message of that topic; None: nothing."""
    ours = next(row.ours for row in TOPICS.rows if row.name == topic)
    return ours.removeprefix(_REPORTED).rstrip("`") if ours.startswith(_REPORTED) else None
