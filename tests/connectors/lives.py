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


def epoch(minutes: int) -> int:
    return int((BEGIN + timedelta(minutes=minutes)).timestamp())


def douyin_order(data: st.DataObject) -> list[Any]:
    """Ordered, paid at once or in stages, shipped in parcels that share lines, done; in fen."""
    fees = data.draw(st.lists(st.integers(0, 500_000), min_size=1, max_size=4))
    freight, off = data.draw(st.integers(0, 3_000)), data.draw(st.integers(0, sum(fees)))
    paid = sum(fees) + freight - off
    deposit = data.draw(st.none() | st.integers(0, paid))
    lines = [
        {"order_id": f"10{number}", "item_num": 2, "product_name": "货", "out_sku_id": f"S{number}", "pay_amount": fee}
        for number, fee in enumerate(fees)
    ]

    def parcel(number: int) -> Any:
        held = [{"sku_order_id": line["order_id"], "product_count": 1} for line in lines]
        return {"tracking_no": f"ZT{number}", "company": "zhongtong", "ship_time": epoch(600), "product_info": held}

    def order(minute: int, status: int, parcels: int = 0, stages: int = 0, **more: Any) -> Any:
        amounts = (deposit, paid - deposit) if deposit is not None else ()
        phases = [
            {
                "phase_order_id": f"f{number}",
                "phase_pay_amount": fen,
                "phase_pay_time": epoch(5) if number < stages else 0,
            }
            for number, fen in enumerate(amounts)
        ]
        content = {
            "order_id": "100", "main_status": status, "create_time": epoch(0), "update_time": epoch(minute),
            "pay_type": 2, "pay_amount": paid, "post_amount": freight, "sku_order_list": lines,
            "order_phase_list": phases, "logistics_info": [parcel(number) for number in range(parcels)], **more,
        }  # fmt: skip
        return {"data": {"shop_order_detail": content}}

    done: Any = {"stages": 2, "pay_time": epoch(5)}
    return _cut(
        data,
        [
            order(0, 1),
            order(5, 105, **done),
            order(6, 2, seller_words="加急", seller_remark_stars=5, **done),
            order(600, 101, 1, seller_words="加急", seller_remark_stars=5, **done),
            order(700, 3, 2, seller_words="加急", seller_remark_stars=5, **done),
            order(9000, 5, 2, seller_words="加急", seller_remark_stars=5, finish_time=epoch(9000), **done),
        ],
    )


def douyin_request(data: st.DataObject) -> list[Any]:
    """Asked for, then one of the ways that a request goes."""
    kind = data.draw(st.integers(0, 8))
    fee, count = data.draw(st.integers(1, 500_000)), data.draw(st.integers(1, 3))
    sent = {"tracking_no": "R1", "company_code": "yuantong"}

    def request(minute: int, status: int, decided: int = 0, **more: Any) -> Any:
        info = {
            "after_sale_id": 88, "after_sale_status": status, "after_sale_type": kind, "apply_time": epoch(0),
            "update_time": epoch(minute), "refund_total_amount": fee, "after_sale_apply_count": count,
            "reason": "质量问题", "status_deadline": epoch(minute + 2880), **more,
        }  # fmt: skip
        parcels = {"return": sent, "exchange": sent, "resend": sent} if status in (11, 12, 13, 14, 29) else {}
        process = {
            "after_sale_info": info, "logistics_info": parcels, "arbitrate_info": {"arbitrate_status": decided},
        }  # fmt: skip
        line = {"sku_order_id": 100, "item_quantity": 3}
        return {"data": {"process_info": process, "order_info": {"shop_order_id": 100, "sku_order_infos": [line]}}}

    ways = [
        [request(60, 7), request(900, 11), request(9000, 12, refund_status=3)],
        [request(60, 7), request(900, 11), request(1000, 13), request(9000, 14)],
        [request(60, 27), request(90, 27, 4), request(900, 27, 2)],
        [request(60, 7), request(900, 11), request(9000, 29)],
        [request(60, 28)],
        [request(60, 51, refund_status=3)],
    ]
    return _cut(data, [request(0, 6), *data.draw(st.sampled_from(ways))])


