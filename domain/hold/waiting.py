"""Whom a hold waits for where it stands."""

from collections.abc import Iterable

from domain.case.waited import Awaited
from domain.case.waiting import Wait
from domain.hold.state import HoldState
from domain.hold.tasks import RELEASE_DUE

_RELEASE = Wait(Awaited.SELLER, "release", ("release",), RELEASE_DUE)


def waits_for(state: HoldState) -> Iterable[Wait]:
    """The seller may let the goods go at any time; a lock is the ERP's, whose errand says so."""
    if state.open:
        yield _RELEASE
