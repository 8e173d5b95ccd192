"""Examples of messages: invented values in the platforms' own structure, and beside each what it must become.

`NAME.message.json` is what a platform sends or answers, `NAME.before.json` (where there is one) what it sent before
about the same, `NAME.told.json` what is told of each message. `LIST.list.json` is a page of a list of what changed,
`LIST.listed.json` what is to be asked for then, and what is told where the page holds all of it. `NAME.query.json` is
what a tracking service answers who asks for a track, `NAME.queried.json` what is told of it.
`python -m tests.connectors.examples` writes what follows from the others anew: read the difference before you keep it.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from connectors.registry import CONNECTORS
from connectors.translation import Delivery, Message, Shop, Translation, Unreadable
from domain.policy import Platform
from domain.times import CHINA

FOLDER = Path(__file__).parent / "examples"

SHOPS: Mapping[str, Shop] = {
    "taobao": Shop(Platform.TAOBAO, {"50010850": "apparel"}),
    "douyin": Shop(Platform.DOUYIN),
    "jd": Shop(Platform.JD, carriers={"2087": "jd", "1499": "zto"}),
}
ANY_SHOP = Shop(Platform.TAOBAO)

_WRAPPED: Mapping[str, Callable[[str], Delivery]] = {
    "kuaidi100": lambda text: Delivery(form={"param": text}),
    "kdniao": lambda text: Delivery(form={"RequestData": text, "RequestType": "102"}),
}


def delivery(connector: str, content: Any) -> Delivery:
    """A delivery of that content, as the platform wraps it."""
    text = json.dumps(content, ensure_ascii=False)
    wrap = _WRAPPED.get(connector)
    return wrap(text) if wrap else Delivery(body=text)


def messages(connector: str, content: Any) -> list[Message]:
    """Its messages, which can be told apart."""
    split = CONNECTORS[connector].messages(delivery(connector, content))
    assert isinstance(split, list), split
    return split


def translate(connector: str, message: Message, before: Message | None = None) -> Translation | Unreadable:
    """What a message tells the example shop."""
    return CONNECTORS[connector].translate(message, before, SHOPS.get(connector, ANY_SHOP))


def read(connector: str, content: Any, before: Any = None) -> Translation:
    """What the one message of a delivery tells."""
    (message,) = messages(connector, content)
    told = translate(connector, message, messages(connector, before)[0] if before is not None else None)
    assert isinstance(told, Translation), told
    return told


def load(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


ANSWERED = datetime(2026, 11, 20, 12, tzinfo=CHINA)
"""When the tracks of examples were asked for."""


def names(of: str = "message") -> list[tuple[str, str]]:
    """Connector and name of every example of a kind: `message`, `list` or `query`."""
    found = sorted(FOLDER.glob(f"*/*.{of}.json"))
    return [(path.parent.name, path.name.removesuffix(f".{of}.json")) for path in found]


def told(connector: str, name: str) -> list[Any]:
    """What an example's messages become, as JSON."""
    file = FOLDER / connector / f"{name}.before.json"
    before = {one.subject: one for one in messages(connector, load(file))} if file.exists() else {}
    return _told(connector, messages(connector, load(FOLDER / connector / f"{name}.message.json")), before)


def listed(connector: str, name: str) -> dict[str, Any]:
    """What a page of a list becomes, as JSON."""
    calls = CONNECTORS[connector].calls
    assert calls
    page = load(FOLDER / connector / f"{name}.list.json")
    text = json.dumps(page, ensure_ascii=False)
    assert calls.not_answered(text) is None
    listing = calls.read(name, text)
    found: dict[str, Any] = {"changed": [one.model_dump() for one in listing.changed], "more": listing.more}
    found["latest"] = listing.latest.isoformat() if listing.latest else None
    return found | ({"told": _told(connector, messages(connector, page), {})} if name in calls.whole else {})


def queried(connector: str, name: str) -> list[Any]:
    """What the answer to a question for a track becomes, as JSON."""
    watching = CONNECTORS[connector].watching
    assert watching
    text = json.dumps(load(FOLDER / connector / f"{name}.query.json"), ensure_ascii=False)
    assert watching.query_not_answered(text) is None
    push = watching.as_push(text, ANSWERED)
    sent = CONNECTORS[connector].messages(push) if push else []
    assert isinstance(sent, list), sent
    return _told(connector, sent, {})


def _told(connector: str, sent: Iterable[Message], before: Mapping[str, Message]) -> list[Any]:
    return [
        translate(connector, message, before.get(message.subject)).model_dump(mode="json", exclude_defaults=True)
        for message in sent
    ]


BECOMES: Mapping[str, tuple[str, Callable[[str, str], Any]]] = {
    "message": ("told", told),
    "list": ("listed", listed),
    "query": ("queried", queried),
}
"""What is made of each kind of example, and under which name it stands beside it."""
ALL = [(of, connector, name) for of in BECOMES for connector, name in names(of)]


if __name__ == "__main__":
    for of, connector, name in ALL:
        beside, become = BECOMES[of]
        text = json.dumps(become(connector, name), ensure_ascii=False, indent=2)
        (FOLDER / connector / f"{name}.{beside}.json").write_text(text + "\n", encoding="utf-8")
