"""The diagram of an order is what its declaration says today. It takes the longest, so it has a process of its own."""

import pytest

from commands.diagrams.pages import ORDER_PAGE, order_page
from domain.order.state import OrderStage
from domain.policy.stage_ways import ANY, WAYS
from tests.docs.drawn import arrows, check_page, ways_declared, ways_drawn
from tests.profiles import by_night

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]


def test_the_page_of_the_order() -> None:
    """`caseline diagrams --write docs/services` would change nothing; every stage is reached, and none is a trap."""
    made = order_page(thorough=by_night())
    check_page(ORDER_PAGE, made)
    assert {target for _, target in arrows(made)} >= {stage.value for stage in OrderStage}
    assert ways_declared(WAYS["order"][ANY]) == ways_drawn(made), "the ways that the desk draws"
