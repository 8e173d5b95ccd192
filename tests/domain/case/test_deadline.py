"""Deadlines: how a kept clock follows what the facts say it should be."""

from __future__ import annotations

from datetime import datetime, timedelta

from domain.case.cause import Cause, CauseKind
from domain.case.deadline import Because, Deadline, DeadlineState, Plan, find, follow
from domain.case.pauses import Pause
from tests.domain.orders import PLACED, at

DUE = at(hours=72)
MET, CANCELLED = DeadlineState.MET, DeadlineState.CANCELLED


class Clock:
    """One kept clock, 72 h from placing unless a plan says otherwise."""

    def __init__(self) -> None:
        self.kept: list[Deadline] = []
        self.version = 0

    def follow(
        self,
        *,
        start: datetime = PLACED,
        due: datetime = DUE,
        paused: tuple[tuple[float, float | None], ...] = (),
        outcome: DeadlineState | None = None,
        happened: datetime = PLACED,
        extends: bool = False,
        event_id: str = "pay-1",
    ) -> Deadline | None:
        """Brings the clock in line with a plan, because of something that happened then; `paused` is in hours."""
        because = Because(
            event_type="payment.received", event_id=event_id, rule="ship.within", policy="taobao-2012", value="PT72H"
        )
        pauses = tuple(
            Pause(since=at(hours=since), until=None if until is None else at(hours=until)) for since, until in paused
        )
        plan = Plan(kind="ship_by", started_at=start, due_at=due, because=because, stands_still=pauses, outcome=outcome)
        cause = Cause(
            kind=CauseKind.EVENT, name="some.fact", id="1", at=happened, now=max(happened, at()), extends=extends
        )
        self.version += 1
        follow(self.kept, plan, cause, self.version)
        return find(self.kept, "ship_by")

    @property
    def deadline(self) -> Deadline:
        """The newest instance."""
        return self.kept[-1]

    @property
    def changes(self) -> list[tuple[str, str | None]]:
        """What changed, and by how much."""
        return [(change.change, change.amount) for change in self.deadline.changes]

    def passes(self) -> None:
        """Its time comes."""
        self.deadline.state = DeadlineState.ELAPSED


def test_starts_with_its_evidence() -> None:
    """A plan starts a running deadline that keeps why it is due when it is."""
    clock = Clock()
    clock.follow()
    deadline = clock.deadline
    assert (deadline.state, deadline.started_at, deadline.due_at) == (DeadlineState.RUNNING, at(), at(hours=72))
    assert (deadline.because.event_id, deadline.because.rule, deadline.because.value) == (
        "pay-1",
        "ship.within",
        "PT72H",
    )
    assert (deadline.number, deadline.changes, deadline.version) == (1, [], 1)


def test_the_same_plan_changes_nothing() -> None:
    """A plan that says what stands leaves the deadline and its version alone."""
    clock = Clock()
    clock.follow()
    clock.follow(happened=at(hours=5))
    assert (clock.deadline.version, clock.changes, len(clock.kept)) == (1, [], 1)


def test_moves() -> None:
    """Another due time is a move, with its length, its cause and the new due time."""
    clock = Clock()
    clock.follow()
    clock.follow(due=at(hours=100), happened=at(hours=5))
    (change,) = clock.deadline.changes
    assert (change.change, change.amount, change.due_at) == ("moved", "P1DT4H", at(hours=100))
    assert (change.at, change.by) == (at(hours=5), "some.fact")
    assert (clock.deadline.due_at, clock.deadline.version) == (at(hours=100), 2)


def test_moves_back() -> None:
    """An earlier due time is a move by a negative length."""
    clock = Clock()
    clock.follow()
    clock.follow(due=at(hours=71))
    assert clock.changes == [("moved", "-PT1H")]


def test_an_extension_says_so() -> None:
    """A person's extension moves the due time as `extended`."""
    clock = Clock()
    clock.follow()
    clock.follow(due=at(days=6), extends=True)
    assert clock.changes == [("extended", "P3D")]


def test_the_evidence_follows_the_fact_that_counts() -> None:
    """Another fact turns out to have started the clock, with the due time the same: the evidence names that one."""
    clock = Clock()
    clock.follow()
    clock.follow(start=at(hours=1), event_id="pay-0")
    assert (clock.deadline.started_at, clock.deadline.because.event_id) == (at(hours=1), "pay-0")
    assert clock.changes == []


