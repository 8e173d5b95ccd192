"""A day as platforms tell it: pushed thin, tracked by Kuaidi100, asked for where a push never came."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from tests.sandbox.telling import Teller, clock

SOURCES = "/v1/merchants/demo/sources"
CONNECTORS = "/v1/merchants/demo/connectors"


@dataclass
class ByPlatform(Teller):
    """Told by a marketplace and by Kuaidi100, by the shapes of their own."""

    connection: ClassVar[dict[str, Any]] = {"pull_every": 1800}

    source: str = ""
    kuaidi100: str = ""
    things: dict[int, dict[str, Any]] = field(default_factory=dict)
    tracks: dict[int, list[dict[str, Any]]] = field(default_factory=dict)
    again: list[dict[str, Any]] = field(default_factory=list)

    def set_up(self, script: dict[str, Any]) -> None:
        """Both sources; the marketplace is asked for what changed, beside its pushes."""
        self.source = self._add(self.platform, script, {"pull": True, **self.connection})
        self.kuaidi100 = self._add("kuaidi100", script, {})

    def _add(self, connector: str, script: dict[str, Any], connection: dict[str, Any]) -> str:
        name = f"{self.prefix}-{connector}"
        body = {"name": name, "connection": {"key": name, **connection}, "secret": "secret"}
        added = self.shop.call("POST", f"{CONNECTORS}/{connector}/sources", body, "demo-owner")
        assert added.status_code == 201, added.text
        source = str(added.json()["source_id"])
        path = f"/sandbox/platforms/{connector}/{source}/script"
        assert self.shop.call("PUT", path, script, "demo-ops").status_code == 200
        return source

    def take_down(self) -> None:
        """Nobody is asked any more."""
        for source in (self.source, self.kuaidi100):
            self.shop.call("DELETE", f"{SOURCES}/{source}", token="demo-owner")

    def counts(self) -> dict[str, int]:
        """What came of the marketplace's pushes and of calls."""
        return dict(self.shop.get(f"/sandbox/platforms/{self.platform}/{self.source}", "demo-ops"))

    def change(self, **change: Any) -> None:
        """Something changed on the marketplace."""
        self._post(self.platform, self.source, change)

    def _post(self, connector: str, source: str, change: dict[str, Any]) -> bool:
        told = self.shop.call("POST", f"/sandbox/platforms/{connector}/{source}/changes", change, "demo-ops")
        assert told.status_code == 200, told.text
        return bool(told.json()["pushed"])

    def scanned(self, number: int, at: datetime, state: str) -> None:
        nodes = self.tracks.setdefault(number, [])
        nodes.insert(0, {"ftime": clock(at), "context": "包裹", "statusCode": state})
        result = {"com": "zhongtong", "nu": f"ZT{self.prefix}{number}", "state": state, "data": list(nodes)}
        push = {"content": {"status": "shutdown" if state == "3" else "polling", "lastResult": result}}
        if not self._post("kuaidi100", self.kuaidi100, push):
            self.again.append(push)

    def repeat(self) -> None:
        """Kuaidi100 pushes again what nobody has acknowledged."""
        self.again = [push for push in self.again if not self._post("kuaidi100", self.kuaidi100, push)]


class ByTaobao(ByPlatform):
    """Told by TMC and TOP."""

    def _trade(self, number: int, topic: str, at: datetime, **more: Any) -> None:
        trade = self.things.setdefault(number, {}) | more | {"modified": clock(at)}
        self.things[number] = trade
        self.change(topic=f"taobao_trade_{topic}", trade=trade)

    def ordered(self, number: int, at: datetime) -> None:
        tid = f"{self.prefix}{number}"
        line = {"oid": f"{tid}-1", "num": 1, "title": "连衣裙", "sku_id": "S1", "payment": "209.00", "seller_type": "C"}
        content = {"tid": tid, "type": "fixed", "created": clock(at), "status": "WAIT_BUYER_PAY", "payment": "209.00"}
        self._trade(number, "TradeCreate", at, **content, post_fee="10.00", orders={"order": [line]})

    def paid(self, number: int, at: datetime) -> None:
        self._trade(number, "TradeBuyerPay", at, status="WAIT_SELLER_SEND_GOODS", pay_time=clock(at))

    def closed(self, number: int, at: datetime) -> None:
        self._trade(number, "TradeClose", at, status="TRADE_CLOSED_BY_TAOBAO", end_time=clock(at))

    def noted(self, number: int, at: datetime) -> None:
        self._trade(number, "TradeMemoModified", at, seller_memo="加急", seller_flag=1)

    def shipped(self, number: int, at: datetime) -> None:
        line = self.things[number]["orders"]["order"][0]
        sent = {"invoice_no": f"ZT{self.prefix}{number}", "logistics_company": "中通快递", "consign_time": clock(at)}
        status = "WAIT_BUYER_CONFIRM_GOODS"
        self._trade(number, "TradeSellerShip", at, status=status, orders={"order": [line | sent]})

    def done(self, number: int, at: datetime) -> None:
        self._trade(number, "TradeSuccess", at, status="TRADE_FINISHED", end_time=clock(at))

    def _refund(self, number: int, at: datetime, topic: str, status: str) -> None:
        tid, trade = f"{self.prefix}{number}", self.things[number]
        refund = {
            "refund_id": f"9-{tid}", "tid": tid, "oid": f"{tid}-1", "status": status, "created": trade["pay_time"],
            "modified": clock(at), "reason": "不想要了", "refund_fee": "209.00", "has_good_return": False,
        }  # fmt: skip
        self.change(topic=f"taobao_refund_{topic}", refund=refund)

    def asked(self, number: int, at: datetime) -> None:
        self._refund(number, at, "RefundCreated", "WAIT_SELLER_AGREE")

    def refunded(self, number: int, at: datetime) -> None:
        self._refund(number, at, "RefundSuccess", "SUCCESS")


