"""A parcel's journey: what each thing that is said of it means after each other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.case.cause import Cause, CauseKind, Evidence
from domain.case.parcel import Parcel, Said
from domain.parcels.journey import (
    GONE,
    Where,
    delivered_at,
    holds,
    journey,
    last_leg,
    note,
    reappeared_at,
    status_of_parcel,
)
from tests.domain.order.histories import bounded
from tests.domain.orders import at

Told = tuple[Said, datetime, str]


def heard(*told: Told) -> Parcel:
    """A parcel consigned at the beginning, of which these things were said, in the order learnt."""
    parcel = Parcel(
        carrier="zto",
        tracking_no="ZT1",
        units={"1": 1},
        consigned_at=at(),
        consigned_by=Evidence(type="parcel.consigned", id="c"),
    )
    for said, moment, id_ in told:
        cause = Cause(kind=CauseKind.EVENT, name=f"parcel.{said}", id=id_, at=moment, now=at(days=90))
        note(parcel, said, cause, 1)
    return parcel


@pytest.mark.parametrize(
    ("said", "held"),
    [((), {"1": 1}), ((Said.RETURNED,), {}), ((Said.LOST,), {}), ((Said.LOST, Said.SCANNED), {"1": 1})],
)
def test_goods_that_were_sent_again_are_in_it_only_if_it_came_to_light(
    said: tuple[Said, ...], held: dict[str, int]
) -> None:
    """They are with the parcel that carries them now."""
    parcel = one_a_day(*said)
    parcel.passed_on = {"1": 1}
    assert holds(parcel) == held


def one_a_day(*said: Said) -> Parcel:
    """One thing a day, from the first day on."""
    return heard(*((each, at(days=day), str(day)) for day, each in enumerate(said, 1)))


@pytest.mark.parametrize(
    ("said", "where", "day"),
    [
        ([], Where.CONSIGNED, 0),
        ([Said.SCANNED], Where.ON_THE_WAY, 1),
        ([Said.PICKED_UP, Said.WEATHER, Said.SCANNED], Where.ON_THE_WAY, 1),
        ([Said.PICKED_UP, Said.SIGNED], Where.DELIVERED, 2),
        ([Said.PICKED_UP, Said.SIGNED, Said.SIGNED, Said.SCANNED], Where.DELIVERED, 2),
        ([Said.REFUSED, Said.SCANNED], Where.COMING_BACK, 1),
        ([Said.REFUSED, Said.SIGNED], Where.DELIVERED, 2),
        ([Said.REFUSED, Said.REFUSED, Said.SIGNED], Where.DELIVERED, 3),
        ([Said.SIGNED, Said.REFUSED], Where.COMING_BACK, 2),
        ([Said.REFUSED, Said.RETURNED, Said.SIGNED], Where.RETURNED, 2),
        ([Said.SIGNED, Said.RETURNED, Said.LOST, Said.REFUSED], Where.RETURNED, 2),
        ([Said.SIGNED, Said.WRONG_SIGN], Where.ASTRAY, 2),
        ([Said.SIGNED, Said.WRONG_SIGN, Said.SCANNED, Said.SIGNED], Where.DELIVERED, 4),
        ([Said.SIGNED, Said.WRONG_SIGN, Said.LOST], Where.LOST, 3),
        ([Said.SIGNED, Said.WRONG_SIGN, Said.RECOGNISED], Where.DELIVERED, 3),
        ([Said.SIGNED, Said.WRONG_SIGN, Said.FOUND], Where.ON_THE_WAY, 3),
        ([Said.SIGNED, Said.WRONG_SIGN, Said.FOUND, Said.SIGNED], Where.DELIVERED, 4),
        ([Said.PICKED_UP, Said.RECOGNISED], Where.ON_THE_WAY, 1),
        ([Said.PICKED_UP, Said.LOST], Where.LOST, 2),
        ([Said.PICKED_UP, Said.LOST, Said.FOUND], Where.ON_THE_WAY, 3),
        ([Said.PICKED_UP, Said.LOST, Said.SCANNED, Said.SIGNED], Where.DELIVERED, 4),
        ([Said.REFUSED, Said.LOST, Said.SCANNED], Where.COMING_BACK, 3),
        ([Said.FOUND], Where.CONSIGNED, 0),
    ],
)
def test_where_it_is_after_each_other(said: Sequence[Said], where: Where, day: int) -> None:
    """Where, and since when."""
    leg = last_leg(one_a_day(*said))
    assert (leg.where, leg.since) == (where, at(days=day))


def test_what_is_shown_of_it() -> None:
    """The latest scan; of one that is delivered, refused or back nothing less."""
    assert status_of_parcel(one_a_day()) == ("consigned", at())
    assert status_of_parcel(one_a_day(Said.PICKED_UP, Said.OUT_FOR_DELIVERY)) == ("out_for_delivery", at(days=2))
    assert status_of_parcel(one_a_day(Said.SIGNED, Said.SCANNED)) == ("signed", at(days=1))
    assert status_of_parcel(one_a_day(Said.REFUSED, Said.SCANNED)) == ("refused", at(days=1))
    assert status_of_parcel(one_a_day(Said.RETURNED, Said.SIGNED)) == ("returned", at(days=1))


def test_said_of_the_same_moment() -> None:
    """A refusal and a delivery that bear the same time: it was tried again, and delivered."""
    told = [(Said.SIGNED, at(days=1), "1"), (Said.REFUSED, at(days=1), "2"), (Said.PICKED_UP, at(days=1), "3")]
    assert last_leg(heard(*told)).where is Where.DELIVERED


things = st.tuples(
    st.sampled_from(list(Said)), st.integers(0, 12).map(lambda hours: at(hours=hours)), st.integers(0, 3).map(str)
)


@bounded
@given(told=st.lists(things, max_size=10), data=st.data())
def test_any_order_and_doubled(told: list[Told], data: st.DataObject) -> None:
    """The same things make the same journey, in whichever order and however often they are learnt."""
    mixed = data.draw(st.permutations([*told, *data.draw(st.lists(st.sampled_from(told or [_NONE]), max_size=3))]))
    assert journey(heard(*(each for each in mixed if each is not _NONE))) == journey(heard(*told))


_NONE: Told = (Said.PICKED_UP, at(), "none")


@bounded
@given(told=st.lists(things, max_size=10))
def test_what_always_holds(told: list[Told]) -> None:
    """A journey goes on in time, ends once it is back, and what is delivered is not gone."""
    parcel = heard(*told)
    legs = journey(parcel)
    assert all(before.where is not leg.where for before, leg in pairwise(legs))
    assert all(before.since <= leg.since for before, leg in pairwise(legs[1:]))
    assert Where.RETURNED not in [leg.where for leg in legs[:-1]]
    assert (delivered_at(parcel) is None) is (legs[-1].where is not Where.DELIVERED)
    if reappeared_at(parcel):
        assert legs[-1].where not in GONE
