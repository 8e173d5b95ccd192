"""Numbers as they are dialled from a shop (S2-38)."""

import pytest

from domain.phone import dialled
from domain.provinces import PROVINCES, province_of

GUANGZHOU, BEIJING, HOHHOT = "13902200000", "13800138000", "13704710000"


@pytest.mark.rule("S2-38")
@pytest.mark.parametrize(
    ("phone", "region", "digits"),
    [
        (GUANGZHOU, "广东", GUANGZHOU),
        (GUANGZHOU, "广东省", GUANGZHOU),
        (GUANGZHOU, "广东省深圳市", GUANGZHOU),
        (GUANGZHOU, "北京", f"0{GUANGZHOU}"),
        (BEIJING, "北京", BEIJING),
        (BEIJING, "北京市", BEIJING),
        (BEIJING, "广东省", f"0{BEIJING}"),
        (BEIJING, "河北", f"0{BEIJING}"),
        (HOHHOT, "内蒙古自治区", HOHHOT),
        (HOHHOT, "广西壮族自治区", f"0{HOHHOT}"),
    ],
)
def test_a_mobile_number_of_another_province_is_dialled_after_a_nought(phone: str, region: str, digits: str) -> None:
    """Provinces and municipalities, however long their names are written."""
    assert dialled(phone, region) == digits


@pytest.mark.parametrize("written", ["+86 139 0220 0000", "139-0220-0000", "１３９０２２０００００", "0139 0220 0000"])
def test_it_is_dialled_the_same_however_it_is_written(written: str) -> None:
    """With the country, spaces, wide digits, or the 0 in front already."""
    assert dialled(written, "北京") == f"0{GUANGZHOU}"
    assert dialled(written, "广东") == GUANGZHOU


def test_nothing_is_put_in_front_where_a_province_is_not_known() -> None:
    """The shop has not said where it is."""
    assert dialled(BEIJING, "") == BEIJING


@pytest.mark.parametrize(
    ("phone", "digits"),
    [("020-12345678", "02012345678"), ("400 123 4567", "4001234567"), ("+852 6123 4567", "0085261234567")],
)
def test_only_mobile_numbers_of_the_mainland_get_a_nought(phone: str, digits: str) -> None:
    """Lines have their area code, service numbers none; abroad begins with 00."""
    assert dialled(phone, "北京") == digits


@pytest.mark.parametrize(
    "phone", ["", "no phone", "138****8000", "18466668888-1234", "18466668888转1234", "13800138000 ext 12", "95588"]
)
def test_what_cannot_be_read_is_given_back_as_it_is(phone: str) -> None:
    """Hidden digits and extensions are for people to make out."""
    assert dialled(phone, "广东") == phone


def test_no_province_begins_like_another() -> None:
    """So that a place is in one at most."""
    assert [province_of(f"{province}省") for province in PROVINCES] == list(PROVINCES)
    assert province_of("香港") is None
