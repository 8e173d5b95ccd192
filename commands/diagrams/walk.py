"""Walks through the life of a kind of case: from every state it tries every action, task, fact, clock and errand."""

from collections import deque
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Generic, NamedTuple, TypeVar

from pydantic import BaseModel

from domain.case.action import ActionRequest, Circumstances
from domain.case.completing import completing
from domain.case.deadline import Deadline
from domain.case.declare import AnyAction, AnyFact, Life
from domain.case.errand import PendingErrand
from domain.case.escalating import TASK_DUE
from domain.case.fact import Fact
from domain.case.live import LiveCase
from domain.case.state import CaseState
from domain.case.work import WorkItem
from domain.errors import ActionRefused, Forbidden
from domain.roles import SELLER, SYSTEM, Actor, Role

S = TypeVar("S", bound=CaseState)

A_WHILE = timedelta(minutes=1)
"""Between one thing and the next."""
NO_CIRCUMSTANCES = Circumstances()
MOST_STATES = 5_000
"""States that differ in what matters; more mean that something grows without end."""


class Sample(NamedTuple):
    """Something to try: an action's input, a fact's data, what came of a task or an errand; `note` tells it apart."""

    input: Any
    note: str = ""


class Key(NamedTuple):
    """What of a state decides about what can happen next."""

    stage: str
    clocks: tuple[str, ...]
    tasks: tuple[str, ...]
    errands: tuple[str, ...]
    distinct: Hashable


@dataclass(frozen=True, slots=True)
class Edge:
    """Something that can happen at a stage; `by_itself`: no person and no clock does it; `ends`: the case with it."""

    source: str
    target: str
    label: str
    by_itself: bool = False
    ends: bool = False


Happens = Callable[[], Iterator[tuple[Edge, S]]]
"""Tries something: nothing comes of it where it is refused."""