def test_pauses_and_resumes() -> None:
    """A paused clock stands still; resumed, it is due later by as long as it stood."""
    clock = Clock()
    clock.follow()
    clock.follow(paused=((10, None),), happened=at(hours=10))
    assert (clock.deadline.state, clock.deadline.due_at) == (DeadlineState.PAUSED, at(hours=72))
    clock.follow(paused=((10, 15),), happened=at(hours=15))
    assert (clock.deadline.state, clock.deadline.due_at) == (DeadlineState.RUNNING, at(hours=77))
    assert clock.changes == [("paused", None), ("resumed", "PT5H")]
    assert clock.deadline.changes[-1].due_at == at(hours=77)


def test_it_stood_still_since_it_happened() -> None:
    """What stopped it, or set it going, may be learnt later: the times at which it happened count."""
    clock = Clock()
    clock.follow()
    clock.follow(paused=((10, None),), happened=at(hours=30))
    assert clock.deadline.changes[-1].at == at(hours=10)
    clock.follow(paused=((10, 15),), happened=at(hours=40))
    assert (clock.deadline.due_at, clock.changes) == (at(hours=77), [("paused", None), ("resumed", "PT5H")])


def test_a_pause_that_is_learnt_when_it_is_over() -> None:
    """The clock never stood still for its case; it is due later all the same."""
    clock = Clock()
    clock.follow()
    clock.follow(paused=((10, 15),), happened=at(hours=20))
    assert (clock.deadline.state, clock.deadline.due_at) == (DeadlineState.RUNNING, at(hours=77))
    assert clock.changes == [("moved", "PT5H")]


def test_a_clock_that_had_not_passed_stands_still() -> None:
    """It seemed to have passed, but something had stopped it before."""
    clock = Clock()
    clock.follow()
    clock.passes()
    clock.follow(paused=((10, None),), happened=at(hours=10))
    assert clock.deadline.state is DeadlineState.PAUSED


def test_what_comes_after_its_time_stops_it_not() -> None:
    """A clock that has passed stays so, and is due when it was."""
    clock = Clock()
    clock.follow()
    clock.passes()
    clock.follow(paused=((72, None),), happened=at(hours=72))
    clock.follow(paused=((72, 80),), happened=at(hours=80))
    assert (clock.deadline.state, clock.deadline.due_at) == (DeadlineState.ELAPSED, at(hours=72))


def test_pauses_add_up() -> None:
    """Two pauses put the due time off by both; the second is one because of the first."""
    clock = Clock()
    clock.follow()
    clock.follow(paused=((10, 15), (75, 80)), happened=at(hours=80))
    assert clock.deadline.due_at == at(hours=82)


def test_it_stands_still_from_its_start_on() -> None:
    """What was so before the clock was set going counts from there."""
    clock = Clock()
    clock.follow(start=at(hours=12), due=at(hours=84), paused=((10, 15),))
    assert (clock.deadline.due_at, clock.deadline.paused_for) == (at(hours=87), timedelta(hours=3))


def test_an_extension_during_a_pause_counts_once_it_resumes() -> None:
    """A paused clock that is moved keeps both: the new due time, and how long it stood."""
    clock = Clock()
    clock.follow()
    clock.follow(paused=((10, None),), happened=at(hours=10))
    clock.follow(paused=((10, None),), due=at(hours=96), happened=at(hours=12))
    assert (clock.deadline.state, clock.deadline.due_at) == (DeadlineState.PAUSED, at(hours=96))
    clock.follow(paused=((10, 20),), due=at(hours=96), happened=at(hours=20))
    assert clock.deadline.due_at == at(hours=106)


def test_met() -> None:
    """What it waited for happened in time."""
    clock = Clock()
    clock.follow()
    clock.follow(outcome=MET)
    assert (clock.deadline.state, clock.deadline.version) == (MET, 2)


def test_a_met_deadline_still_follows_its_facts() -> None:
    """When it was due, and why, may be learnt after it was met."""
    clock = Clock()
    clock.follow(outcome=MET)
    clock.follow(start=at(hours=-1), due=at(hours=71), outcome=MET, event_id="pay-0")
    assert (clock.deadline.state, clock.deadline.due_at, clock.deadline.because.event_id) == (
        MET,
        at(hours=71),
        "pay-0",
    )
    assert clock.changes == [("moved", "-PT1H")]


def test_met_while_paused() -> None:
    """What it waited for happened while the clock stood still, and ended that: it is met, later by as long."""
    clock = Clock()
    clock.follow()
    clock.follow(paused=((70, None),), happened=at(hours=70))
    clock.follow(paused=((70, 75),), outcome=MET, happened=at(hours=75))
    assert (clock.deadline.state, clock.deadline.due_at) == (MET, at(hours=77))
    assert clock.changes == [("paused", None), ("resumed", "PT5H")]


