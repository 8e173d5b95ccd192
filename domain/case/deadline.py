"""A deadline: a durable clock with its evidence, and how it follows the facts.

A rule never moves a clock by hand. It says what the clock should be (`Plan`: since when, due when, waiting for what),
and when it stood still, computed from the facts in the order they *happened*; `follow` brings the kept deadline in line
and writes down what changed and why. So a fact that arrives late needs no rule of its own.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Self

from pydantic import BaseModel, ConfigDict

from domain.case.cause import Cause, Evidence
from domain.case.pauses import Pause, PutOff, put_off
from domain.times import Instant, iso_duration


class DeadlineState(StrEnum):
    """`met`: what it waited for happened in time. `elapsed`: its time came and its consequence was carried out."""

    RUNNING = "running"
    PAUSED = "paused"
    MET = "met"
    ELAPSED = "elapsed"
    CANCELLED = "cancelled"


class ChangeKind(StrEnum):
    """What can happen to a deadline's due time."""

    EXTENDED = "extended"
    PAUSED = "paused"
    RESUMED = "resumed"
    MOVED = "moved"


class Because(BaseModel):
    """Why a deadline is due when it is.

    Attributes:
        event_type: the fact or action that started it; `event_id` names that very one.
        rule: the policy path it was computed by (`ship.within`).
        policy: the edition; `value`: the edition's value as it stands there (`PT72H`).
    """

    model_config = ConfigDict(frozen=True)

    event_type: str
    event_id: str
    rule: str
    policy: str
    value: str

    @classmethod
    def since(cls, started: Evidence, rule: str, policy_id: str, value: str) -> Self:
        """A clock that the fact started, by a value of the case's edition."""
        return cls(event_type=started.type, event_id=started.id, rule=rule, policy=policy_id, value=value)


class DeadlineChange(BaseModel):
    """One line of a deadline's story; `amount` is an ISO 8601 duration, signed."""

    at: Instant
    change: ChangeKind
    by: str
    amount: str | None
    due_at: Instant | None


class Deadline(BaseModel):
    """A clock of a case. `subject` tells clocks of one kind apart (`zto/ZT1`); `number` counts its instances.

    `paused_for` is how long it has stood still, which `due_at` has in it.
    """

    kind: str
    subject: str = ""
    number: int = 1
    state: DeadlineState = DeadlineState.RUNNING
    started_at: Instant
    due_at: Instant
    because: Because
    changes: list[DeadlineChange] = []
    paused_for: timedelta = timedelta()
    version: int = 0

    @property
    def running(self) -> bool:
        """Whether its time can still come."""
        return self.state is DeadlineState.RUNNING


class Plan(BaseModel):
    """What a clock should be, going by the facts alone.

    Attributes:
        due_at: without the times in which it stands still.
        stands_still: those times, the earliest first.
        outcome: `met` or `cancelled` once it is decided, else None.
    """

    model_config = ConfigDict(frozen=True)

    kind: str
    subject: str = ""
    started_at: Instant
    due_at: Instant
    because: Because
    stands_still: tuple[Pause, ...] = ()
    outcome: DeadlineState | None = None

    @property
    def put_off(self) -> PutOff:
        """When it is due with its pauses."""
        return put_off(self.started_at, self.due_at, self.stands_still)


def find(deadlines: Sequence[Deadline], kind: str, subject: str = "") -> Deadline | None:
    """The newest deadline of that kind and subject."""
    return next((d for d in reversed(deadlines) if d.kind == kind and d.subject == subject), None)


def withdrawn(deadlines: Sequence[Deadline], kind: str) -> Iterable[Plan]:
    """The plan of a clock whose reason is gone: it is cancelled, and runs again once there is a reason anew."""
    if kept := find(deadlines, kind):
        yield Plan(
            kind=kind,
            started_at=kept.started_at,
            due_at=kept.due_at,
            because=kept.because,
            outcome=DeadlineState.CANCELLED,
        )


