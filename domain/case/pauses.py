"""When a clock stands still, going by the facts: a fact that comes late has stopped it from when it happened."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from pydantic import BaseModel, ConfigDict

from domain.times import Instant


class Pause(BaseModel):
    """A time in which a clock stands still; `until` None: it still does."""

    model_config = ConfigDict(frozen=True)

    since: Instant
    until: Instant | None = None


Pauses = Sequence[Pause]


def pauses(moments: Iterable[datetime], stands_still: Callable[[datetime], bool]) -> list[Pause]:
    """When something was so that can change at these moments alone."""
    found: list[Pause] = []
    for since, until in pairwise([*sorted(set(moments)), None]):
        if since is None or not stands_still(since):
            continue
        if found and found[-1].until == since:
            found[-1] = Pause(since=found[-1].since, until=until)
        else:
            found.append(Pause(since=since, until=until))
    return found


class PutOff(BaseModel):
    """A clock with its pauses: when it is due, how long it stood still, and since when it does."""

    due_at: datetime
    stood_still: timedelta = timedelta()
    stands_still_since: datetime | None = None


def put_off(started_at: datetime, due_at: datetime, stands_still: Pauses) -> PutOff:
    """Pauses put a clock off by their length; one that begins once its time has come does not."""
    with_pauses = PutOff(due_at=due_at)
    for pause in stands_still:
        since = max(pause.since, started_at)
        if since >= with_pauses.due_at:
            break
        if pause.until is None:
            with_pauses.stands_still_since = since
            break
        length = max(pause.until - since, timedelta())
        with_pauses.due_at += length
        with_pauses.stood_still += length
    return with_pauses
