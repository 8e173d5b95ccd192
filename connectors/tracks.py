"""A parcel's track as a tracking service sends it: whole each time, corrected or rolled back at times.

Every node is told as a fact whose id follows from the parcel, the time and what happened, so that a node told again is
the same fact. Words of a node are never told: they hold names and numbers of couriers and buyers.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from connectors.reading import CannotRead
from connectors.tables import Row, Source
from connectors.telling import fact, parcel_subject
from domain.events import CloudEvent
from domain.parcels.facts import ExceptionKind
from domain.times import iso_instant

SCANNED = "parcel.scanned"
PICKED_UP = "parcel.picked_up"
OUT = "parcel.out_for_delivery"
SIGNED = "parcel.signed"
REFUSED = "parcel.refused"
RETURNED = "parcel.returned"
EXCEPTION = "parcel.exception"

_CARRIER = re.compile(r"[a-z0-9_-]{1,32}")
_NUMBER = re.compile(r"[A-Za-z0-9._-]{1,64}")


@dataclass(frozen=True, slots=True)
class State:
    """A state of a parcel or of a node, and the fact that it is told as.

    Attributes:
        event: the fact's type; None: it says nothing of where the parcel is.
        kind: of an exception.
    """

    code: str
    meaning: str
    event: str | None
    sources: tuple[Source, ...]
    kind: ExceptionKind | None = None

    def row(self) -> Row:
        """As the documents show it."""
        ours = "" if self.event is None else f"`{self.event}`" + (f" `{self.kind}`" if self.kind else "")
        return Row(self.code, self.meaning, ours, self.sources)


@dataclass(frozen=True, slots=True)
class Node:
    """One entry of a track; many have no state of their own."""

    at: datetime
    state: State | None
    location: str | None = None


@dataclass(frozen=True, slots=True)
class Track:
    """A track's facts by their ids, oldest first.

    Attributes:
        vague: times of nodes that do not say what happened.
    """

    facts: Mapping[str, CloudEvent]
    vague: frozenset[datetime] = frozenset()

    def beyond(self, known: "Track") -> tuple[CloudEvent, ...]:
        """What a track known before does not have, other than by saying more of the same node."""
        said = {one.time for one in known.facts.values()} & self.vague
        return tuple(one for id_, one in self.facts.items() if id_ not in known.facts and one.time not in said)

    def lacks(self, known: "Track") -> tuple[CloudEvent, ...]:
        """What a track known before told and this one does not, other than by saying less of the same node."""
        return tuple(one for id_, one in known.facts.items() if id_ not in self.facts and one.time not in self.vague)


NO_TRACK = Track({})
PLAIN = State("", "a node without a state", SCANNED, ())


def state_of(code: str, states: Mapping[str, State]) -> State:
    """The state of that code; an unknown sub-state counts as its state, by its first digit.

    Raises:
        CannotRead: not even the state is known.
    """
    known = states.get(code) or (states.get(code[0]) if code.isdecimal() and len(code) > 2 else None)
    if known is None:
        raise CannotRead(f"state {code[:20]} of a track is not known")
    return known


def parcel_of(carrier: str, tracking_no: str) -> str:
    """The subject of facts about a parcel. Raises CannotRead for names that no parcel can have."""
    if not _CARRIER.fullmatch(carrier) or not _NUMBER.fullmatch(tracking_no):
        raise CannotRead("the carrier's code or the waybill's number is none")
    return parcel_subject(carrier, tracking_no)


def tell_track(source: str, parcel: str, nodes: Sequence[Node], newest: int, latest: State | None) -> Track:
    """The track as facts.

    Args:
        source: the connector.
        parcel: the subject.
        nodes: in the order in which they came.
        newest: where the newest of them stands.
        latest: the parcel's state: that of the newest node, where it has none itself. Where it says that the carrier
            has nothing yet, nodes without a state are not the carrier's.
    """
    told: dict[str, CloudEvent] = {}
    vague = set()
    held = latest is None or latest.event is not None
    for number, node in sorted(enumerate(nodes), key=lambda pair: pair[1].at):
        state = node.state or (latest if number == newest else None)
        if state is None:
            vague.add(node.at)
            state = PLAIN if held else None
        if state is None or state.event is None:
            continue
        what = state.kind or state.event.removeprefix("parcel.")
        id_ = f"{parcel.removeprefix('parcel/')}/{iso_instant(node.at)}/{what}"
        data: dict[str, str] = {"kind": state.kind.value} if state.kind else {}
        if node.location:
            data["location"] = node.location[:100]
        told.setdefault(id_, fact(source, state.event, parcel, id_, node.at, data))
    return Track(told, frozenset(vague))
