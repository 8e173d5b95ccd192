"""A case after its end: what would change money, goods or what is to do takes it up again, and nothing else does."""

import pytest

from domain.case.live import LiveCase
from domain.order.life import ORDER
from domain.order.state import OrderState
from domain.roles import Role
from tests.domain.orders import Order, at, shipped_order


def ended_order() -> Order:
    """Late by the clock; received, and its window over."""
    order = Order()
    order.pay()
    order.consign(when=at(hours=70))
    order.scan("signed", when=at(hours=80))
    order.act("confirm_receipt", Role.BUYER)
    order.until(at(days=12))
    assert (order.state.open, order.penalty) == (False, (3, "9.95"))
    return order


def test_a_fact_that_counts_takes_the_case_up() -> None:
    """The line comes first, then what follows; with nothing left to wait for it has ended again in the same version."""
    order = ended_order()
    version = order.state.version
    order.scan("picked_up", when=at(hours=71))
    assert order.penalty == (0, "0.00")
    assert (order.state.reopened, order.state.open, order.state.version) == (1, False, version + 1)
    told = [line.type for line in order.state.story if line.version == version + 1]
    assert (told[0], told[-1]) == ("case.reopened", "case.ended")


def test_the_same_fact_takes_it_up_once() -> None:
    """A repetition is no news."""
    order = ended_order()
    assert [order.scan("picked_up", when=at(hours=71), id_="p-1") for _ in range(2)] == [True, False]
    assert order.state.reopened == 1


@pytest.mark.parametrize("status", ["scanned", "out_for_delivery"])
def test_a_fact_that_changes_nothing_is_only_told(status: str) -> None:
    """A scan from the middle of a way that is over stands on the timeline, and the case stays ended."""
    order = ended_order()
    ledger, lines = list(order.state.ledger), order.state.line_count
    order.scan(status, when=at(hours=79))
    assert (order.state.reopened, order.state.open, order.state.ledger) == (0, False, ledger)
    assert order.state.line_count == lines + 1


def test_a_fact_of_which_the_case_tells_nothing_is_told() -> None:
    """A scan of a parcel that is not its own has a line all the same."""
    order = ended_order()
    order.scan("scanned", "ZT9")
    assert order.told("parcel.scanned") == ["Reported after the case had ended: parcel.scanned"]


def test_a_step_of_an_ended_case() -> None:
    """It is refused, but for one that is named for it: that takes the case up, and its child keeps it open."""
    order = shipped_order()
    order.until(at(days=18))
    assert not order.state.open
    assert "case_ended" in order.refused("extend_receipt", days=3)
    order.act("file_complaint", Role.BUYER, type="not_received")
    assert (order.state.open, order.state.reopened) == (True, 1)
    assert order.told("case.reopened") == ["Taken up again: file_complaint"]


def test_a_case_is_taken_up_from_what_is_recorded() -> None:
    """Without the lines and errands of before, as its row has it."""
    order, twin = ended_order(), ended_order()
    recorded = order.state.model_dump(mode="json", exclude={"story", "errands"})
    twin.case = LiveCase(ORDER, OrderState.model_validate(recorded))
    for one in (order, twin):
        one.scan("picked_up", when=at(hours=71), id_="p-1")
    assert twin.state.model_dump(exclude={"story"}) == order.state.model_dump(exclude={"story"})
