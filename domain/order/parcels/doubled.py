"""Goods that are said to be in two parcels at once: somebody says which one holds them.

A number may have been corrected, goods may have been packed twice, or one unit fills two boxes. The parcel that was
said to leave first carries the unit until somebody has looked.
"""

from collections.abc import Iterable

from domain.case.declare import Nothing, OutcomeRule, TaskRule
from domain.case.parcel import Parcel, Said
from domain.case.story import Story
from domain.case.work import WorkItem
from domain.errors import Refusal
from domain.order.context import OrderContext
from domain.order.parcels.named import ITS_NUMBER, OF_ITS_PARCEL, parcel_of
from domain.order.parcels.unowed import stop
from domain.order.shipping.gone import doubled
from domain.order.shipping.packing import pack
from domain.order.state import OrderState
from domain.order.words import goods
from domain.parcels.journey import GONE, first_scan_at, note, where_is
from domain.policy import Policy

DOUBLED_GOODS = "doubled_goods"


def ask_about_doubled_goods(state: OrderState, story: Story) -> None:
    """The warehouse is asked about each parcel that is said to hold what another one carries."""
    for parcel in state.parcels:
        if _is_open(state, parcel):
            story.ask_for(DOUBLED_GOODS, matter=parcel.subject)


def _is_open(state: OrderState, parcel: Parcel) -> bool:
    return where_is(parcel) not in GONE and bool(doubled(state, parcel))


def _carriers(state: OrderState, parcel: Parcel) -> list[Parcel]:
    """The parcels that carry what this one is said to hold too."""
    lines = doubled(state, parcel)
    return [one for one in state.parcels if one is not parcel and any(line in one.carries for line in lines)]


def _never_left(state: OrderState, parcel: Parcel, story: Story) -> None:
    note(parcel, Said.RETURNED, story.cause, state.version)
    story.tell("parcel.kept_back", f"{parcel.subject} never left")


def _against(parcels: Iterable[Parcel]) -> Iterable[Refusal]:
    for parcel in parcels:
        if first_scan_at(parcel):
            yield Refusal(code="already_picked_up", message=f"The carrier has {parcel.subject}: it has left.")


def _against_other(context: OrderContext[object], item: WorkItem) -> Iterable[Refusal]:
    return _against([parcel_of(context.state, item)])


def _on_other(context: OrderContext[object], item: WorkItem, story: Story) -> None:
    """This one never left: its number was wrong."""
    _never_left(context.state, parcel_of(context.state, item), story)
    pack(context.state)


def _against_this(context: OrderContext[object], item: WorkItem) -> Iterable[Refusal]:
    return _against(_carriers(context.state, parcel_of(context.state, item)))


def _on_this(context: OrderContext[object], item: WorkItem, story: Story) -> None:
    """This one holds them: the other number was wrong."""
    for parcel in _carriers(context.state, parcel_of(context.state, item)):
        _never_left(context.state, parcel, story)
    pack(context.state)


def _on_both(context: OrderContext[object], item: WorkItem, story: Story) -> None:
    """More left than the buyer is owed: this one is stopped."""
    stop(context.state, parcel_of(context.state, item), story)


def _items(state: OrderState, policy: Policy, item: WorkItem) -> str | None:
    return goods(state, doubled(state, parcel_of(state, item))) or None


DOUBLED_TASK = TaskRule(
    name=DOUBLED_GOODS,
    needed=lambda state, item: _is_open(state, parcel_of(state, item)),
    outcomes=(
        OutcomeRule(name="this_one", data=Nothing, take=_on_this, refusals=_against_this),
        OutcomeRule(name="other_one", data=Nothing, take=_on_other, refusals=_against_other),
        OutcomeRule(name="both_left", data=Nothing, take=_on_both),
    ),
    script_values={**OF_ITS_PARCEL, "items": _items},
    always_known=ITS_NUMBER,
)
