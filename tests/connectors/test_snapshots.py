"""Snapshots of orders and requests come doubled, late and with gaps; what was told in the end is the newest one."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from connectors.translation import Message, Translation
from tests.connectors.examples import FOLDER, load, messages, translate
from tests.connectors.lives import ORDERS, REQUESTS


@dataclass
class Heard:
    """What a case has heard: facts and steps by their ids, as an intake keeps them apart."""

    facts: dict[str, Any] = field(default_factory=dict)
    steps: dict[str, Any] = field(default_factory=dict)

    def paid(self) -> Decimal:
        return sum((Decimal(one.data["amount"]) for one in self.facts.values() if "amount" in one.data), Decimal(0))


def heard(connector: str, snapshots: Iterable[Any]) -> Heard:
    last: Message | None = None
    case = Heard()
    for content in snapshots:
        (message,) = messages(connector, content)
        told = translate(connector, message, last)
        assert isinstance(told, Translation), told
        case.facts |= {one.id: one for one in told.facts}
        case.steps |= {one.key: one for one in told.steps}
        for one in told.withdrawn:
            case.facts.pop(one.event_id)
        last = last if told.stale else message
    return case


def shuffled(data: st.DataObject, life: list[Any]) -> list[Any]:
    """Some of them, doubled, in any order; but the newest comes."""
    drawn = data.draw(st.lists(st.sampled_from(life), max_size=5))
    return data.draw(st.permutations([*drawn, life[-1]]))


def _with(content: Any, old: str, new: str) -> Any:
    return json.loads(json.dumps(content).replace(old, new))


SLIPS = [
    (connector, content, _with(content, *changed))
    for connector, name, changed in (
        ("taobao", "finished_at_tmall", ("YT990001", "RIGHT1")),
        ("jd", "cash_on_delivery", ("ZT1", "RIGHT1")),
    )
    for content in [load(FOLDER / connector / f"{name}.message.json")]
]

LIVES: Mapping[str, Callable[[st.DataObject], list[Any]]] = {**ORDERS, **REQUESTS}


@pytest.mark.parametrize("name", LIVES)
@given(data=st.data())
def test_whatever_order_they_come_in_the_newest_is_told_whole(name: str, data: st.DataObject) -> None:
    """No fact or step of it is missing, and none is told that was not so."""
    connector = name.partition(" ")[0]
    life = LIVES[name](data)
    in_order, newest = heard(connector, life), heard(connector, [life[-1]])
    case = heard(connector, shuffled(data, life))
    told = set(case.steps)
    assert set(newest.steps) <= told <= set(in_order.steps) | set(newest.steps)
    assert set(newest.facts) <= set(case.facts) <= set(in_order.facts)
    assert case.paid() == in_order.paid() == newest.paid()


@pytest.mark.parametrize("name", LIVES)
@given(data=st.data())
def test_a_snapshot_told_again_tells_nothing(name: str, data: st.DataObject) -> None:
    """Neither facts nor steps, timeouts, or anything taken back."""
    connector = name.partition(" ")[0]
    for content in LIVES[name](data):
        (message,) = messages(connector, content)
        again = translate(connector, message, message)
        assert isinstance(again, Translation)
        assert (again.facts, again.steps, again.timeouts, again.withdrawn, again.enquiries) == ((), (), (), (), ())


@pytest.mark.parametrize("name", ORDERS)
@given(data=st.data())
def test_what_lines_and_freight_come_to_is_what_was_paid(name: str, data: st.DataObject) -> None:
    """To the fen, however the platform shared its discounts out."""
    connector = name.partition(" ")[0]
    life = ORDERS[name](data)
    (message,) = messages(connector, life[-1])
    told = translate(connector, message)
    assert isinstance(told, Translation)
    assume(told.opening)
    assert told.opening
    due = sum((line.amount for line in told.opening.lines), told.opening.freight)
    assert heard(connector, life).paid() in (Decimal(0), due)


@pytest.mark.parametrize(("connector", "first", "then"), SLIPS)
def test_a_waybill_that_was_a_slip_of_the_pen_is_withdrawn(connector: str, first: Any, then: Any) -> None:
    """The seller named another on the platform: the parcel of before is taken back, by its fact."""
    (was,), (now,) = messages(connector, first), messages(connector, then)
    before, told = translate(connector, was), translate(connector, now, was)
    assert isinstance(before, Translation)
    assert isinstance(told, Translation)
    (slip,) = (one for one in before.facts if one.type == "parcel.consigned")
    assert [one.event_id for one in told.withdrawn] == [slip.id]
    assert [one.data["tracking_no"] for one in told.facts] == ["RIGHT1"]
