"""A case being lived: takes in facts, actions and passed deadlines, and keeps everything that follows from them."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Generic

from pydantic import ValidationError

from domain.case.action import ActionContext, ActionRequest, H, S
from domain.case.cause import Cause, CauseKind
from domain.case.completing import task_rule
from domain.case.deadline import Deadline, DeadlineState, follow
from domain.case.declare import ActionRule, ClockRule, Input, LastScan, Life
from domain.case.errand import ErrandResult, PendingErrand
from domain.case.escalating import TASK_DUE, TASK_DUE_CLOCK, task_due_plans
from domain.case.fact import Fact
from domain.case.idle import LOOK_AGAIN, LOOK_AGAIN_CLOCK, look_again_plans
from domain.case.reopening import REOPENS, after_reopening, changes_anything, noting
from domain.case.script_values import task_values
from domain.case.state import Taken
from domain.case.stated import as_stated
from domain.case.story import Story
from domain.case.work import WorkState
from domain.errors import ActionRefused, Forbidden, Refusal
from domain.policy import policy
from domain.roles import SYSTEM, Actor
from domain.times import iso_instant

ENDED = Refusal(code="case_ended", message="This case has ended; nothing more can be done in it.")

CLOCKS_OF_EVERY_CASE: dict[str, ClockRule[Any]] = {TASK_DUE: TASK_DUE_CLOCK, LOOK_AGAIN: LOOK_AGAIN_CLOCK}
"""Those that no kind declares for itself."""


class LiveCase(Generic[S]):
    """One case and its declaration. Deterministic: the time always comes as an argument."""

    def __init__(self, life: Life[S], state: S) -> None:
        self.life, self.state = life, state
        self.policy = policy(state.policy)

    def begin(
        self, summary: str, actor: Actor, now: datetime, then: Callable[[Story], None] = lambda story: None
    ) -> None:
        """Version 1: the clocks that an opening starts, and what it brings about at once."""
        cause = Cause(
            kind=CauseKind.OPENING,
            name="opened",
            id=self.state.case_id,
            at=self.state.opened_at,
            now=now,
            actor=actor,
        )

        def tell_opening(story: Story) -> None:
            story.tell("case.opened", summary)
            then(story)

        self._change(cause, tell_opening)

    def take_in(self, fact: Fact, now: datetime) -> bool:
        """Takes in a fact; False if it was seen before. One that this kind of case cannot read goes on its timeline."""
        if fact.key in self.state.seen:
            return False
        self.state.seen.append(fact.key)
        cause = Cause(
            kind=CauseKind.EVENT,
            name=fact.type,
            id=fact.key,
            at=fact.at,
            now=now,
            actor=fact.actor,
            event_id=fact.id,
        )
        try:
            rule = self.life.fact(fact.type)
            data = rule.data.model_validate(fact.data)
        except (KeyError, ValidationError):
            self._change(cause, lambda story: story.tell("fact.not_understood", f"Not understood: {fact.type}"))
        else:
            self._change(cause, lambda story: rule.take_in(self.state, data, story))
        return True

    def refusals(
        self, action: ActionRule[S, Input], by: ActionRequest, now: datetime, input_: Input | None
    ) -> list[Refusal]:
        """Every reason against the action now; with no input yet, those that do not depend on its input."""
        reasons = list(action.refusals(self._context(by, now, input_)))
        return reasons if self.state.open or action.after_end else [ENDED, *reasons]

    def check(self, action: ActionRule[S, Input], by: ActionRequest, now: datetime, input_: Input) -> None:
        """Raises Forbidden or ActionRefused unless the action may be taken now."""
        if why := action.forbids(by.actor):
            raise Forbidden(why.message)
        if reasons := self.refusals(action, by, now, input_):
            raise ActionRefused(reasons)

    def act(self, action: ActionRule[S, Input], by: ActionRequest, now: datetime, input_: Input) -> dict[str, Any]:
        """Takes a checked action, once whatever the number of times it is asked for; answers its result."""
        if (before := self.result_of(by.action_id)) is not None:
            return before
        cause = Cause(
            kind=CauseKind.ACTION,
            name=action.name,
            id=by.action_id,
            at=now,
            now=now,
            actor=by.actor,
            extends=action.extends,
        )
        context = self._context(by, now, input_)
        result: dict[str, Any] = {}
        self._change(cause, lambda story: result.update(action.take(context, story)))
        self.state.taken.append(Taken(action_id=by.action_id, result=result))
        return result

    def _context(self, by: ActionRequest, now: datetime, input_: H) -> ActionContext[S, H]:
        return ActionContext(self.state, self.policy, by.actor, now, input_, by.circumstances)

    def result_of(self, action_id: str) -> dict[str, Any] | None:
        """What came of an action that was taken before; None if it was not."""
        return next((taken.result for taken in self.state.taken if taken.action_id == action_id), None)

    def raise_rules(self, to: int, why: str, now: datetime) -> None:
        """The case lives by newer rules from here on: its clocks, tasks and money follow them at once."""
        cause = Cause(kind=CauseKind.RULES, name="rules.raised", id=why, at=now, now=now, actor=SYSTEM)

        def raise_to(story: Story) -> None:
            self.state.rules = to
            story.tell("case.rules_raised", f"Lives by version {to} of the rules from here on", rules=to)

        self._change(cause, raise_to)

    def take_result(self, pending: PendingErrand, result: ErrandResult, now: datetime) -> None:
        """An errand was carried out; what of it matters to the case becomes a version."""
        self.state.errands.remove(pending)
        take_in = self.life.on_errand_result
        if take_in is None or not pending.answered:
            return
        cause = Cause(
            kind=CauseKind.ERRAND, name=pending.errand.do, id=pending.errand_id, at=now, now=now, actor=SYSTEM
        )
        self._change(cause, lambda story: take_in(self.state, self.policy, pending, result, story))

    def clock(self, kind: str) -> ClockRule[Any]:
        """The rule of that kind of deadline."""
        return CLOCKS_OF_EVERY_CASE[kind] if kind in CLOCKS_OF_EVERY_CASE else self.life.clock(kind)

    def overdue(self, now: datetime) -> Deadline | None:
        """The running clock whose time has come, the earliest first."""
        due = self.state.next_due()
        return due if due and due.due_at <= now else None

    def pass_deadline(self, deadline: Deadline, now: datetime, last_scan: LastScan | None = None) -> None:
        """Carries out the consequence of a clock whose time has come, or moves it if a scan was news to the case."""
        rule = self.clock(deadline.kind)
        cause = Cause(
            kind=CauseKind.DEADLINE,
            name=deadline.kind,
            id=f"{deadline.kind}@{iso_instant(deadline.due_at)}#{self.state.version + 1}",
            at=deadline.due_at,
            now=now,
            actor=SYSTEM,
        )

        def elapse(story: Story) -> None:
            if last_scan and rule.hear_scan and rule.hear_scan(self.state, deadline, last_scan):
                return
            deadline.state, deadline.version = DeadlineState.ELAPSED, self.state.version
            rule.consequence(self.state, self.policy, deadline, story)

        self._change(cause, elapse)

    def _change(self, cause: Cause, apply: Callable[[Story], None]) -> None:
        """One version. A step takes an ended case up again; a fact does where it counts, which is tried first."""
        if self.state.open or cause.kind not in REOPENS:
            self._make_version(cause, apply)
            return
        ended = self.state.model_copy(deep=True)
        self._make_version(cause, after_reopening(apply))
        if cause.kind is CauseKind.EVENT and not changes_anything(self.life, ended, self.state):
            self.state = ended
            self._make_version(cause, noting(apply))

    def _make_version(self, cause: Cause, apply: Callable[[Story], None]) -> None:
        """The change itself, then all that follows from it."""
        state, stood_at = self.state, self.state.stage
        state.version += 1
        state.updated_at = cause.now
        story = Story(state, cause, self.policy.work)
        apply(story)
        self._keep_clocks(story)
        self._word_tasks()  # relatives are told of tasks with their words
        self.life.after_change(state, self.policy, story)
        if state.stage_since is None or state.stage != stood_at:
            state.stage_since = cause.at
        self._supersede_tasks(story)
        if self.life.tell:
            self.life.tell(state, story)
        if not state.open:
            self._stop_clocks(story)
        for plan in task_due_plans(state, self.policy):
            follow(state.deadlines, plan, cause, state.version)
        for plan in look_again_plans(self.life, state, self.policy):
            follow(state.deadlines, plan, cause, state.version)
        self._word_tasks()

    def _keep_clocks(self, story: Story) -> None:
        for clock in self.life.clocks:
            for plan in clock.plans(self.state, self.policy):
                follow(self.state.deadlines, as_stated(self.state.stated, plan), story.cause, self.state.version)

    def _stop_clocks(self, story: Story) -> None:
        """What has ended waits for nothing: its clocks say what became of what they waited for, and stand."""
        self._keep_clocks(story)
        for deadline in self.state.deadlines:
            if deadline.state in (DeadlineState.RUNNING, DeadlineState.PAUSED):
                deadline.state, deadline.version = DeadlineState.CANCELLED, self.state.version

    def _supersede_tasks(self, story: Story) -> None:
        for item in self.state.open_work():
            if not task_rule(self.life, item.type).needed(self.state, item):
                item.state, item.version = WorkState.SUPERSEDED, self.state.version
                title = self.policy.work.tasks[item.type].title
                said = f"Task settled itself: {title.en}"
                story.tell("work_item.superseded", said, item_id=item.item_id, type=item.type)

    def _word_tasks(self) -> None:
        """Gives every open task what of the case its words name; it is read out, so it says what holds now."""
        for item in self.state.work_items:
            new = item.version == self.state.version and not item.values
            if item.worded or not (new or item.state is WorkState.OPEN):
                continue
            wanted = sorted(self.policy.work.tasks[item.type].script_for(item.variant).places())
            task = task_rule(self.life, item.type)
            values = task_values(wanted, self.life, task, self.state, self.policy, item)
            if values != item.values:
                item.values, item.version = values, self.state.version
