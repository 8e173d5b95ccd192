"""What the marketplace says of the times for shipping and for receiving an order."""

from typing import Literal

from pydantic import BaseModel

from domain.case.declare import FactRule, SubjectKind
from domain.case.stated import state_time
from domain.case.story import Story
from domain.order.shipping.clock import SHIP_BY, clock_start
from domain.order.state import OrderState
from domain.roles import Role
from domain.times import Instant


class OrderTimeStated(BaseModel):
    """Until when a deadline of an order runs, as its marketplace set it."""

    deadline: Literal["auto_confirm", "ship_by"]
    until: Instant


def on_order_time_stated(state: OrderState, data: OrderTimeStated, story: Story) -> None:
    """It prevails over the edition's; a ship time that is stated before the clock runs is the one it will run by."""
    if data.deadline == SHIP_BY and clock_start(state) is None:
        state.promised_ship_by = data.until
    state_time(state, data.deadline, data.until, story)


TIME_FACTS = (
    FactRule(
        event_type="order.time_stated",
        title="The marketplace set a time",
        subject=SubjectKind.ORDER,
        data=OrderTimeStated,
        senders=(Role.PLATFORM,),
        take_in=on_order_time_stated,
    ),
)
