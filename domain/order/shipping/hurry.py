"""What becomes of an urgent order, and that presale hears of it: told, shipped sooner, or by SF (S2-53, S2-54).

Whatever is agreed on is done here and now: the warehouse is asked, the carrier is set, the memo is written. What the
warehouse answers comes back to presale, who tells the buyer.
"""

from collections.abc import Iterable
from datetime import timedelta

from pydantic import BaseModel, ConfigDict

from domain.case.asking import ask_again
from domain.case.declare import Nothing, OutcomeRule, TaskRule
from domain.case.errand import WriteMemo
from domain.case.story import Story
from domain.case.work import WorkItem
from domain.errors import Refusal
from domain.money import ZERO, InYuan, Yuan
from domain.order.context import OrderContext
from domain.order.payment.quotes import end_of_day
from domain.order.people.changes import audit_change, choose_carrier
from domain.order.shipping.handover import is_consigned, to_hand_over
from domain.order.shipping.urging import (
    FEASIBLE,
    ITS_TIME,
    OF_ITS_PROMISE,
    PROMISE_ANSWERED,
    SHIP_URGE,
    ask_warehouse,
    not_shipped,
    promise_of,
    to_be_told,
)
from domain.order.state import OrderState
from domain.order.words import only
from domain.times import Instant, chinese_clock

SF = "sf"
"""The carrier for whoever is in a hurry (S2-53)."""


class Sooner(BaseModel):
    """By when the warehouse is asked to ship it; without it, by the end of tomorrow (China time)."""

    model_config = ConfigDict(extra="forbid")

    ship_by: Instant | None = None


class Upgrade(InYuan):
    """What the buyer pays more for the faster carrier, in yuan; nothing: the shop bears it."""

    model_config = ConfigDict(extra="forbid")

    difference: Yuan = ZERO


def _sooner_refusals(context: OrderContext[Sooner], item: WorkItem) -> Iterable[Refusal]:
    if context.input.ship_by and context.input.ship_by <= context.now:
        yield Refusal(code="ship_by_in_past", message="The time to be promised has passed already.")


def _on_told(context: OrderContext[object], item: WorkItem, story: Story) -> None:
    _write_memo(story, "顾客催发货，已告知正常发货时间")


def _on_arranged(context: OrderContext[Sooner], item: WorkItem, story: Story) -> None:
    """Nothing is promised before the warehouse has answered; its answer comes back to presale (S2-54)."""
    ship_by = context.input.ship_by or end_of_day(story.cause.now + timedelta(days=1))
    ask_warehouse(context.state, ship_by, story)
    _write_memo(story, f"顾客催发货，已问仓库能否{chinese_clock(ship_by)}前发出")


def _sf_refusals(context: OrderContext[object], item: WorkItem) -> Iterable[Refusal]:
    if any(is_consigned(context.state, line) for line in context.state.lines):
        yield Refusal(code="already_shipped", message="A parcel has left; its carrier can no longer be changed.")


def _on_sf(context: OrderContext[Upgrade], item: WorkItem, story: Story) -> None:
    """The order says so, in the ERP's audit too where it has read it, and its memo says who pays.

    The difference is freight of this order: paid, it is not too much.
    """
    state, difference = context.state, context.input.difference
    choose_carrier(state, SF, story)
    state.carrier_difference = difference
    audit_change(state, story)
    _write_memo(story, f"顾客催发货，补差价{f'{difference}元' if difference else ''}改发顺丰")


def _on_answer_told(context: OrderContext[object], item: WorkItem, story: Story) -> None:
    by = chinese_clock(promise_of(context.state, item).ship_by)
    said = f"已告知顾客{by}前发出" if item.variant == FEASIBLE else f"已告知顾客{by}前发不出，按正常时间发货"
    _write_memo(story, said)


def _write_memo(story: Story, text: str) -> None:
    story.send(WriteMemo(text=text, by=story.cause.actor))


_URGED = (
    OutcomeRule(name="told", data=Nothing, take=_on_told),
    OutcomeRule(name="arranged", data=Sooner, take=_on_arranged, refusals=_sooner_refusals),
    OutcomeRule(name="sf_upgrade", data=Upgrade, take=_on_sf, refusals=_sf_refusals),
)
_ANSWERED: tuple[OutcomeRule[OrderState, Nothing], ...] = (
    OutcomeRule(name="told", data=Nothing, take=_on_answer_told),
    OutcomeRule(name="unreachable", data=Nothing, take=ask_again),
)

HURRY_TASKS = (
    TaskRule(name=SHIP_URGE, needed=not_shipped, outcomes=_URGED, script_values={"items": only(to_hand_over)}),
    TaskRule(
        name=PROMISE_ANSWERED,
        needed=to_be_told,
        outcomes=_ANSWERED,
        script_values=OF_ITS_PROMISE,
        always_known=ITS_TIME,
    ),
)
