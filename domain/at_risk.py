"""The deadlines that the shop has to keep: one that passes costs points, money or the decision."""

from domain.after_sale.clocks import SELLER_ANSWER
from domain.order.parcels.clock import TRACKING_START
from domain.order.shipping.clock import SHIP_BY
from domain.order.shipping.urging import PROMISE

AT_RISK = (SHIP_BY, PROMISE, TRACKING_START, SELLER_ANSWER, "seller_receipt", "refund_approval", "evidence")
"""By their kinds, of orders, requests and complaints."""
