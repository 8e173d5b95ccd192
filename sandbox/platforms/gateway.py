"""What a sandbox platform has, what its pushes say of that, and what it answers calls."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from connectors.calling import Call
from sandbox.platforms.platform import Application

Thing = Mapping[str, Any]


def _no_tracks(content: Thing) -> Iterable[tuple[str, Thing]]:
    return ()


def _whole(kind: str, thing: Thing) -> Thing:
    return thing


@dataclass(frozen=True, slots=True)
class Gateway:
    """A platform's side of the connection.

    Attributes:
        key: the application that a call names.
        answer: what a call of an application is answered; `unknown`: one of nobody's.
        kinds: what can change there, and the id of each.
        pushed: what a push says of it.
        tracks: the parcels of a push of tracks, as they are subscribed to, and the track of each as it is asked for.
    """

    key: Callable[[Call], str]
    answer: Callable[[Application, Call, datetime], str]
    unknown: Callable[[], str]
    kinds: Mapping[str, Callable[[Thing], str]] = field(default_factory=dict)
    pushed: Callable[[str, Thing], Thing] = _whole
    tracks: Callable[[Thing], Iterable[tuple[str, Thing]]] = _no_tracks


def cut_page(entries: Sequence[Thing], number: int, size: int) -> tuple[list[Thing], bool]:
    """A page, counted from 1, and whether another follows."""
    return list(entries[(number - 1) * size : number * size]), len(entries) > number * size
