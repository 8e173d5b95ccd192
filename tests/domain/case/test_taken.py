"""A step that is asked for again, under the id it had, was taken once."""

from domain.order.life import ORDER
from domain.roles import Role
from tests.domain.orders import request_by, shipped_order


def test_a_step_counts_once() -> None:
    """The same id again is answered with the result of before, even where the step could not be taken twice."""
    order = shipped_order()
    buyer, rule = request_by(Role.BUYER, "step-1"), ORDER.action("extend_receipt")
    input_ = rule.input.model_validate({"days": 3})
    first = order.case.act(rule, buyer, order.now, input_)
    after = order.state.model_copy(deep=True)
    assert order.against("extend_receipt", Role.BUYER) == ["already_extended"]
    assert order.case.result_of("step-1") == first == {"days": 3}
    assert order.case.act(rule, buyer, order.now, input_) == first
    assert order.state == after


def test_another_step_has_no_result_yet() -> None:
    """Nothing is known of an id that was never asked for."""
    assert shipped_order().case.result_of("step-2") is None
