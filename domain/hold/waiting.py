"""Whom a hold waits for where it stands."""

from collections.abc import Iterable

from domain.case.waited import Awaited
from domain.case.waiting import Wait
from domain.hold.state import HoldStage, HoldState
from domain.hold.tasks import RELEASE_DUE

_RELEASE = Wait(Awaited.SELLER, "release", ("release",), RELEASE_DUE)
_LOCK = Wait(Awaited.PARTNER, "lock", ("erp.lock_result",), "erp_answer")


def waits_for(state: HoldState) -> Iterable[Wait]:
    """The seller may let the goods go at any time; an ERP that took a lock in hand says later what became of it."""
    if state.open:
        yield _RELEASE
    if state.at is HoldStage.LOCKING and not any(pending.answered for pending in state.errands):
        yield _LOCK
