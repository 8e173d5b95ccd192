"""Whatever comes, it is read whole or not at all: an `Unreadable` with a reason, never an exception."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.registry import CONNECTORS
from connectors.translation import Delivery, Message, Translation, Unreadable
from domain.lives import FACTS
from domain.order.opening import OpenOrder
from tests.connectors.examples import FOLDER, delivery, load, names, translate

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
ODD: st.SearchStrategy[Any] = st.sampled_from(
    ["", " ", "\x00", "-1", "1e9", "9" * 400, "2026-13-40 99:99:99", "9999-12-31 23:59:59", "../../etc", "张**", 0, -1,
     10**18, 10**30, 1.5, True, None, [], {}, [[]], [{}], {"a": {}}]
)  # fmt: skip


def check(told: Translation | Unreadable) -> None:
    """All of it is what the API takes; or a reason in words."""
    if isinstance(told, Unreadable):
        assert told.reason
        return
    if told.opening:
        OpenOrder.model_validate(told.opening.model_dump(mode="json"))
    for one in told.facts:
        FACTS[one.type].data.model_validate(one.data)
    json.loads(told.model_dump_json())


def take(connector: str, sent: Delivery) -> None:
    split = CONNECTORS[connector].messages(sent)
    if isinstance(split, Unreadable):
        check(split)
        return
    for message in split:
        check(translate(connector, message))
        check(translate(connector, message, message))


@pytest.mark.parametrize("connector", CONNECTORS)
@given(content=JSON)
def test_any_json_is_read_or_told_to_be_unreadable(connector: str, content: Any) -> None:
    """Also where it is no object at all."""
    take(connector, delivery(connector, content))


@pytest.mark.parametrize("connector", CONNECTORS)
@given(text=st.text(max_size=60))
def test_any_text_is_read_or_told_to_be_unreadable(connector: str, text: str) -> None:
    """Where no JSON is, in any place in which some is looked for."""
    take(connector, Delivery(body=text, form={"param": text, "RequestData": text, "RequestType": text}))


CONTENTS = {
    connector: [load(FOLDER / connector / f"{name}.message.json") for of, name in names() if of == connector]
    for connector in CONNECTORS
}


@pytest.mark.parametrize("connector", CONNECTORS)
@given(data=st.data())
def test_a_garbled_example_is_read_or_told_to_be_unreadable(connector: str, data: st.DataObject) -> None:
    """One value anywhere is lost, or is something else."""
    content = data.draw(st.sampled_from(CONTENTS[connector]))
    places = list(_places(content))
    garbled = _with(content, data.draw(st.sampled_from(places)), data.draw(ODD | JSON))
    take(connector, delivery(connector, garbled))


def _places(value: Any, path: tuple[Any, ...] = ()) -> Any:
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in entries:
        yield (*path, key)
        yield from _places(inner, (*path, key))


def _with(value: Any, path: tuple[Any, ...], put: Any) -> Any:
    if not path:
        return put
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = _with(copy[path[0]], path[1:], put)
    return copy


def test_a_message_that_nobody_can_read_says_why() -> None:
    """The field and what is wrong with it, in words for a person."""
    told = translate("kuaidi100", Message(id="1", kind="track", content={"status": "polling"}))
    assert told == Unreadable(reason="lastResult of param is missing", message_id="1")
