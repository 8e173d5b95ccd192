"""What a snapshot of an order or a request tells in all, and what of it is news."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from connectors.telling import withdraw
from connectors.translation import RefundFailed, StatedTimeout, Step, Translation
from domain.events import CloudEvent

CONSIGNED = "parcel.consigned"


@dataclass(frozen=True, slots=True)
class Told:
    """All facts, steps, timeouts and failures of a snapshot, whether they were told before or not."""

    facts: tuple[CloudEvent, ...] = ()
    steps: tuple[Step, ...] = ()
    timeouts: tuple[StatedTimeout, ...] = ()
    refunds_failed: tuple[RefundFailed, ...] = ()

    def beyond(self, before: "Told | None", steps: Iterable[Step] = (), **more: Any) -> Translation:
        """What was not told before. A parcel that is no longer named was a slip of the pen, and is withdrawn.

        Args:
            before: what the last snapshot told; None: this is the first.
            steps: those that follow from what changed.
            more: the translation's other fields.
        """
        known = before or Told()
        ids, keys = {one.id for one in known.facts}, {one.key for one in known.steps}
        still = {one.id for one in self.facts}
        return Translation(
            facts=tuple(one for one in self.facts if one.id not in ids),
            steps=(*(one for one in self.steps if one.key not in keys), *steps),
            timeouts=tuple(one for one in self.timeouts if one not in known.timeouts),
            refunds_failed=() if known.refunds_failed else self.refunds_failed,
            withdrawn=withdraw(one for one in known.facts if one.type == CONSIGNED and one.id not in still),
            **more,
        )
