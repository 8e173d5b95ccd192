"""Who works in which group and when, and to whom of them tasks go."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from enum import StrEnum
from heapq import heapify, heapreplace
from typing import Annotated

from pydantic import Field, StringConstraints, ValidationInfo, field_validator

from domain.invalid import InvalidValue
from domain.roles import Group
from domain.shop.hours import Setting, Shifts, WorkingHours, midnight, on
from domain.times import CHINA, Day

Account = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\x00]+$")]


class Assign(StrEnum):
    """How tasks come to people: they claim them, or each goes to who has the fewest open ones in its group."""

    BY_HAND = "by_hand"
    BY_LOAD = "by_load"


class Away(Setting):
    """Days on which somebody does not work, the first and the last included."""

    start: Day = Field(alias="from")
    end: Day = Field(alias="to")

    @field_validator("end")
    @classmethod
    def _not_before_start(cls, end: date, others: ValidationInfo) -> date:
        if "start" in others.data and end < others.data["start"]:
            raise InvalidValue("must not lie before from", "不能早于 from")
        return end


class Person(Setting):
    """Somebody of the shop's staff.

    Attributes:
        shifts: none: whenever the group works.
    """

    account: Annotated[Account, Field(examples=["demo-agent"])]
    groups: Annotated[tuple[Group, ...], Field(min_length=1)]
    shifts: Shifts = ()
    away: Annotated[tuple[Away, ...], Field(max_length=100)] = ()

    @field_validator("groups")
    @classmethod
    def _each_once(cls, groups: tuple[Group, ...]) -> tuple[Group, ...]:
        if len(set(groups)) < len(groups):
            raise InvalidValue("names each group once", "同一个小组只列一次")
        return groups

    def at_work(self, group: Group, at: datetime, hours: WorkingHours) -> bool:
        """Whether this person works in the group at that moment: the group does, it is their shift, none is away."""
        now = at.astimezone(CHINA)
        today, passed = now.date(), now - midnight(now.date())
        if group not in self.groups or not hours.at_work(group, at):
            return False
        if any(away.start <= today <= away.end for away in self.away):
            return False
        weekday = hours.of(group).weekday(today)
        return weekday is not None and any(one.start <= passed < one.end for one in on(self.shifts, weekday))


class Staff(Setting):
    """The section `staff` of a shop's settings; by default people claim their tasks themselves."""

    assign: Assign = Assign.BY_HAND
    people: Annotated[tuple[Person, ...], Field(max_length=500)] = ()

    @field_validator("people")
    @classmethod
    def _accounts_are_unique(cls, people: tuple[Person, ...]) -> tuple[Person, ...]:
        names = [person.account for person in people]
        if twice := sorted({name for name in names if names.count(name) > 1}):
            raise InvalidValue(
                f"an account stands here once: {', '.join(twice)}", f"同一个账号只列一次：{', '.join(twice)}"
            )
        return people

    def at_work(self, at: datetime, hours: WorkingHours) -> dict[Group, list[str]]:
        """The accounts at work at that moment, by group; groups without any are left out."""
        found = {
            group: [person.account for person in self.people if person.at_work(group, at, hours)] for group in Group
        }
        return {group: accounts for group, accounts in found.items() if accounts}


def share_out(
    items: Iterable[tuple[str, Group]],
    at_work: Mapping[Group, Collection[str]],
    loads: Mapping[tuple[Group, str], int],
) -> dict[str, list[str]]:
    """To whom each task goes: in the order given, to who has the fewest open ones in its group, then by name.

    Args:
        items: ids of tasks and their groups.
        at_work: the accounts of each group that may get some; tasks of other groups go to nobody.
        loads: how many open tasks of a group an account has; none where it is not named.

    Returns:
        Ids of tasks by account.
    """
    ranked = {group: [(loads.get((group, name), 0), name) for name in names] for group, names in at_work.items()}
    for rank in ranked.values():
        heapify(rank)
    shares: defaultdict[str, list[str]] = defaultdict(list)
    for item_id, group in items:
        if waiting := ranked.get(group):
            load, name = waiting[0]
            heapreplace(waiting, (load + 1, name))
            shares[name].append(item_id)
    return dict(shares)
