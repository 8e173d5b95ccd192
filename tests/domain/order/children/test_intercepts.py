"""What an order makes of interceptions, which its requests ask for: it waits for them."""

from domain.intercept.state import InterceptStanding
from tests.domain.orders import Order, shipped_order

CASE = "intercept:demo:taobao:T1001:1:1"


def told(order: Order, version: int, stage: str, *, is_open: bool = True) -> None:
    """The interception says how it stands; version 0: its request has just asked for it."""
    standing = InterceptStanding(case_id=CASE, version=version, parcel="zto/ZT1", stage=stage, open=is_open)
    order.happened("intercept.moved", standing.model_dump(mode="json"))


def stands(order: Order) -> list[tuple[str, bool]]:
    """Where the interceptions stand, as far as the order knows, and whether it waits for them."""
    return [(child.stage, child.open) for child in order.state.children]


def test_an_order_waits_for_an_interception_that_it_has_not_opened() -> None:
    """From the request's word on, until the interception itself says that it has ended."""
    order = shipped_order()
    told(order, 0, "requested")
    assert stands(order) == [("requested", True)]
    told(order, 2, "intercepted")
    told(order, 5, "returned", is_open=False)
    assert stands(order) == [("returned", False)]


def test_an_older_word_of_an_interception_changes_nothing() -> None:
    """Facts may overtake each other: neither the request's late word nor an earlier stage comes after the end."""
    order = shipped_order()
    told(order, 5, "failed", is_open=False)
    told(order, 0, "requested")
    told(order, 2, "intercepted")
    assert stands(order) == [("failed", False)]
    assert sum(line.type == "intercept.moved" for line in order.state.story) == 1