@dataclass(frozen=True, slots=True)
class Walk(Generic[S]):
    """What a walk tries.

    Attributes:
        inputs, data: samples for the actions and facts that need more than their example or nothing at all.
        answers: what can come of an errand; `at_once`: whether that comes before anything else does.
        completed: what can come of an open task, where that moves the case; `note` is the outcome.
        distinct: what of a state decides about what can happen next, beside stage, clocks and errands.
        stage: the stage as the diagram names it.
        stops: whether another diagram goes on from there.
        circumstances: what beside the case itself the steps are taken in.
        reminders: clocks that only ask somebody; what can happen next is the same while they run and after.
        thorough: whether what changed nothing is tried again in a state that differs in its clocks alone.
    """

    life: Life[S]
    inputs: Callable[[AnyAction[S], S], Iterable[Sample]]
    data: Callable[[AnyFact[S], S], Iterable[Sample]]
    answers: Callable[[PendingErrand], Iterable[Sample]]
    distinct: Callable[[S], Hashable]
    stage: Callable[[S], str]
    at_once: Callable[[PendingErrand], bool] = lambda pending: False
    stops: Callable[[S], bool] = lambda state: False
    circumstances: Circumstances = NO_CIRCUMSTANCES
    completed: Callable[[WorkItem, S], Iterable[Sample]] = lambda item, state: ()
    reminders: Collection[str] = ()
    thorough: bool = True

    def edges(self, openings: Sequence[S]) -> list[Edge]:
        """Everything that can happen after these openings, in the order found, breadth first; each once."""
        found: dict[Edge, None] = {}
        idle: set[Hashable] = set()
        waiting = deque(_strip(state) for state in openings)
        met = {self._key(state) for state in waiting}
        while waiting:
            state = waiting.popleft()
            here = self._key(state)
            for name, happen in self._tries(state):
                move = here._replace(clocks=()), name
                if move in idle:
                    continue
                for edge, after in happen():
                    found[edge] = None
                    key = self._key(_strip(after))
                    if key == here and after.open and not self.thorough:
                        idle.add(move)
                    if key in met or not after.open or self.stops(after):
                        continue
                    met.add(key)
                    waiting.append(after)
                    assert len(met) < MOST_STATES, f"{self.life.kind} has too many states"
        return list(found)

    def _tries(self, state: S) -> Iterator[tuple[str, Happens[S]]]:
        """What is tried of a state, each with a name of its own."""
        now = state.updated_at + A_WHILE
        first = next(filter(self.at_once, state.errands), None)
        if first is None:
            yield from self._in_the_world(state, now)
        for pending in state.errands if first is None else [first]:
            for sample in self.answers(pending):
                yield f"{pending.errand.do} {sample.note}", partial(self._answered, state, pending, sample, now)

    def _in_the_world(self, state: S, now: datetime) -> Iterator[tuple[str, Happens[S]]]:
        """What people do, what is reported and what comes due."""
        for action in self.life.actions:
            for sample in self.inputs(action, state):
                yield f"{action.name} {sample.note}", partial(self._acted, state, action, sample, now)
        for fact in self.life.facts:
            for sample in self.data(fact, state):
                yield f"{fact.event_type} {sample.note}", partial(self._happened, state, fact, sample, now)
        for item in state.open_work():
            for sample in self.completed(item, state):
                yield f"{item.type} {sample.note}", partial(self._did, state, item, sample, now)
        for due in _clocks(state):
            yield f"clock {due.kind}", partial(self._passed, state, due, now)

    def _answered(self, state: S, pending: PendingErrand, sample: Sample, now: datetime) -> Iterator[tuple[Edge, S]]:
        case = self._copy(state)
        case.take_result(pending, sample.input, now)
        yield self._edge(state, case, sample.note, by_itself=True), case.state

    def _passed(self, state: S, due: Deadline, now: datetime) -> Iterator[tuple[Edge, S]]:
        case = self._copy(state)
        kept = next(one for one in case.state.running_deadlines() if one == due)
        case.pass_deadline(kept, max(now, due.due_at))
        yield self._edge(state, case, f"clock {due.kind}"), case.state

    def _acted(self, state: S, action: AnyAction[S], sample: Sample, now: datetime) -> Iterator[tuple[Edge, S]]:
        input_ = action.input.model_validate(sample.input)
        requests = {role: self._request_by(role, action, state) for role in action.roles}
        may = [role for role, by in requests.items() if self._may(state, action, by, input_, now)]
        if not may:
            return
        case = self._copy(state)
        case.act(action, requests[may[0]], now, input_)
        name = f"{action.name}, {sample.note}" if sample.note else action.name
        yield self._edge(state, case, f"{name} ({role_names(may)})"), case.state

    def _did(self, state: S, item: WorkItem, sample: Sample, now: datetime) -> Iterator[tuple[Edge, S]]:
        rule = completing(self.life)
        completion = {"item_id": item.item_id, "outcome": sample.note, "data": sample.input}
        input_ = rule.read(completion, lambda: state)
        by = self._request_by(Role.OWNER, rule, state)
        if not self._may(state, rule, by, input_, now):
            return
        case = self._copy(state)
        case.act(rule, by, now, input_)
        yield self._edge(state, case, f"task {item.type}, {sample.note}"), case.state

    def _may(self, state: S, action: AnyAction[S], by: ActionRequest, input_: BaseModel, now: datetime) -> bool:
        try:
            LiveCase(self.life, state).check(action, by, now, input_)
        except (ActionRefused, Forbidden):
            return False
        return True

    def _request_by(self, role: Role, action: AnyAction[S], state: S) -> ActionRequest:
        """Somebody in that role, with all that an account may be granted, asks for it."""
        permissions = (action.permission,) if action.permission else ()
        actor = Actor(role=role, account=f"demo-{role}", permissions=permissions)
        id_ = f"{action.name}#{state.version}"
        return ActionRequest(action_id=id_, actor=actor, circumstances=self.circumstances)

    def _happened(self, state: S, fact: AnyFact[S], sample: Sample, now: datetime) -> Iterator[tuple[Edge, S]]:
        case = self._copy(state)
        id_ = f"{fact.event_type}#{state.version}"
        case.take_in(Fact(id=id_, source="walk", type=fact.event_type, at=now, actor=SYSTEM, data=sample.input), now)
        name = f"{fact.event_type}, {sample.note}" if sample.note else fact.event_type
        yield self._edge(state, case, name, by_itself=True), case.state

    def _edge(self, before: S, case: LiveCase[S], label: str, *, by_itself: bool = False) -> Edge:
        return Edge(self.stage(before), self.stage(case.state), label, by_itself, ends=not case.state.open)

    def _copy(self, state: S) -> LiveCase[S]:
        # Three times as fast as a deep copy, and there are tens of thousands.
        return LiveCase(self.life, state.model_validate(state.model_dump()))

    def _key(self, state: S) -> Key:
        return Key(
            self.stage(state),
            tuple(sorted(due.kind for due in _clocks(state) if due.kind not in self.reminders)),
            tuple(sorted({item.type for item in state.open_work() if list(self.completed(item, state))})),
            tuple(sorted({pending.errand.do for pending in state.errands if list(self.answers(pending))})),
            self.distinct(state),
        )


def _clocks(state: CaseState) -> list[Deadline]:
    """Those of the case itself: a task past due calls somebody and changes nothing else."""
    return [due for due in state.running_deadlines() if due.kind != TASK_DUE]


def _strip(state: S) -> S:
    """The state without what is only to be written or told to others."""
    state.story.clear()
    state.errands = [pending for pending in state.errands if pending.answered]
    return state


def role_names(roles: Sequence[Role]) -> str:
    """The roles as a diagram names them: agent, supervisor and owner together are the seller."""
    if set(SELLER) <= set(roles):
        return ", ".join(["seller", *(role for role in roles if role not in SELLER)])
    return ", ".join(roles)
