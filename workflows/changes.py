"""Named changes: what lets the commands of running cases change, and running cases go over to newer rules.

A change leaves a marker with its id in the history of every run that goes the new way; a run whose history has passed
the place without one goes the old way for as long as it lasts. Where only rules change, a version of the rules
(`domain/case/rules.py`) is enough. When to use which: docs/changing.md.

Handlers and coroutines may ask; validators and queries must not, for they leave nothing in a history. Nothing else asks
Temporal for patches (ruff checks it).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from temporalio import workflow


@dataclass(frozen=True, slots=True)
class Change:
    """One change to what running cases do.

    Attributes:
        id: the marker's name in histories; never used again for another change.
        since: when it was released.
        reason: why, in a sentence.
        raises_to: the version of the rules that running cases go over to at this marker, if it is for that.
    """

    id: str
    since: date
    reason: str
    raises_to: int | None = None


KNOWN: tuple[Change, ...] = ()
"""Every change that a running case may have met, the oldest first. One leaves when no case of before it is left."""


def applies(change: Change) -> bool:
    """Whether this run goes the new way; the first answer holds for the whole run."""
    return workflow.patched(change.id)


def raised_at(rules: int, version: int) -> Iterator[tuple[int, str]]:
    """The newer rules that a running case goes over to at a version of its own, each with the change that is for it.

    Each version of a case is asked about under a name of its own, because the first answer to a name holds for the
    whole run: what a history has behind it says no, and the first version after it yes.
    """
    for change in KNOWN:
        if change.raises_to and change.raises_to > rules and workflow.patched(f"{change.id}@{version}"):
            yield change.raises_to, change.id
