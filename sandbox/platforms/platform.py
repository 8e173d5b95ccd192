"""One shop's application on a sandbox platform: what it knows, what it pushed, how often it was called."""

from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from connectors.translation import Credentials
from sandbox.platforms.script import PlatformScript
from sandbox.platforms.shapes import SHAPES, Pushed

Send = Callable[[Pushed], Awaitable[None]]
TRACK = "track"
"""What a track is kept as."""
MASKED = ("receiver_name", "receiver_mobile", "receiver_phone", "receiver_address", "buyer_nick", "consigneeInfo")


@dataclass(slots=True)
class Counts:
    """What came of a platform's pushes and calls."""

    told: int = 0
    dropped: int = 0
    sent: int = 0
    calls: int = 0
    limited: int = 0


@dataclass(slots=True)
class Application:
    """A source as its platform has it.

    Attributes:
        things: orders, refunds and their like by kind and id, as they stand.
        watched: parcels that it was asked to watch.
        held: a push that comes after the next one.
    """

    connector: str
    credentials: Credentials
    script: PlatformScript = field(default_factory=PlatformScript)
    counts: Counts = field(default_factory=Counts)
    things: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    watched: dict[str, None] = field(default_factory=dict)
    held: Pushed | None = None
    chance: Random = field(default_factory=lambda: Random(1))
    called: deque[datetime] = field(default_factory=deque)

    def rescript(self, script: PlatformScript) -> None:
        """Another way to behave from now on."""
        self.script, self.chance = script, Random(script.seed)

    def keep(self, kind: str, id_: str, content: Mapping[str, Any]) -> dict[str, Any]:
        """A thing as it stands now, masked where the script says so."""
        masked = {name: _mask(content[name]) for name in MASKED if self.script.mask and name in content}
        kept = {**content, **masked}
        self.things[kind, id_] = kept
        return kept

    async def tell(self, kind: str, content: Mapping[str, Any], send: Send) -> bool:
        """Pushes as the script says; False if it is dropped, or the platform pushes nothing."""
        self.counts.told += 1
        shape = SHAPES.get(self.connector)
        if shape is None:
            return False
        push = shape(f"{self.credentials.key}-{self.counts.told}", kind, content, self.credentials)
        if self.chance.random() < self.script.drop:
            self.counts.dropped += 1
            return False
        if self.held is None and self.chance.random() < self.script.reorder:
            self.held = push
            return True
        await self._send(push, send)
        if self.chance.random() < self.script.double:
            await self._send(push, send)
        if self.held:
            held, self.held = self.held, None
            await self._send(held, send)
        return True

    async def _send(self, push: Pushed, send: Send) -> None:
        self.counts.sent += 1
        await send(push)

    def watch(self, parcel: str) -> str:
        """Takes a subscription; answers Kuaidi100's code for it."""
        again = parcel in self.watched
        self.watched[parcel] = None
        return "501" if again else "200"

    def may_call(self, now: datetime) -> bool:
        """Whether a call is answered, or one too many."""
        self.counts.calls += 1
        while self.called and self.called[0] <= now - timedelta(minutes=1):
            self.called.popleft()
        if self.script.limit is not None and len(self.called) >= self.script.limit:
            self.counts.limited += 1
            return False
        self.called.append(now)
        return True

    def refuses(self, *names: str) -> bool:
        """Whether one of these is refused for good."""
        return not self.script.refuse.isdisjoint(names)

    def fails(self, *names: str) -> bool:
        """Whether one of these is what the platform cannot answer now."""
        return not self.script.fail.isdisjoint(names)

    def changed(self, kind: str, since: datetime, until: datetime, at: Callable[[Mapping[str, Any]], datetime]) -> Any:
        """What of a kind changed between two times, the earliest first."""
        found = [thing for (of, _), thing in self.things.items() if of == kind and since <= at(thing) <= until]
        return sorted(found, key=at)


def _mask(value: Any) -> Any:
    return dict.fromkeys(value, "*") if isinstance(value, Mapping) else "*"
