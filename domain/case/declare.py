"""How a kind of case is declared: its facts, actions, clocks and tasks.

The declaration is the life of the case. The workflow runs it, the API answers "what may I do now, and why not?" from
it, and the documents are made from it, so that none of them can say anything else.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Generic, Protocol, TypeAlias, TypeVar

from pydantic import BaseModel, ConfigDict

from domain.case.action import ActionContext, S
from domain.case.cause import Evidence
from domain.case.deadline import Deadline, Plan
from domain.case.errand import ErrandResult, PendingErrand
from domain.case.ids import CaseKind
from domain.case.state import CaseState
from domain.case.story import Story
from domain.case.waiting import Waits
from domain.case.work import WorkItem
from domain.errors import Refusal
from domain.language import Language
from domain.policy import Policy
from domain.policy.role_names import PERMISSIONS, roles_in
from domain.roles import SHOP_STAFF, Actor, Role
from domain.shop.accounts import Permission
from domain.shop.service import Service
from domain.times import Instant

Input = TypeVar("Input", bound=BaseModel)
D = TypeVar("D", bound=BaseModel)


class SubjectKind(StrEnum):
    """What an event is about: an order, or one parcel of it."""

    ORDER = "order"
    PARCEL = "parcel"


class LastScan(BaseModel):
    """The newest scan of a parcel that the store has."""

    at: Instant
    evidence: Evidence


class Nothing(BaseModel):
    """The input of an action, or the data of a fact, that needs none."""

    model_config = ConfigDict(extra="forbid")


@dataclass(frozen=True, slots=True)
class FactRule(Generic[S, D]):
    """A fact that an outside system may report. It is never refused for business reasons.

    Attributes:
        event_type: also the signal's name.
        senders: the roles whose token may report it; none for a fact that only Caseline itself reports.
        target: the case that it is for, by its data, where that is not the order of its subject.
        take_in: changes the state; may come late, doubled facts are dropped before it.
        against: why it cannot be so, going by what its case is; who reports it while the case is there is told so.
        announces_parcel: whether it says that a parcel carries goods of the case, which hears of the parcel from then
            on, and first of all what was told of it before.
    """

    event_type: str
    title: str
    subject: SubjectKind
    data: type[D]
    senders: tuple[Role, ...]
    take_in: Callable[[S, D, Story], None]
    target: Callable[[D], str] | None = None
    announces_parcel: bool = False
    against: Callable[[S, D], Iterable[Refusal]] | None = None


@dataclass(frozen=True, slots=True)
class StockWanted:
    """Units of a SKU that a step needs."""

    sku: str
    quantity: int


@dataclass(frozen=True, slots=True)
class BuyerText:
    """What a buyer asks for, and their own words about it: new ones, or the reference to those that are kept."""

    service: Service
    text: str = ""
    kept: str | None = None


@dataclass(frozen=True, slots=True)
class ActionRule(Generic[S, Input]):
    """A step that a person or client may ask for, declared once for the update, the API, the desk and the docs.

    Attributes:
        refusals: every reason that speaks against the step; with no input yet, those that do not depend on it.
        take: carries it out, answers the action's `result`.
        extends: whether a deadline that it moves was extended rather than moved.
        wants: the units of stock that a step with this input needs.
        permission: what an agent's account must have been granted (S1-27, S1-40).
        sees_goods: whether the parcels as the store has them matter (`ActionContext.goods`).
        buyer_text: what the buyer asks for by it and in which words, to be looked at for contradictions (S3-08).
        reads: reads what of the input only the case can.
        after_end: whether it may be taken in a case that has ended, too, which it takes up again.
    """

    name: str
    title: str
    input: type[Input]
    roles: tuple[Role, ...]
    refusals: Callable[[ActionContext[S, Input | None]], Iterable[Refusal]]
    take: Callable[[ActionContext[S, Input], Story], dict[str, Any]]
    extends: bool = False
    wants: Callable[[S, Input], StockWanted | None] | None = None
    permission: Permission | None = None
    sees_goods: bool = False
    buyer_text: Callable[[S, Input], BuyerText | None] | None = None
    example: dict[str, Any] = field(default_factory=dict)
    reads: Callable[[S, Input], Input] | None = None
    after_end: bool = False

    def read(self, raw: object, state: Callable[[], S]) -> Input:
        """The input, checked once for all that is made of it. Raises ValidationError."""
        input_ = self.input.model_validate(raw)
        return self.reads(state(), input_) if self.reads else input_

    def forbids(self, actor: Actor) -> Refusal | None:
        """Why somebody may not take the step at all, whatever the case; None if they may."""
        return _forbidden(self.roles, self.permission, actor)


def for_roles(roles: Sequence[Role], what: str = "This step") -> Refusal:
    """Against whoever acts in none of the roles that something is for."""
    said = f"{what} is for {roles_in(Language.EN, roles)}."
    return Refusal(code="forbidden", message=said, figures={"roles": ", ".join(roles)})


def _forbidden(roles: Sequence[Role], permission: Permission | None, actor: Actor) -> Refusal | None:
    if actor.role not in roles:
        return for_roles(roles)
    if actor.role is Role.AGENT and permission and permission not in actor.permissions:
        _, permitted = PERMISSIONS[permission]
        said = f"This step needs the permission {permitted}, which the main account grants."
        return Refusal(code="forbidden", message=said, figures={"permission": permission})
    return None


class TaskForm(Protocol):
    """A task by its entry of the catalogue and the form it takes."""

    @property
    def type(self) -> str:
        """The entry's name."""

    @property
    def variant(self) -> str:
        """The form's name; empty for the usual one."""


