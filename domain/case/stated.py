"""Times that the marketplace itself set for a case: they prevail over what the edition says.

Its own clock decides there. A time is for the deadline that ran when it was stated; one that begins later goes by the
edition again, until the marketplace says otherwise.
"""

from collections.abc import Mapping

from domain.case.deadline import Because, Plan
from domain.case.state import CaseState, StatedTime
from domain.case.story import Story
from domain.times import Instant, iso_instant

BY_MARKETPLACE = "marketplace"
"""What a deadline was computed by that the marketplace set, where else a value of the edition stands."""


def state_time(state: CaseState, deadline: str, until: Instant, story: Story) -> None:
    """The marketplace says until when a deadline runs; an older saying changes nothing."""
    kept = state.stated.get(deadline)
    if kept is None or kept.stated_at <= story.cause.at:
        state.stated[deadline] = StatedTime(until=until, stated_at=story.cause.at, by=story.cause.evidence)
    story.tell(story.cause.name, f"The marketplace set {deadline}: {iso_instant(until)}", deadline=deadline)


def as_stated(stated: Mapping[str, StatedTime], plan: Plan) -> Plan:
    """The plan, due when the marketplace says so; what held it up before that was said is in it."""
    time = stated.get(plan.kind)
    if time is None or plan.subject or time.stated_at < plan.started_at or time.until <= plan.started_at:
        return plan
    later = tuple(one for one in plan.stands_still if one.until is None or one.until > time.stated_at)
    because = Because.since(time.by, BY_MARKETPLACE, plan.because.policy, iso_instant(time.until))
    return plan.model_copy(update={"due_at": time.until, "because": because, "stands_still": later})
