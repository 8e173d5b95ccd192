"""What a marketplace did and the case refused is somebody's task, where the two stand otherwise."""

import pytest

from domain.order.people.differing import stands_so
from tests.domain.people import Worked

DIFFERS = {"step": "agree", "request": "refund/9", "codes": ["wrong_stage"]}


def test_somebody_sees_to_it_once() -> None:
    """The same step refused for the same reasons is one task; another is another."""
    order = Worked()
    order.pay()
    order.happened("order.differs", DIFFERS)
    order.happened("order.differs", DIFFERS)
    order.happened("order.differs", DIFFERS | {"codes": ["already_ended"]})
    assert order.open_tasks() == ["platform_differs"] * 2
    first, second = (item for item in order.state.work_items if item.type == "platform_differs")
    order.complete(first, "noted")
    order.complete(second, "noted")
    assert "platform_differs" not in order.open_tasks()
    assert order.told("order.differs")[0] == "The marketplace says agree of refund/9; refused here: wrong_stage"


@pytest.mark.parametrize(
    ("step", "stage", "so"),
    [
        ("agree", "refunding", True),
        ("agree", "awaiting_seller", False),
        ("refuse", "succeeded", False),
        ("confirm_receipt", "completed", True),
        ("withdraw", "closed", True),
        ("add_memo", "in_transit", True),
        ("report_hold", "in_transit", False),
    ],
)
def test_a_case_that_stands_so_already_does_not_differ(step: str, stage: str, so: bool) -> None:
    """Whoever took the step: what it leads to is there."""
    assert stands_so(step, stage) is so