@dataclass(frozen=True, slots=True)
class OutcomeRule(Generic[S, Input]):
    """What a case does with an outcome of a task.

    Attributes:
        data: what the person says with it.
        take: acts on it; `ActionContext.input` is the data. What it answers goes into the step's result.
        variants: the forms of the task that it is for; none named: all.
        refusals: what speaks against it now.
        wants: the units of stock that it needs.
        roles: who may say it: money and promises are vouched for by those who can see them.
        permission: what an agent's account must have been granted.
        sees_goods: whether the parcels as the store has them matter (`ActionContext.goods`).
        action: the action that it is, if it is one (`deeds.py`).
    """

    name: str
    data: type[Input]
    take: Callable[[ActionContext[S, Input], WorkItem, Story], dict[str, Any] | None]
    variants: tuple[str, ...] = ()
    roles: tuple[Role, ...] = SHOP_STAFF
    refusals: Callable[[ActionContext[S, Input], WorkItem], Iterable[Refusal]] | None = None
    wants: Callable[[S, WorkItem, Input], StockWanted | None] | None = None
    permission: Permission | None = None
    sees_goods: bool = False
    action: ActionRule[S, Any] | None = None

    def forbids(self, actor: Actor) -> Refusal | None:
        """Why somebody may not say it at all, whatever the case; None if they may."""
        return _forbidden(self.roles, self.permission, actor)


AnyFact: TypeAlias = FactRule[S, Any]
AnyAction: TypeAlias = ActionRule[S, Any]
AnyOutcome: TypeAlias = OutcomeRule[S, Any]
"""Rules of one kind of case, whatever their data or input: for whoever lists or runs them.

Nobody declares a rule as one of these: mypy would no longer compare what it reads with what it is given.
"""


