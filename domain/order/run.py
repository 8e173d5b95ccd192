"""What the workflow of an order starts from.

Here, and not beside the workflow: its sandbox loads the modules of `workflows` anew for every case, and to build a
model takes longer than all that a case then decides.
"""

from pydantic import BaseModel

from domain.order.opening import OpenedOrder
from domain.order.state import OrderState


class StartOrder(BaseModel):
    """What an order's workflow starts from; `state` is there when it goes on from a run before.

    `taken_up`: that run had ended, and the case is taken up again.
    """

    order: OpenedOrder
    state: OrderState | None = None
    taken_up: bool = False
