"""What is said of a task is read once, by what its outcome asks for."""

import pytest
from pydantic import ValidationError

from domain.case.completing import completing, data_of, outcome_rule
from domain.case.declare import Nothing
from domain.order.life import ORDER
from domain.order.payment.reminders import Reached
from domain.order.people.interactions import UnpaidReason
from tests.domain.orders import at
from tests.domain.people import Worked

RULE = completing(ORDER)


def called() -> tuple[Worked, str]:
    """An order half an hour old, and the task to call its buyer."""
    order = Worked()
    order.until(at(hours=12))
    return order, order.open_task("payment_reminder").item_id


def test_the_data_is_read_as_the_outcome_has_it() -> None:
    """Typed for the case, as JSON with what was left out by default for the store."""
    order, item_id = called()
    read = RULE.read(
        {"item_id": item_id, "outcome": "reached", "data": {"reason": "payment_tool"}}, lambda: order.state
    )
    assert read.data == Reached(reason=UnpaidReason.PAYMENT_TOOL)
    assert read.data_as_json() == {"reason": "payment_tool"}
    assert RULE.read(read.model_dump(mode="json"), lambda: order.state) == read


def test_a_reason_in_ones_own_words_goes_with_the_note() -> None:
    """It may name people, and the note stays in the store."""
    order, item_id = called()
    raw = {"item_id": item_id, "outcome": "reached", "note": "U盾过期", "data": {"reason": "在等先生"}}
    read = RULE.read(raw, lambda: order.state)
    assert (read.note, read.data_as_json()) == ("U盾过期；在等先生", {"reason": "other"})


@pytest.mark.parametrize("data", [{"promised_pay_at": "soon"}, {"mood": "good"}])
def test_data_that_the_outcome_does_not_ask_for_is_found_under_data(data: dict[str, str]) -> None:
    """Whoever said it reads which field is wrong."""
    order, item_id = called()
    with pytest.raises(ValidationError) as wrong:
        RULE.read({"item_id": item_id, "outcome": "reached", "data": data}, lambda: order.state)
    assert [error["loc"] for error in wrong.value.errors()] == [("data", *data)]


def test_an_outcome_may_be_for_some_forms_of_a_task_only() -> None:
    """A lost parcel can be found; one that was signed for by somebody else cannot."""
    order = Worked()
    order.pay()
    order.consign()
    order.happened("parcel.exception", {"carrier": "zto", "tracking_no": "ZT1", "kind": "lost"})
    lost = order.open_task("parcel_exception")
    other = lost.model_copy(update={"variant": "wrong_sign"})
    assert [outcome_rule(ORDER, item, "found") is not None for item in (lost, other)] == [True, False]
    assert [outcome_rule(ORDER, item, "lost") is not None for item in (lost, other)] == [False, True]


def test_a_stored_task_that_the_kind_has_no_more_can_still_be_shown() -> None:
    """The inbox lists what was done before a release took its task away."""
    order, _ = called()
    gone = order.open_task("payment_reminder").model_copy(update={"type": "gone"})
    assert outcome_rule(ORDER, gone, "reached") is None
    assert data_of(ORDER, gone, "reached") is Nothing
