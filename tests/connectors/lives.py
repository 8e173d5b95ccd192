"""Lives of orders and requests as their platforms tell them: snapshots, oldest first."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from domain.times import CHINA

BEGIN = datetime(2026, 11, 11, tzinfo=CHINA)
FEN = st.integers(0, 500_000)


def clock(minutes: int) -> str:
    return f"{BEGIN + timedelta(minutes=minutes):%Y-%m-%d %H:%M:%S}"


def yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"


def _cut(data: st.DataObject, life: list[Any]) -> list[Any]:
    """A life up to now."""
    return life[: data.draw(st.integers(1, len(life)))]


def taobao_trade(data: st.DataObject) -> list[Any]:
    """Ordered, paid, shipped in one or two parcels, done; with discounts on the whole."""
    fees = data.draw(st.lists(st.integers(1, 500_000), min_size=1, max_size=4))
    shared = data.draw(st.booleans())
    freight, off = data.draw(st.integers(0, 3_000)), data.draw(st.integers(0, min(sum(fees) - 1, 5_000)))
    paid = sum(fees) + freight - off

    def orders(status: str, shipped: int) -> list[Any]:
        return [
            {
                "oid": f"10{number}", "num": number + 1, "title": "货", "sku_id": f"{number}", "status": status,
                "payment": yuan(fee + (freight - off if len(fees) == 1 else 0)),
                **({"divide_order_fee": yuan(fee)} if shared else {}),
                **({"invoice_no": f"ZT{number % 2}", "logistics_company": "中通快递", "consign_time": clock(600)}
                   if number % 2 < shipped else {}),
            }
            for number, fee in enumerate(fees)
        ]  # fmt: skip

    def trade(minute: int, status: str, shipped: int = 0, **more: Any) -> Any:
        content = {
            "tid": "1000", "type": "fixed", "created": clock(0), "modified": clock(minute), "status": status,
            "payment": yuan(paid), "post_fee": yuan(freight), "orders": {"order": orders(status, shipped)}, **more,
        }  # fmt: skip
        return {"trade_fullinfo_get_response": {"trade": content}}

    done: Any = {"pay_time": clock(5)}
    memo: Any = {**done, "seller_memo": "加急", "seller_flag": 1}
    return _cut(
        data,
        [
            trade(0, "WAIT_BUYER_PAY"),
            trade(5, "WAIT_SELLER_SEND_GOODS", **done),
            trade(6, "WAIT_SELLER_SEND_GOODS", **memo),
            trade(600, "SELLER_CONSIGNED_PART", 1, **memo),
            trade(700, "WAIT_BUYER_CONFIRM_GOODS", 2, **memo),
            trade(9000, "TRADE_FINISHED", 2, end_time=clock(9000), **memo),
        ],
    )


def taobao_presale(data: st.DataObject) -> list[Any]:
    """A deposit, then the rest."""
    paid = data.draw(st.integers(2, 900_000))
    deposit = data.draw(st.integers(1, paid - 1))
    order = {"oid": "1000", "num": 1, "title": "货", "sku_id": "1", "payment": yuan(paid)}

    def trade(minute: int, status: str, stage: str, fee: int) -> Any:
        content = {
            "tid": "1000", "type": "step", "created": clock(0), "modified": clock(minute), "status": status,
            "payment": yuan(paid), "post_fee": "0.00", "step_trade_status": stage, "step_paid_fee": yuan(fee),
            "pay_time": clock(minute), "orders": {"order": [order]}, "est_con_time": clock(90_000),
        }  # fmt: skip
        return {"trade_fullinfo_get_response": {"trade": content}}

    return [
        trade(1, "WAIT_BUYER_PAY", "FRONT_PAID_FINAL_NOPAID", deposit),
        trade(9000, "WAIT_SELLER_SEND_GOODS", "FRONT_PAID_FINAL_PAID", paid),
        trade(9900, "WAIT_BUYER_CONFIRM_GOODS", "FRONT_PAID_FINAL_PAID", paid),
    ]


def taobao_refund(data: st.DataObject) -> list[Any]:
    """Asked for, agreed to, sent back, paid; or refused, and the platform decides."""
    fee = yuan(data.draw(st.integers(1, 500_000)))

    def refund(minute: int, status: str, **more: Any) -> Any:
        content = {
            "refund_id": "88", "tid": 1000, "oid": 100, "status": status, "created": clock(0), "reason": "质量问题",
            "modified": clock(minute), "refund_fee": fee, "has_good_return": True, "cs_status": 1, **more,
        }  # fmt: skip
        return {"refund_get_response": {"refund": content}}

    sent = {"sid": "R1", "company_name": "圆通速递"}
    ways = [
        [refund(60, "WAIT_BUYER_RETURN_GOODS"), refund(900, "WAIT_SELLER_CONFIRM_GOODS", **sent),
         refund(9000, "SUCCESS", **sent)],
        [refund(60, "SELLER_REFUSE_BUYER"), refund(90, "SELLER_REFUSE_BUYER", cs_status=3),
         refund(900, "SELLER_REFUSE_BUYER", cs_status=9)],
        [refund(60, "CLOSED")],
    ]  # fmt: skip
    return _cut(data, [refund(0, "WAIT_SELLER_AGREE"), *data.draw(st.sampled_from(ways))])


Lives = Mapping[str, Callable[[st.DataObject], list[Any]]]

ORDERS: Lives = {"taobao trade": taobao_trade, "taobao presale": taobao_presale}
REQUESTS: Lives = {"taobao refund": taobao_refund}