class ByDouyin(ByPlatform):
    """Told by Douyin Shop's pushes and its open platform."""

    def _order(self, number: int, tag: str, at: datetime, **more: Any) -> None:
        order = self.things.setdefault(number, {}) | more | {"update_time": int(at.timestamp())}
        self.things[number] = order
        self.change(topic=tag, order=order)

    def ordered(self, number: int, at: datetime) -> None:
        id_ = f"{self.prefix}{number}"
        line = {
            "order_id": f"{id_}-1",
            "item_num": 1,
            "product_name": "连衣裙",
            "out_sku_id": "S1",
            "pay_amount": 19900,
        }
        self._order(
            number, "100", at, order_id=id_, order_status=1, create_time=int(at.timestamp()), pay_type=2,
            pay_amount=20900, post_amount=1000, sku_order_list=[line],
        )  # fmt: skip

    def paid(self, number: int, at: datetime) -> None:
        self._order(number, "101", at, order_status=105, pay_time=int(at.timestamp()))

    def closed(self, number: int, at: datetime) -> None:
        self._order(number, "106", at, order_status=4, finish_time=int(at.timestamp()))

    def noted(self, number: int, at: datetime) -> None:
        self._order(number, "105", at, seller_words="加急", seller_remark_stars=5)

    def shipped(self, number: int, at: datetime) -> None:
        id_ = f"{self.prefix}{number}"
        parcel = {
            "tracking_no": f"ZT{id_}", "company": "zhongtong", "ship_time": int(at.timestamp()),
            "product_info": [{"sku_order_id": f"{id_}-1", "product_count": 1}],
        }  # fmt: skip
        self._order(number, "102", at, order_status=3, logistics_info=[parcel])

    def done(self, number: int, at: datetime) -> None:
        self._order(number, "103", at, order_status=5, finish_time=int(at.timestamp()))

    def _request(self, number: int, at: datetime, tag: str, status: int, money: int) -> None:
        id_, order = f"{self.prefix}{number}", self.things[number]
        info = {
            "after_sale_id": f"9-{id_}", "after_sale_status": status, "after_sale_type": 2, "refund_status": money,
            "refund_total_amount": 20900, "apply_time": order["pay_time"], "update_time": int(at.timestamp()),
            "reason": "不想要了",
        }  # fmt: skip
        lines = [{"sku_order_id": f"{id_}-1", "item_quantity": 1}]
        about = {"shop_order_id": id_, "sku_order_infos": lines}
        self.change(topic=tag, aftersale={"process_info": {"after_sale_info": info}, "order_info": about})

    def asked(self, number: int, at: datetime) -> None:
        self._request(number, at, "200", 6, 0)

    def refunded(self, number: int, at: datetime) -> None:
        self._request(number, at, "206", 12, 3)

    def refund_failed(self, number: int, at: datetime) -> None:
        self._request(number, at, "206", 12, 4)


class ByJd(ByPlatform):
    """Told by JOS, when it is asked: JD pushes nothing, and shows no order before it is paid or cancelled."""

    connection: ClassVar[dict[str, Any]] = {"pull_every": 1800, "carriers": {"1499": "zto"}, "account": "10001"}

    def _order(self, number: int, at: datetime, **more: Any) -> None:
        order = self.things[number] | more | {"modified": clock(at)}
        self.things[number] = order
        self.change(order=order)

    def ordered(self, number: int, at: datetime) -> None:
        id_ = f"{self.prefix}{number}"
        line = {"skuId": f"{id_}-1", "outerSkuId": "S1", "skuName": "连衣裙", "jdPrice": "199.00", "itemTotal": "1"}
        self.things[number] = {
            "orderId": id_, "payType": "4", "orderPayment": "209.00", "freightPrice": "10.00", "orderType": "22",
            "orderStartTime": clock(at), "paymentConfirmTime": "0001-01-01 00:00:00", "itemInfoList": [line],
        }  # fmt: skip

    def paid(self, number: int, at: datetime) -> None:
        self._order(number, at, orderState="WAIT_SELLER_STOCK_OUT", paymentConfirmTime=clock(at))

    def closed(self, number: int, at: datetime) -> None:
        self._order(number, at, orderState="TRADE_CANCELED", orderEndTime=clock(at))

    def noted(self, number: int, at: datetime) -> None:
        self._order(number, at, venderRemark="加急")

    def shipped(self, number: int, at: datetime) -> None:
        waybill = f"ZT{self.prefix}{number}"
        self._order(number, at, orderState="WAIT_GOODS_RECEIVE_CONFIRM", waybill=waybill, logisticsId="1499")

    def done(self, number: int, at: datetime) -> None:
        self._order(number, at, orderState="FINISHED_L", orderEndTime=clock(at))

    def _refund(self, number: int, status: int, **times: str) -> None:
        id_ = f"{self.prefix}{number}"
        refund = {"id": f"9-{id_}", "orderId": id_, "status": status, "applyRefundSum": 20900, "reason": "不想要了"}
        self.change(refund=refund | times)

    def asked(self, number: int, at: datetime) -> None:
        self.things[number]["asked_at"] = clock(at)
        self._refund(number, 0, applyTime=clock(at))

    def refunded(self, number: int, at: datetime) -> None:
        self._refund(number, 3, applyTime=self.things[number]["asked_at"], checkTime=clock(at))

    def refund_failed(self, number: int, at: datetime) -> None:
        self._refund(number, 4, applyTime=self.things[number]["asked_at"], checkTime=clock(at))
