"""Who is at work, and to whom tasks go."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from domain.roles import Group
from domain.shop.hours import WorkingHours
from domain.shop.staff import Staff, share_out
from tests.domain.shop.opening_hours import OFFICE, WEEKDAYS, at, hours

MORNING = {"days": WEEKDAYS, "intervals": [{"from": "09:00", "to": "12:00"}]}


def person(account: str, *groups: str, **other: Any) -> dict[str, Any]:
    return {"account": account, "groups": groups or ("aftersale",), **other}


def staff(*people: dict[str, Any]) -> Staff:
    return Staff.model_validate({"people": people})


def test_people_are_at_work_in_their_shifts_and_their_groups_hours() -> None:
    """Without shifts whenever the group is; with them only then, and never when the group is closed."""
    team = staff(person("ana", "aftersale", "finance"), person("bo", shifts=[MORNING]), person("cy", "finance"))
    office = hours(OFFICE)
    for time, aftersale in (("10:00", ["ana", "bo"]), ("12:30", []), ("15:00", ["ana"]), ("20:00", [])):
        found = team.at_work(at(f"2026-11-11 {time}"), office)
        assert found.get(Group.AFTERSALE, []) == aftersale
        assert found[Group.FINANCE] == ["ana", "cy"]
        assert Group.OWNER not in found


def test_who_is_away_gets_nothing() -> None:
    """From the first day to the last, both whole, on the China clock."""
    team = staff(person("ana", away=[{"from": "2026-11-10", "to": "2026-11-11"}]))
    always = WorkingHours()
    for moment, there in (("09 23:59", True), ("10 00:00", False), ("11 23:59", False), ("12 00:00", True)):
        assert bool(team.at_work(at(f"2026-11-{moment}"), always)) is there, moment


def test_shifts_follow_their_group_on_make_up_days() -> None:
    """Who works from Monday to Friday works on the Saturday that makes up for a holiday, where the group does."""
    team = staff(person("bo", shifts=[MORNING]))
    saturday = at("2026-10-10 10:00")
    assert team.at_work(saturday, hours(OFFICE)) == {Group.AFTERSALE: ["bo"]}
    assert team.at_work(saturday, WorkingHours()) == {}
    assert team.at_work(at("2026-10-01 10:00"), hours(OFFICE)) == {}


def test_a_task_goes_to_who_has_the_fewest_in_its_group() -> None:
    """Ties by account; what somebody has in another group does not count; groups without people wait."""
    at_work = {Group.AFTERSALE: ["bo", "ana"], Group.FINANCE: ["ana"]}
    loads = {(Group.AFTERSALE, "ana"): 1, (Group.FINANCE, "bo"): 9}
    items = [(name, Group.AFTERSALE) for name in "123"] + [("4", Group.FINANCE), ("5", Group.OWNER)]
    assert share_out(items, at_work, loads) == {"bo": ["1", "3"], "ana": ["2", "4"]}


names = st.sampled_from(["ana", "bo", "cy", "di"])


@given(
    st.lists(st.sampled_from(Group), max_size=60),
    st.dictionaries(st.sampled_from(Group), st.sets(names, min_size=1)),
    st.dictionaries(st.tuples(st.sampled_from(Group), names), st.integers(0, 20)),
)
def test_loads_become_level(
    groups: list[Group], at_work: dict[Group, set[str]], loads: dict[tuple[Group, str], int]
) -> None:
    """Each task of a group with people goes to one of them, and nobody who got one has over one more than another."""
    items = [(str(number), group) for number, group in enumerate(groups)]
    shares = share_out(items, at_work, loads)
    given_out = sorted(item for share in shares.values() for item in share)
    assert given_out == sorted(item for item, group in items if group in at_work)
    group_of = dict(items)
    for group, people in at_work.items():
        got = {name: sum(group_of[item] is group for item in shares.get(name, ())) for name in people}
        assert all(name in people for name, share in shares.items() for item in share if group_of[item] is group)
        after = {name: loads.get((group, name), 0) + got[name] for name in people}
        assert all(after[name] <= min(after.values()) + 1 for name in people if got[name])


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"people": [person("ana"), person("ana", "finance")]}, "people"),
        ({"people": [person("ana", "aftersale", "aftersale")]}, "groups"),
        ({"people": [{"account": "ana", "groups": []}]}, "groups"),
        ({"people": [person("ana", "nobody")]}, "groups"),
        ({"people": [person("")]}, "account"),
        ({"people": [person("a\x00")]}, "account"),
        ({"people": [person("ana", away=[{"from": "2026-11-11", "to": "2026-11-10"}])]}, "to"),
        ({"people": [person("ana", shifts=[MORNING | {"intervals": [{"from": "12:00", "to": "09:00"}]}])]}, "to"),
        ({"assign": "at_random"}, "assign"),
    ],
)
def test_what_is_wrong_with_the_staff_names_its_field(wrong: dict[str, Any], field: str) -> None:
    """Accounts stand there once; days off end after they begin."""
    with pytest.raises(ValidationError) as refused:
        Staff.model_validate(wrong)
    assert field in {part for problem in refused.value.errors() for part in problem["loc"]}


def test_staff_is_read_back_as_it_was_written() -> None:
    """Through what the store keeps."""
    team = staff(person("ana", shifts=[MORNING], away=[{"from": "2026-11-10", "to": "2026-11-11"}]))
    assert Staff.model_validate(team.model_dump(mode="json")) == team
