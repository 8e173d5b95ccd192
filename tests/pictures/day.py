"""A day in an invented shop, told to a sandbox: what a desk shows in the middle of it."""

from datetime import timedelta
from itertools import cycle
from typing import Any

from tests.sandbox_server import OrderUnderTest, Shop
from tests.workflows.requests import Request, ask

GOODS = (
    ("羊绒混纺大衣 驼色 M", "COAT-CAMEL-M", "women_clothing", "899.00"),
    ("高腰直筒牛仔裤 27", "JEANS-27", "women_clothing", "259.00"),
    ("连帽卫衣 黑色 L", "HOODIE-BLK-L", "apparel", "169.00"),
    ("法兰绒四件套 1.8 米", "BED-FLANNEL-18", "home_textile", "329.00"),
    ("保温杯 500 ml 墨绿", "CUP-500-GRN", "household", "89.00"),
    ("儿童雪地靴 31 码", "BOOT-KID-31", "shoes", "198.00"),
    ("蓝牙降噪耳机", "EAR-ANC-2", "electronics", "449.00"),
    ("手冲咖啡礼盒", "COFFEE-BOX", "food", "138.00"),
)
BUYERS = (
    ("陈思雨", "13800138021", "广东"),
    ("王建国", "13911022345", "北京"),
    ("欧阳静", "15088676610", "浙江"),
    ("李晓彤", "18621175530", "上海"),
    ("赵子航", "13720458891", "湖北"),
    ("周雅楠", "15902811126", "四川"),
    ("吴鹏", "18905511730", "安徽"),
    ("郑婉清", "13605092288", "福建"),
)
PLATFORMS = ("taobao", "tmall", "taobao", "douyin", "taobao", "jd")
MORNING = 1
"""UTC; nine o'clock in China."""


class Day:
    """The shop's days, up to a noon."""

    def __init__(self, shop: Shop) -> None:
        self.shop = shop
        self.goods, self.buyers, self.platforms = cycle(GOODS), cycle(BUYERS), cycle(PLATFORMS)
        self.count = 0

    def order(self, **changes: Any) -> OrderUnderTest:
        """An order of the next goods by the next buyer."""
        self.count += 1
        title, sku, category, amount = next(self.goods)
        name, phone, region = next(self.buyers)
        buyer = {"id": f"tb-{phone[-6:]}", "name": name, "phone": phone, "address": f"{region}省", "region": region}
        line = {"line_id": "1", "sku": sku, "title": title, "category": category, "quantity": 1, "amount": amount}
        wanted = {
            "platform": next(self.platforms),
            "order_id": f"{3284100577120 + self.count * 7717}",
            "policy": None,
            "lines": [line],
            "freight": "10.00" if self.count % 3 == 0 else "0.00",
            "buyer": buyer,
        }
        return self.shop.open(**wanted | changes)

    def paid(self, **changes: Any) -> OrderUnderTest:
        order = self.order(**changes)
        order.pay()
        return order

    def shipped(self, **changes: Any) -> OrderUnderTest:
        order = self.paid(**changes)
        order.ship()
        order.scan("scanned", location="杭州转运中心")
        return order

    def delivered(self, **changes: Any) -> OrderUnderTest:
        order = self.shipped(**changes)
        order.scan("signed", location="客户本人签收")
        order.until(lambda seen: seen["stage"] == "delivered")
        return order

    def until_morning(self) -> None:
        """The clock goes on to the next nine o'clock in China."""
        now = self.shop.now()
        morning = now.replace(hour=MORNING, minute=0, second=0, microsecond=0)
        self.shop.advance(seconds=((morning - now).total_seconds() - 1) % timedelta(days=1).total_seconds() + 1)

    def live(self) -> Request:
        """Three days of trade; answers the return that the picture of a case shows."""
        self.until_morning()
        late = [self.paid() for _ in range(5)]
        returned = self.delivered(platform="taobao")
        for _ in range(2):
            self.shipped()
        self.shop.advance(hours=22)
        for _ in range(3):
            self.shipped()
        self.delivered()
        self.shop.advance(hours=27)
        for order in late[:2]:
            order.ship()
        request = ask(returned, "return_refund", "quality", description="袖口开线，收到就有")
        ask(self.delivered(), "exchange", "other", wanted_sku="JEANS-28", description="大了一码")
        ask(self.paid(), "refund_only", "no_reason", description="不想要了")
        lost = self.shipped()
        lost.scan("exception", kind="lost")
        for _ in range(4):
            self.order()
        self.paid()
        self.order(source="cash_on_delivery", platform="taobao")
        self.paid().act("urge_shipment", {}, "demo-buyer")
        request.take("agree")
        request.send_back()
        request.scan_return("picked_up", "signed")
        for item in self.shop.get("/v1/work-items?state=open&type=check_order&limit=50")["items"]:
            self.shop.call("POST", f"/v1/work-items/{item['item_id']}/complete", {"outcome": "correct"})
        self.shop.advance(minutes=95)
        for item in self.shop.get("/v1/work-items?state=open&limit=50")["items"][2:12:4]:
            self.shop.call("POST", f"/v1/work-items/{item['item_id']}/claim")
        return request

    def rush(self) -> None:
        """A campaign has begun: many orders in a few minutes."""
        for orders in (4, 9, 14, 11, 7):
            self.shop.advance(minutes=1)
            for number in range(orders):
                order = self.paid()
                if number < 3:
                    order.consign()