def jd_order(data: st.DataObject) -> list[Any]:
    """Ordered and paid, shipped in one or two parcels, done; with balance, coupons and the same article twice."""
    prices = data.draw(st.lists(st.integers(0, 90_000), min_size=1, max_size=4))
    freight, off = data.draw(st.integers(0, 3_000)), data.draw(st.integers(0, 2 * sum(prices)))
    paid = 2 * sum(prices) + freight - off
    balance = data.draw(st.integers(0, paid))
    items = [
        {"skuId": f"{number % 2}", "skuName": "货", "jdPrice": yuan(price), "itemTotal": "2"}
        for number, price in enumerate(prices)
    ]
    coupon = {"skuId": "0", "couponType": "30-单品促销优惠", "couponPrice": yuan(off)}

    def order(minute: int, state: str, **more: Any) -> Any:
        info = {
            "orderId": "100", "orderState": state, "payType": "4", "orderStartTime": clock(0),
            "modified": clock(minute),
            "paymentConfirmTime": clock(1), "orderEndTime": "0001-01-01 00:00:00", "orderPayment": yuan(paid - balance),
            "balanceUsed": yuan(balance), "freightPrice": yuan(freight), "itemInfoList": items,
            "couponDetailList": [coupon], "pin": "jd_abc", **more,
        }  # fmt: skip
        return {"jingdong_pop_order_get_responce": {"orderDetailInfo": {"orderInfo": info}}}

    one: Any = {"waybill": "ZT1", "logisticsId": "1499"}
    two: Any = {"waybill": "ZT1,ZT2|JDV1", "logisticsId": "1499|2087", "venderRemark": "加急"}
    return _cut(
        data,
        [
            order(1, "WAIT_SELLER_STOCK_OUT"),
            order(600, "WAIT_GOODS_RECEIVE_CONFIRM", **one),
            order(700, "WAIT_GOODS_RECEIVE_CONFIRM", **two),
            order(9000, "FINISHED_L", **two | {"orderEndTime": clock(9000)}),
        ],
    )


def jd_refund(data: st.DataObject) -> list[Any]:
    """Asked for before receipt, and one of the ways that it goes."""
    fen = data.draw(st.integers(1, 500_000))

    def refund(status: int) -> Any:
        row = {"id": 88, "orderId": "100", "status": status, "applyTime": clock(0), "applyRefundSum": fen}
        return {"jingdong_pop_afs_soa_refundapply_queryPageList_responce": {"queryResult": {"result": [row]}}}

    ways = data.draw(st.sampled_from([[1, 3], [2], [6, 7, 3], [6, 8], [10], [11], [9]]))
    return _cut(data, [refund(0), *map(refund, ways)])


def jd_service(data: st.DataObject) -> list[Any]:
    """A service order, and one of the ways that it goes."""
    kind = data.draw(st.sampled_from([10, 20, 30, 11, 80]))

    def service(status: int) -> Any:
        row = {
            "serviceId": 88, "orderId": 100, "customerExpect": kind, "serviceStatus": status, "skuId": 1,
            "serviceCount": 2, "applyTime": clock(0), "questionDesc": "坏了",
        }  # fmt: skip
        return {"jingdong_asc_query_list_responce": {"pageResult": {"data": [row]}}}

    ways = data.draw(st.sampled_from([[10005, 10007, 10009, 10010], [10004], [10011], [10002, 10012, 10005, 10010]]))
    return _cut(data, [service(10001), *map(service, ways)])


Lives = Mapping[str, Callable[[st.DataObject], list[Any]]]

ORDERS: Lives = {
    "taobao trade": taobao_trade,
    "taobao presale": taobao_presale,
    "douyin order": douyin_order,
    "jd order": jd_order,
}
REQUESTS: Lives = {
    "taobao refund": taobao_refund,
    "douyin request": douyin_request,
    "jd refund": jd_refund,
    "jd service": jd_service,
}
