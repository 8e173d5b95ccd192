"""The facts of an order, each declared where its part of the life is: what outside systems report.

Facts may come late, doubled and out of order; each is kept with the time it happened, and everything else follows.
"""

from domain.case.declare import AnyFact
from domain.order.children.complaints import COMPLAINT_MOVED
from domain.order.children.holds import HOLD_MOVED
from domain.order.children.intercepts import INTERCEPT_MOVED
from domain.order.children.requests import REQUEST_MOVED
from domain.order.parcels.facts import PARCEL_FACTS
from domain.order.payment.facts import PAYMENT_FACTS
from domain.order.people.differing import DIFFERENCE_FACTS
from domain.order.people.ratings import RATING_FACTS
from domain.order.receipt.stated import TIME_FACTS
from domain.order.shipping.facts import SHIPPING_FACTS
from domain.order.state import OrderState

FACTS: tuple[AnyFact[OrderState], ...] = (
    *PAYMENT_FACTS,
    *SHIPPING_FACTS,
    *PARCEL_FACTS,
    *RATING_FACTS,
    *TIME_FACTS,
    *DIFFERENCE_FACTS,
    REQUEST_MOVED,
    HOLD_MOVED,
    COMPLAINT_MOVED,
    INTERCEPT_MOVED,
)
