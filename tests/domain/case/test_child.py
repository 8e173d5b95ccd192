"""The child protocol: what starts a child reads back as what it was, and who is told what, and when."""

import pytest
from pydantic import TypeAdapter, ValidationError

from domain.case.errand import Errand, StartCase
from domain.case.ids import CaseKind
from domain.complaint.opening import ComplaintOpening
from domain.hold.opening import HoldOpening
from domain.lives import begin_any
from domain.roles import Role
from tests.domain.orders import Order


def started() -> StartCase:
    """The start of a complaint that an order asks for."""
    order = Order()
    order.pay()
    order.act("file_complaint", Role.BUYER, type="breach_of_promise", text="")
    (start,) = [pending.errand for pending in order.state.errands if isinstance(pending.errand, StartCase)]
    return start


def test_an_opening_is_read_back_as_its_kinds_own() -> None:
    """From JSON, as histories and rows hold it: the kind beside it says which model it is."""
    start = started()
    read = TypeAdapter[Errand](Errand).validate_json(start.model_dump_json())
    assert read == start
    assert isinstance(start.opening, ComplaintOpening)
    assert "kind" not in start.model_dump(mode="json")["opening"]


def test_an_opening_of_another_kind_is_refused() -> None:
    """A hold's opening lacks what a complaint wants, and nothing opens an order as a child."""
    start = started().model_dump(mode="json")
    for kind in (CaseKind.SHIP_HOLD, CaseKind.ORDER):
        with pytest.raises(ValidationError):
            StartCase.model_validate(start | {"kind": kind})


def test_a_child_lives_apart_from_what_opened_it() -> None:
    """Whatever becomes of the child, its opening stays what the parent wrote."""
    start = started()
    before = start.model_dump_json()
    child = begin_any(start)
    child.state.units.clear()
    assert start.model_dump_json() == before
    assert (child.state.kind, child.state.version, child.state.order_case_id) == (
        CaseKind.COMPLAINT,
        1,
        "order:demo:taobao:T1001",
    )


def test_openings_say_the_same_of_their_order() -> None:
    """Each kind adds what it needs to what all have in common."""
    common = {"case_id", "merchant", "platform", "policy", "order_case_id", "order_id", "hours", "rules", "opened_at"}
    assert common < ComplaintOpening.model_fields.keys() & HoldOpening.model_fields.keys()