@dataclass(frozen=True, slots=True)
class TaskRule(Generic[S]):
    """A task for a person. What it says, to whom and by when, stands under its name in the edition's catalogue.

    Attributes:
        needed: whether an open one's matter is still there; else it goes away by itself.
        outcomes: what the case does with an outcome; those that are not here are noted only.
        script_values: what its own words may name beside what those of its kind may, by the name of the place: None is
            as the kind has it, empty is not known yet. Never personal data.
        always_known: those that it has whenever it is open, so that its words need not do without.
        worded: whether its words come filled, from the case that it outlives.
    """

    name: str
    needed: Callable[[S, WorkItem], bool]
    outcomes: Sequence[AnyOutcome[S]] = ()
    script_values: Mapping[str, Callable[[S, Policy, WorkItem], str | None]] = field(default_factory=dict)
    always_known: frozenset[str] = frozenset()
    worded: bool = False

    def outcome(self, name: str, variant: str) -> AnyOutcome[S] | None:
        """What the case does with that outcome of that form of it."""
        matching = (rule for rule in self.outcomes if rule.name == name and variant in (rule.variants or (variant,)))
        return next(matching, None)


@dataclass(frozen=True, slots=True)
class ClockRule(Generic[S]):
    """A kind of deadline: what it should be by the facts, and what happens when it passes.

    Attributes:
        plans: one plan a clock; several where each parcel has its own.
        consequence: what it brings about when it passes.
        hear_scan: for a clock that waits for scans, which do not all wake the case: takes
            in the carrier's last scan before the clock may pass, and answers whether it was news.
    """

    kind: str
    title: str
    plans: Callable[[S, Policy], Iterable[Plan]]
    consequence: Callable[[S, Policy, Deadline, Story], None]
    hear_scan: Callable[[S, Deadline, LastScan], bool] | None = None


def no_goods(state: CaseState) -> object:
    """The goods of a kind of case that has none of its own."""
    return None


def never(state: CaseState) -> bool:
    """A kind of case that never rests."""
    return False


@dataclass(frozen=True, slots=True)
class Life(Generic[S]):
    """A kind of case from opening to end.

    Attributes:
        after_change: run after every change: stage, money and tasks that follow from the facts.
        tell: run when nothing of the change is to follow any more, tasks that went away by themselves included; tells
            the cases above how it stands.
        script_values: what of the case the words of its tasks and of knowledge may name, by the name of the place;
            empty is not known yet. Never personal data.
        always_known: those that every case of the kind has at any time.
        waits_for: whom it waits for where it stands, beside people's tasks, children and errands.
        may_rest: whether nobody need look at it though nothing moves; everything else is asked about daily.
        goods: where each of its goods is; a fact that changes that takes an ended case up again.
        on_errand_result: takes in what came of an errand that matters to the case (`PayBuyer`).
    """

    kind: CaseKind
    state: type[S]
    facts: Sequence[AnyFact[S]]
    actions: Sequence[AnyAction[S]]
    clocks: Sequence[ClockRule[S]]
    tasks: Sequence[TaskRule[S]]
    after_change: Callable[[S, Policy, Story], None]
    script_values: Mapping[str, Callable[[S, Policy], str]]
    waits_for: Waits[S]
    may_rest: Callable[[S], bool] = never
    always_known: frozenset[str] = frozenset()
    goods: Callable[[S], object] = no_goods
    on_errand_result: Callable[[S, Policy, PendingErrand, ErrandResult, Story], None] | None = None
    tell: Callable[[S, Story], None] | None = None

    def fact(self, event_type: str) -> AnyFact[S]:
        """The fact of that event type; KeyError if the kind knows none."""
        return {fact.event_type: fact for fact in self.facts}[event_type]

    def action(self, name: str) -> AnyAction[S]:
        """The action of that name; KeyError if the kind has none."""
        return {action.name: action for action in self.actions}[name]

    def clock(self, kind: str) -> ClockRule[S]:
        """The rule of that kind of deadline."""
        return {clock.kind: clock for clock in self.clocks}[kind]

    def task(self, name: str) -> TaskRule[S]:
        """The task of that name; KeyError if the kind has none."""
        return {task.name: task for task in self.tasks}[name]
