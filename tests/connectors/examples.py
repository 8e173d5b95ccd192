"""Examples of messages: invented values in the platforms' own structure, and beside each what it must become.

`NAME.message.json` is what a platform sends, `NAME.before.json` (where there is one) what it sent before about the
same, `NAME.told.json` what is told of each message. `python -m tests.connectors.examples` writes the last anew: read
the difference before you keep it.
"""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from connectors.registry import CONNECTORS
from connectors.translation import Delivery, Message, Shop, Translation, Unreadable
from domain.policy import Platform

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


def names() -> list[tuple[str, str]]:
    """Connector and name of every example."""
    found = sorted(FOLDER.glob("*/*.message.json"))
    return [(path.parent.name, path.name.removesuffix(".message.json")) for path in found]


def told(connector: str, name: str) -> list[Any]:
    """What an example's messages become, as JSON."""
    file = FOLDER / connector / f"{name}.before.json"
    before = {one.subject: one for one in messages(connector, load(file))} if file.exists() else {}
    sent = messages(connector, load(FOLDER / connector / f"{name}.message.json"))
    return [
        translate(connector, message, before.get(message.subject)).model_dump(mode="json", exclude_defaults=True)
        for message in sent
    ]


if __name__ == "__main__":
    for connector, name in names():
        text = json.dumps(told(connector, name), ensure_ascii=False, indent=2)
        (FOLDER / connector / f"{name}.told.json").write_text(text + "\n", encoding="utf-8")