def follow(deadlines: list[Deadline], plan: Plan, cause: Cause, version: int) -> None:
    """Brings the kept deadline in line with its plan; starts, moves, pauses, resumes, meets or cancels it.

    An elapsed deadline that turns out to have been met becomes `met`. A met one that turns out not to have been runs
    again; so does a cancelled one that has a reason anew, and one whose due time has moved into the future. One whose
    clock was started anew after it had passed is a new instance.
    """
    kept = find(deadlines, plan.kind, plan.subject)
    if kept is None or _starts_anew(kept, plan):
        if plan.outcome is DeadlineState.CANCELLED:
            return
        kept = _start(plan, number=kept.number + 1 if kept else 1, version=version)
        deadlines.append(kept)
    before = _standing(kept)
    if plan.outcome is DeadlineState.CANCELLED:
        if kept.state in (DeadlineState.RUNNING, DeadlineState.PAUSED):
            kept.state = DeadlineState.CANCELLED
    else:
        if kept.state in (DeadlineState.MET, DeadlineState.CANCELLED):
            kept.state = DeadlineState.RUNNING
        with_pauses = plan.put_off
        _pause_or_resume(kept, plan, with_pauses, cause)
        _move(kept, plan, with_pauses, cause)
        if plan.outcome is DeadlineState.MET:
            kept.state = DeadlineState.MET
    if _standing(kept) != before:
        kept.version = version


def _standing(kept: Deadline) -> tuple[object, ...]:
    """All of it that following a plan may change; its story only grows."""
    return kept.state, kept.started_at, kept.due_at, kept.because, kept.paused_for, len(kept.changes)


def _starts_anew(kept: Deadline, plan: Plan) -> bool:
    """One that has passed, or was called off, and whose clock is set going once more.

    A plan that is due before it starts must not: it would pass and start anew without end.
    """
    if kept.state is DeadlineState.CANCELLED:
        return plan.outcome is None and plan.due_at > plan.started_at > kept.started_at
    return kept.state is DeadlineState.ELAPSED and plan.due_at > plan.started_at > kept.due_at


def _start(plan: Plan, number: int, version: int) -> Deadline:
    with_pauses = plan.put_off
    return Deadline(
        kind=plan.kind,
        subject=plan.subject,
        number=number,
        started_at=plan.started_at,
        due_at=with_pauses.due_at,
        because=plan.because,
        paused_for=with_pauses.stood_still,
        version=version,
    )


def _pause_or_resume(kept: Deadline, plan: Plan, with_pauses: PutOff, cause: Cause) -> None:
    """A clock that goes on does so later by as long as it stood; one that had passed may have stood still before."""
    since, longer = with_pauses.stands_still_since, with_pauses.stood_still - kept.paused_for
    if plan.outcome is None and since is not None:
        if kept.state is not DeadlineState.PAUSED:
            kept.state = DeadlineState.PAUSED
            kept.changes.append(_change(ChangeKind.PAUSED, since, cause, None, None))
    elif kept.state is DeadlineState.PAUSED:
        kept.state, kept.due_at = DeadlineState.RUNNING, kept.due_at + longer
        kept.changes.append(_change(ChangeKind.RESUMED, cause.at, cause, longer, kept.due_at))


def _move(kept: Deadline, plan: Plan, with_pauses: PutOff, cause: Cause) -> None:
    kept.started_at, kept.because, kept.paused_for = plan.started_at, plan.because, with_pauses.stood_still
    if with_pauses.due_at == kept.due_at:
        return
    by = with_pauses.due_at - kept.due_at
    kind = ChangeKind.EXTENDED if cause.extends else ChangeKind.MOVED
    kept.due_at = with_pauses.due_at
    kept.changes.append(_change(kind, cause.at, cause, by, kept.due_at))
    if kept.state is DeadlineState.ELAPSED:
        kept.state = DeadlineState.RUNNING


def _change(
    kind: ChangeKind, at: datetime, cause: Cause, amount: timedelta | None, due_at: datetime | None
) -> DeadlineChange:
    return DeadlineChange(
        at=at,
        change=kind,
        by=cause.name,
        amount=None if amount is None else iso_duration(amount),
        due_at=due_at,
    )
