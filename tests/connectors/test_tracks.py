"""Tracks come doubled, late and rolled back; what stands in the end is the newest track, each node once."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.kdniao.table import STATES as KDNIAO_STATES
from connectors.kuaidi100.table import STATES as KUAIDI100_STATES
from connectors.translation import Message, Translation
from domain.times import CHINA
from tests.connectors.examples import messages, read, translate

BEGIN = datetime(2026, 11, 12, 8, tzinfo=CHINA)

Nodes = list[tuple[int, str]]
"""Minutes since the beginning, and a state's code."""


def tracks(states: Mapping[str, Any]) -> st.SearchStrategy[Nodes]:
    """Tracks with nodes at different times."""
    node = st.tuples(st.integers(0, 20_000), st.sampled_from(sorted(states)))
    return st.lists(node, min_size=1, max_size=8, unique_by=lambda node: node[0]).map(sorted)


def kuaidi100(nodes: Nodes, status: str = "polling") -> Any:
    data = [{"ftime": _clock(minutes), "context": "王某 13900000000", "statusCode": code} for minutes, code in nodes]
    result = {"com": "zhongtong", "nu": "ZT1", "state": nodes[-1][1] if nodes else "0", "data": data[::-1]}
    return {"status": status, "lastResult": result}


def kdniao(nodes: Nodes, pushed: int = 0) -> Any:
    traces = [{"AcceptTime": _clock(minutes), "AcceptStation": "李某", "Action": code} for minutes, code in nodes]
    parcel = {"ShipperCode": "ZTO", "LogisticCode": "ZT1", "Success": True, "State": "2", "Traces": traces}
    return {"EBusinessID": "1", "PushTime": _clock(pushed), "Count": "1", "Data": [parcel]}


def _clock(minutes: int) -> str:
    return f"{BEGIN + timedelta(minutes=minutes):%Y-%m-%d %H:%M:%S}"


def standing(connector: str, pushes: Iterable[Any]) -> dict[str, str]:
    """The facts that stand after these pushes, by their ids."""
    last: Message | None = None
    stand: dict[str, str] = {}
    for push in pushes:
        (message,) = messages(connector, push)
        told = translate(connector, message, last)
        assert isinstance(told, Translation), told
        stand |= {one.id: one.type for one in told.facts}
        for one in told.withdrawn:
            stand.pop(one.event_id)
        last = last if told.stale else message
    return stand


@given(tracks(KUAIDI100_STATES), st.data())
def test_pushes_of_a_growing_track_tell_each_node_once(nodes: Nodes, data: st.DataObject) -> None:
    """In whatever order they come, and however often."""
    grown = [kuaidi100(nodes[:length]) for length in range(1, len(nodes) + 1)]
    pushes = data.draw(st.permutations(grown + data.draw(st.lists(st.sampled_from(grown), max_size=3))))
    assert standing("kuaidi100", pushes) == standing("kuaidi100", [grown[-1]])


@given(tracks(KUAIDI100_STATES), tracks(KUAIDI100_STATES))
def test_a_track_pushed_anew_takes_back_what_it_no_longer_has(before: Nodes, after: Nodes) -> None:
    """A rollback, a correction: in the end the new track stands."""
    pushes = [kuaidi100(before), kuaidi100(after, "updateall"), kuaidi100(after, "updateall")]
    assert standing("kuaidi100", pushes) == standing("kuaidi100", [kuaidi100(after)])


@given(tracks(KDNIAO_STATES), tracks(KDNIAO_STATES), tracks(KDNIAO_STATES), st.data())
def test_the_newest_push_stands_whenever_it_comes(one: Nodes, two: Nodes, three: Nodes, data: st.DataObject) -> None:
    """Kdniao's pushes say when they were made, so any may correct the one before."""
    made = [kdniao(nodes, pushed=30_000 + number) for number, nodes in enumerate((one, two, three))]
    pushes = data.draw(st.permutations([*made, data.draw(st.sampled_from(made))]))
    assert standing("kdniao", pushes) == standing("kdniao", [made[-1]])


@given(tracks(KUAIDI100_STATES))
def test_a_push_told_again_tells_nothing(nodes: Nodes) -> None:
    """Neither facts nor anything taken back."""
    for status in ("polling", "shutdown", "updateall"):
        again = read("kuaidi100", kuaidi100(nodes, status), kuaidi100(nodes, status))
        assert not again.facts
        assert not again.withdrawn


@pytest.mark.parametrize("code", KUAIDI100_STATES)
def test_every_state_of_kuaidi100_is_read_by_code_and_by_name(code: str) -> None:
    """As its table says."""
    state = KUAIDI100_STATES[code]
    named = kuaidi100([(0, code)])
    entry = named["lastResult"]["data"][0]
    entry["status"] = state.meaning.partition(" ")[0]
    del entry["statusCode"]
    for push in (kuaidi100([(0, code)]), named):
        assert [one.type for one in read("kuaidi100", push).facts] == ([state.event] if state.event else [])


@pytest.mark.parametrize("code", KDNIAO_STATES)
def test_every_state_of_kdniao_is_read(code: str) -> None:
    """As its table says."""
    event = KDNIAO_STATES[code].event
    assert [one.type for one in read("kdniao", kdniao([(0, code)])).facts] == ([event] if event else [])


def test_a_sub_state_that_came_later_counts_as_its_state() -> None:
    """Platforms add some; a parcel that is signed for in a new way is signed for."""
    assert [one.type for one in read("kuaidi100", kuaidi100([(0, "309")])).facts] == ["parcel.signed"]
    assert [one.type for one in read("kdniao", kdniao([(0, "209")])).facts] == ["parcel.scanned"]


def test_a_node_without_a_state_takes_nothing_back() -> None:
    """The newest had the parcel's state; once it is not the newest, the same node says less."""
    first, then = kdniao([(0, "")]), kdniao([(0, ""), (60, "")], pushed=120)
    first["Data"][0]["State"] = "1"
    told = read("kdniao", then, first)
    assert [one.type for one in read("kdniao", first).facts] == ["parcel.picked_up"]
    assert [(one.type, one.id) for one in told.facts] == [("parcel.scanned", "zto/ZT1/2026-11-12T01:00:00Z/scanned")]
    assert not told.withdrawn


def test_words_of_an_ordered_waybill_are_no_scans() -> None:
    """Where the parcel's state says that the carrier has nothing, nodes without a state prove no hand-over."""
    push = kuaidi100([(0, ""), (10, "")])
    push["lastResult"]["state"] = "102"
    assert not read("kuaidi100", push).facts


def test_a_corrected_carrier_does_not_lose_the_case() -> None:
    """Facts name the parcel as it was announced; that it is another carrier is a note."""
    push = kuaidi100([(0, "103")]) | {"autoCheck": "1", "comOld": "yuantong", "comNew": "zhongtong"}
    told = read("kuaidi100", push)
    assert {one.subject for one in told.facts} == {"parcel/yto/ZT1"}
    assert told.notes == ("Kuaidi100 says that the carrier is zto",)
