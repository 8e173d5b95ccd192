"""A step that somebody asks for in an order."""

from typing import TypeAlias

from domain.case.asked import Asked, G_co
from domain.order.state import OrderState

Order: TypeAlias = Asked[OrderState, G_co]
"""`Order[ExtendReceipt]`: with that input; `Order[object]`: whatever the input."""
