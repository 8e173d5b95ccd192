"""A child and its parent, for every kind of child: how one opens the other, and what both tell each other after that.

The parent opens a child (`open_child`) with all that the child needs to know, and knows how it then stands. From then
on each tells the other its whole standing whenever something of it has changed, so that to hear it twice changes
nothing: the child how it stands (`tell_parents`, heard by `hear_child`), the parent what is around the child
(`tell_child`).
"""

from collections.abc import Callable, Iterable
from typing import Generic, TypedDict, TypeVar

from pydantic import BaseModel, ConfigDict

from domain.case.action import S
from domain.case.declare import D, FactRule, Life, SubjectKind
from domain.case.errand import StartCase
from domain.case.ids import CaseKind, child_case_id
from domain.case.live import LiveCase
from domain.case.opening import Opening
from domain.case.state import CaseState, Child
from domain.case.story import Story
from domain.case.waited import Awaited
from domain.policy import Policy
from domain.roles import SYSTEM, Actor
from domain.shop.hours import WorkingHours
from domain.times import Instant

ORDER_MOVED = "order.moved"
"""The fact by which an order tells its children what changed around them."""


class ChildStanding(BaseModel):
    """A child as its parent knows it. Each kind adds what else of it the parent must know.

    Attributes:
        version: the child's own; an older standing never takes the place of a newer one.
        waits_for: whom it waits for itself; None: nobody, its time alone runs.
    """

    model_config = ConfigDict(frozen=True)

    case_id: str
    version: int
    stage: str
    open: bool
    waits_for: Awaited | None = None

    @property
    def runs(self) -> bool:
        """Whether its parent must wait for it."""
        return self.open


O = TypeVar("O", bound=Opening)  # noqa: E741 – the letter that stands beside S everywhere
C = TypeVar("C", bound=ChildStanding)
A = TypeVar("A", bound=BaseModel)


class Start(BaseModel, Generic[O, S]):
    """What a child's workflow starts from; `state` is there when it goes on from a run before.

    `taken_up`: that run had ended, and the case is taken up again.
    """

    opening: O
    state: S | None = None
    taken_up: bool = False


class SharedFields(TypedDict):
    """What every opening has in common."""

    case_id: str
    merchant: str
    platform: str
    policy: str
    order_case_id: str
    order_id: str
    hours: WorkingHours
    rules: int
    opened_at: Instant
    opened_by: Actor


def shared_fields(parent: CaseState, kind: CaseKind, by: Actor, story: Story) -> SharedFields:
    """What the next child of that kind has of its parent."""
    number = 1 + sum(child.kind is kind for child in parent.children)
    return SharedFields(
        case_id=child_case_id(kind, parent.case_id, number),
        merchant=parent.merchant,
        platform=parent.platform,
        policy=parent.policy,
        order_case_id=parent.order_case,
        order_id=parent.order_id,
        hours=parent.hours,
        rules=parent.rules,
        opened_at=story.cause.now,
        opened_by=by,
    )


def open_child(parent: CaseState, opening: Opening, begun: ChildStanding, story: Story) -> None:
    """The parent waits for the child from here on; its row is written with this version, then it is started.

    `begun` is how the child stands at version 1: its parent knows that without being told.
    """
    parent.children.append(_as_child(opening.kind, begun, story))
    story.send(StartCase(kind=opening.kind, case_id=opening.case_id, opening=opening))


def begin_child(
    life: Life[S],
    opening: Opening,
    summary: str,
    then: Callable[[S, Policy, Story], None] | None = None,
    **own: object,
) -> LiveCase[S]:
    """The child at version 1: its parent's write and its own workflow start from the very same.

    Args:
        life: the child's declaration.
        opening: what its state begins with, where the fields have the same names.
        summary: the first line of its timeline.
        then: what the opening brings about at once.
        own: fields of its state that are not in the opening.
    """
    opening = opening.model_copy(deep=True)
    fields = {name: getattr(opening, name) for name in type(opening).model_fields if name in life.state.model_fields}
    case = LiveCase(life, life.state.model_validate({"updated_at": opening.opened_at, **fields, **own}))

    def tell_opening(story: Story) -> None:
        if then:
            then(case.state, case.policy, story)

    case.begin(summary, opening.opened_by, opening.opened_at, tell_opening)
    return case


def tell_parents(story: Story, event_type: str, now: C, before: C | None, parents: Iterable[str]) -> C:
    """Tells how the child stands, if anything but its version has changed since it last did.

    How it stands at version 1 they know, because they have opened it so.

    Args:
        story: the child's.
        event_type: the fact that says so.
        now: how it stands.
        before: what it told last; None at version 1.
        parents: the cases that wait for it.

    Returns:
        What it has told by now.
    """
    if before and now.model_copy(update={"version": before.version}) == before:
        return before
    for parent in parents if before else ():
        story.tell_case(parent, event_type, now)
    return now


def _as_child(kind: CaseKind, told: ChildStanding, story: Story) -> Child:
    return Child(
        case_id=told.case_id,
        kind=kind,
        stage=told.stage,
        open=told.runs,
        version=told.version,
        waits_for=told.waits_for,
        since=story.cause.now,
    )


def hear_child(parent: CaseState, standings: list[C], told: C, story: Story) -> C | None:
    """Takes in how a child stands.

    Returns:
        How it stood before, as far as the parent knew; None if it is no child, or has told something newer already.
    """
    known = parent.child(told.case_id)
    if known is None or not parent.note_child(_as_child(known.kind, told, story)):
        return None
    before = next(one for one in standings if one.case_id == told.case_id)
    standings[standings.index(before)] = told
    return before


def hear_grandchild(order: CaseState, kind: CaseKind, told: ChildStanding, story: Story) -> bool:
    """Takes in how a child's child stands, which the order waits for without having opened it; False if it is old."""
    if order.child(told.case_id) is None:
        order.children.append(_as_child(kind, told, story))
        return True
    return order.note_child(_as_child(kind, told, story))


def tell_child(story: Story, known: dict[str, A], case_id: str, surroundings: A) -> None:
    """Tells a child what is around it, if that is not what it knows."""
    if known[case_id] != surroundings:
        known[case_id] = surroundings
        story.tell_case(case_id, ORDER_MOVED, surroundings, SYSTEM)


def fact_between_cases(
    event_type: str, title: str, data: type[D], take_in: Callable[[S, D, Story], None]
) -> FactRule[S, D]:
    """A fact that a case hears from another one, and from nobody outside."""
    return FactRule(
        event_type=event_type, title=title, subject=SubjectKind.ORDER, data=data, senders=(), take_in=take_in
    )


def fact_of_surroundings(data: type[D], take_in: Callable[[S, D, Story], None]) -> FactRule[S, D]:
    """How a child hears what changed around it."""
    return fact_between_cases(ORDER_MOVED, "The order moved on", data, take_in)