def test_met_at_once() -> None:
    """A clock whose matter is settled before the case knows of it is kept, as met."""
    clock = Clock()
    clock.follow(outcome=MET)
    assert (clock.deadline.state, clock.deadline.number) == (MET, 1)


def test_met_late_from_elapsed() -> None:
    """Evidence that arrives late turns an elapsed deadline into a met one."""
    clock = Clock()
    clock.follow()
    clock.passes()
    clock.follow(outcome=MET, happened=at(hours=71))
    assert clock.deadline.state is MET


def test_a_met_deadline_that_was_not_met_runs_again() -> None:
    """Late evidence can cut both ways: what seemed met is due again, so that its consequence is carried out."""
    clock = Clock()
    clock.follow()
    clock.follow(outcome=MET)
    clock.follow(due=at(hours=60))
    assert (clock.deadline.state, clock.deadline.due_at, clock.deadline.number) == (
        DeadlineState.RUNNING,
        at(hours=60),
        1,
    )


def test_an_elapsed_deadline_that_moves_into_the_future_runs_again() -> None:
    """The same instance, with the move in its story."""
    clock = Clock()
    clock.follow()
    clock.passes()
    clock.follow(due=at(hours=90), happened=at(hours=70))
    assert (clock.deadline.state, clock.deadline.number) == (DeadlineState.RUNNING, 1)
    assert clock.changes == [("moved", "PT18H")]


def test_a_new_instance() -> None:
    """A clock that starts anew after it has passed is another one; the old one stays as it was."""
    clock = Clock()
    clock.follow()
    clock.passes()
    clock.follow(start=at(hours=80), due=at(hours=152), happened=at(hours=80))
    old, new = clock.kept
    assert (old.state, old.due_at, old.number) == (DeadlineState.ELAPSED, at(hours=72), 1)
    assert (new.state, new.due_at, new.number) == (DeadlineState.RUNNING, at(hours=152), 2)


def test_a_clock_that_is_due_before_it_starts_passes_once() -> None:
    """It starts no instance after the other."""
    clock = Clock()
    clock.follow(start=at(hours=20), due=at(hours=10))
    clock.passes()
    clock.follow(start=at(hours=20), due=at(hours=10), happened=at(hours=20))
    assert [deadline.state for deadline in clock.kept] == [DeadlineState.ELAPSED]


def test_cancelled() -> None:
    """A running or paused clock whose matter is over is cancelled, and runs again once the matter comes up anew."""
    for paused in ((), ((10, None),)):
        clock = Clock()
        clock.follow(paused=paused)
        clock.follow(paused=paused, outcome=CANCELLED)
        assert (clock.deadline.state, clock.deadline.due_at) == (CANCELLED, at(hours=72))
        clock.follow(due=at(hours=100))
        assert (clock.deadline.state, clock.deadline.number) == (DeadlineState.RUNNING, 1)


def test_what_has_passed_is_not_cancelled() -> None:
    """An elapsed or met deadline keeps its state when the matter is over."""
    for state in (DeadlineState.ELAPSED, MET):
        clock = Clock()
        clock.follow()
        clock.deadline.state = state
        clock.follow(outcome=CANCELLED)
        assert clock.deadline.state is state


def test_a_matter_that_is_over_starts_no_clock() -> None:
    """A cancelled plan of a clock that never ran leaves no trace."""
    clock = Clock()
    assert clock.follow(outcome=CANCELLED) is None


def test_a_pause_that_never_was() -> None:
    """A clock that was not stopped, as a fact from before has it, has not stood still."""
    clock = Clock()
    clock.follow()
    clock.follow(paused=((20, None),), happened=at(hours=20))
    clock.follow(happened=at(hours=10))
    assert (clock.deadline.due_at, clock.deadline.paused_for) == (at(hours=72), timedelta())


def test_clocks_of_one_kind_are_told_apart() -> None:
    """Each subject, here a parcel, has its own clock."""
    kept: list[Deadline] = []
    cause = Cause(kind=CauseKind.EVENT, name="parcel.consigned", id="1", at=at(), now=at())
    because = Because(event_type="parcel.consigned", event_id="1", rule="r", policy="p", value="P3D")
    for subject in ("zto/ZT1", "zto/ZT2"):
        plan = Plan(
            kind="tracking_start", subject=subject, started_at=at(), due_at=at(days=3), because=because, outcome=None
        )
        follow(kept, plan, cause, 1)
    assert [deadline.subject for deadline in kept] == ["zto/ZT1", "zto/ZT2"]
    assert find(kept, "tracking_start", "zto/ZT1") is kept[0]
    assert find(kept, "tracking_start") is None
