"""Opening an order from a trade: lines and their amounts, the buyer as far as they are named, promises."""

from datetime import datetime
from decimal import Decimal

from connectors.orders import Order
from connectors.reading import CannotRead, Fields
from connectors.taobao.values import NEVER_PAID
from connectors.telling import cut, is_masked, opening
from connectors.translation import Shop
from domain.money import share_out
from domain.order.opening import OpenOrder
from domain.order.state import Source

PROMISES = ("est_con_time", "send_time", "delivery_time")
PLACE = ("receiver_state", "receiver_city", "receiver_district", "receiver_town", "receiver_address")


def line_items(trade: Fields) -> list[Fields]:
    """The sub-orders that were not closed before they were paid, unless all were."""
    items = trade.parts("orders", wrapped_in="order")
    return [item for item in items if item.find_text("status") != NEVER_PAID] or items


def open_trade(trade: Fields, order: Order, shop: Shop) -> OpenOrder:
    """What the order is opened with, if it is not open yet."""
    items, freight = line_items(trade), trade.find_yuan("post_fee") or Decimal(0)
    promised = promised_ship_by(trade)
    staged = trade.find_text("step_trade_status") is not None or trade.find_truth("new_presell") is True
    virtual = trade.find_text("shipping_type") == "virtual"
    lines = [
        {
            "line_id": item.word("oid"),
            "sku": _sku(item),
            "title": cut(item.find_text("title"), 200) or _sku(item),
            "category": shop.categories.get(item.find_text("cid") or "", shop.category),
            "quantity": item.count("num"),
            "amount": f"{amount:.2f}",
            "virtual": virtual,
        }
        for item, amount in zip(items, amounts(trade, items, freight), strict=True)
    ]
    return opening(
        platform=order.platform,
        order_id=order.order_id,
        source=Source.CASH_ON_DELIVERY if trade.find_text("type") == "cod" else Source.SILENT,
        placed_at=trade.china_time("created"),
        lines=lines,
        freight=freight,
        refunds_by_platform=True,
        buyer=_buyer(trade),
        presale=staged and promised is not None,
        promised_ship_by=promised,
        buyer_message=cut(trade.find_text("buyer_message"), 1000),
    )


def amounts(trade: Fields, items: list[Fields], freight: Decimal) -> list[Decimal]:
    """What each sub-order is paid, together exactly what the trade is paid without its freight.

    A single one's `payment` has the freight in it, and what is off the whole is in none of several: the trade's own
    sum is right, and the sub-orders' are its shares.
    """
    total = trade.yuan("payment") - freight
    if total < 0:
        raise CannotRead("payment of the trade is less than its post_fee")
    return share_out(total, [_weight(item) for item in items])


def _weight(item: Fields) -> Decimal:
    shared = item.find_yuan("divide_order_fee")
    return item.yuan("payment") if shared is None else shared


def _sku(item: Fields) -> str:
    names = ("outer_sku_id", "sku_id", "outer_iid", "num_iid")
    return next((known[:64] for name in names if (known := item.find_text(name))), item.word("oid"))


def promised_ship_by(trade: Fields) -> datetime | None:
    """By when the platform says that it is shipped."""
    return next((at for name in PROMISES if (at := trade.find_china_time(name))), None)


def plain_address(trade: Fields) -> str | None:
    """The address, where it is neither masked nor encrypted."""
    if is_masked(trade.find_text("receiver_address")):
        return None
    return "".join(part for name in PLACE if (part := trade.find_text(name)) and not is_masked(part))


def _buyer(trade: Fields) -> dict[str, str | None]:
    name = trade.find_text("receiver_name")
    phone = trade.find_text("receiver_mobile") or trade.find_text("receiver_phone")
    return {
        "id": cut(trade.find_text("buyer_open_uid"), 100) or f"trade-{trade.word('tid')}",
        "name": None if is_masked(name) else cut(name, 100),
        "phone": None if is_masked(phone) else cut(phone, 40),
        "address": cut(plain_address(trade), 500),
        "region": cut(trade.find_text("receiver_state"), 40),
    }
