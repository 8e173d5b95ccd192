"""What an action of an order is decided in."""

from typing import TypeAlias

from domain.case.action import ActionContext, Input_co
from domain.order.state import OrderState

OrderContext: TypeAlias = ActionContext[OrderState, Input_co]
"""`OrderContext[ExtendReceipt]`: with that input; `OrderContext[object]`: whatever the input."""
