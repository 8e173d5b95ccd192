"""Whatever happens and whatever people do: calls in their windows, no task twice, none left behind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from domain.case.completing import data_of
from domain.case.declare import TaskRule
from domain.case.work import WorkState
from domain.errors import ActionRefused
from domain.order.life import ORDER
from domain.order.opening import OpenedUnder
from domain.order.state import OrderState, Source
from domain.policy import policy
from domain.roles import Role
from domain.shop.hours import WorkingHours
from domain.shop.settings import Ratings
from domain.times import CHINA
from tests.domain.order.histories import bounded
from tests.domain.order.steps import Step, step
from tests.domain.people import Worked

WINDOWS = ((time(11), time(12)), (time(16), time(17)))
"""When buyers may be called (S2-27), as the rule has it."""

OFFICE = {
    "shifts": [{"days": ["mon", "tue", "wed", "thu", "fri"], "intervals": [{"from": "09:00", "to": "16:30"}]}],
    "holidays": "closed",
}
HOURS: tuple[dict[str, Any], ...] = (
    {},
    {"presale": OFFICE},
    {"presale": OFFICE, "aftersale": OFFICE, "warehouse": OFFICE},
)

DATA: dict[str, list[dict[str, Any]]] = {
    "Reached": [{}, {"reason": "considering", "promised_pay_at": "2099-01-01T00:00:00Z"}],
    "NotWanted": [{}, {"buyer_consent": True}],
    "Received": [{"amount": "70.00"}, {"amount": "210.00"}],
    "WhichLines": [{}, {"line_ids": ["1"]}],
    "WhichParcel": [{}, {"carrier": "zto", "tracking_no": "ZT1"}],
    "ThatParcel": [{"carrier": "zto", "tracking_no": "ZT2"}],
    "Alternative": [{"sku": "BLUE"}, {"sku": "BLUE", "line_id": "1"}],
    "ShipTime": [{"ship_by": "2099-01-01T00:00:00Z"}],
    "Sooner": [{}, {"ship_by": "2099-01-01T00:00:00Z"}],
    "Upgrade": [{}, {"difference": "12.00"}],
    "WillShip": [{}, {"ship_by": "2099-01-01T00:00:00Z"}],
    "Arrived": [{"amount": "70.00"}, {"amount": "210.00"}],
    "IssueInvoice": [{"carrier": "zto", "tracking_no": "ZT900"}],
    "Nothing": [{}],
}
"""What people may say with an outcome, by what it asks for."""


@pytest.mark.parametrize("rule", ORDER.tasks, ids=lambda rule: rule.name)
def test_whatever_may_be_said_is_drawn(rule: TaskRule[OrderState]) -> None:
    """Every outcome of every task, in each of its forms."""
    work = policy("taobao-2012").work.tasks[rule.name]
    for variant in ("", *work.variants):
        for outcome in work.outcomes_for(variant):
            said = rule.outcome(outcome, variant)
            assert said is None or said.data.__name__ in DATA, f"{outcome} of {rule.name} says {said.data.__name__}"


@dataclass(frozen=True)
class Do:
    """Somebody does one of the open tasks, with one of its outcomes; a promise is some hours ahead."""

    task: int
    outcome: int
    data: int
    hours: int

    def take(self, order: Worked) -> None:
        tasks = order.state.open_work()
        if not tasks:
            return
        item = tasks[self.task % len(tasks)]
        outcomes = list(policy(order.state.policy).work.tasks[item.type].outcomes_for(item.variant))
        outcome = outcomes[self.outcome % len(outcomes)]
        said = DATA[data_of(ORDER, item, outcome).__name__]
        ahead = (order.now + timedelta(hours=self.hours)).isoformat()
        data = {
            name: ahead if name.endswith(("_at", "_by")) else value
            for name, value in said[self.data % len(said)].items()
        }
        try:
            order.complete(item, outcome, Role.OWNER, **data)
        except (ActionRefused, ValidationError):
            return


def doings() -> st.SearchStrategy[Do]:
    number = st.integers(0, 7)
    return st.builds(Do, number, number, number, st.integers(1, 90))


@st.composite
def orders(draw: st.DrawFn) -> Worked:
    """An order placed at any minute of a year with all its holidays, in a shop that works always or sometimes."""
    minute = draw(st.integers(0, 365 * 24 * 60))
    under = OpenedUnder(
        hours=WorkingHours.model_validate({"groups": draw(st.sampled_from(HOURS))}),
        ratings=Ratings(reward_words=10),
        message=draw(st.sampled_from((None, "memo:1"))),
    )
    placed = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minute)
    return Worked(source=draw(st.sampled_from(Source)), placed=placed, under=under)


def histories() -> st.SearchStrategy[tuple[Worked, list[Step | Do]]]:
    return st.tuples(orders(), st.lists(st.one_of(step(), doings(), doings()), max_size=25))


def take(order: Worked, one: Step | Do) -> None:
    one.take(order)


@pytest.mark.rule("S2-27")
@bounded
@given(histories())
def test_no_call_is_due_outside_the_windows(history: tuple[Worked, list[Step | Do]]) -> None:
    """Whatever the clock and the holiday: from eleven to twelve, or from four to five, and at work."""
    order, to_take = history
    for one in to_take:
        take(order, one)
        for item in order.state.work_items:
            if item.type == "payment_reminder":
                assert item.not_before is not None
                begins, ends = item.not_before.astimezone(CHINA), item.due_at.astimezone(CHINA)
                assert begins < ends
                assert any(
                    first <= begins.time() and ends.time() <= last and begins.date() == ends.date()
                    for first, last in WINDOWS
                )


@pytest.mark.rule("S2-33")
@bounded
@given(histories())
def test_no_task_twice_for_one_matter(history: tuple[Worked, list[Step | Do]]) -> None:
    """Nor two open calls, tries to confirm, or looks for the same money."""
    order, to_take = history
    for one in to_take:
        take(order, one)
        matters = [(item.type, item.matter) for item in order.state.work_items]
        assert len(set(matters)) == len(matters)
        for kind in ("payment_reminder", "confirm_cod", "verify_remittance", "offer_alternative", "guide_refund"):
            assert order.open_tasks().count(kind) <= 1


@bounded
@given(histories())
def test_every_open_task_belongs_to_an_open_case(history: tuple[Worked, list[Step | Do]]) -> None:
    """What the end of a case settles is superseded in the very change that ends it; what it does not keeps it open."""
    order, to_take = history
    for one in to_take:
        take(order, one)
        if not order.state.open:
            assert order.open_tasks() == []
        for item in order.state.work_items:
            assert (item.state is WorkState.DONE) is (item.done_at is not None)
