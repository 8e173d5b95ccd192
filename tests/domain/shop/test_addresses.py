"""Where goods go back to, as the shop sets it."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from domain.shop.addresses import Addresses


def test_an_address_is_read_out_from_its_region_to_its_phone() -> None:
    """In whatever order its parts were given or kept."""
    parts = {"phone": "020-66668888", "name": "退货组", "note": "周日不收", "address": "百合路 1 号", "city": "广州市"}
    words = Addresses.model_validate({"return": parts}).in_words()
    assert words == {"return_to": "广州市，百合路 1 号，退货组，020-66668888，周日不收"}


def test_it_is_kept_by_the_names_of_the_contract() -> None:
    """`return` and `repair`; what is not set is null."""
    sections = {"return": None, "repair": {"address": "东莞市维修中心"}}
    assert Addresses.model_validate(sections).model_dump(mode="json") == sections
    assert Addresses().in_words() == {}


@pytest.mark.parametrize(
    "wrong",
    [
        {"return": {}},
        {"return": {"address": " "}},
        {"return": {"address": "a\x00b"}},
        {"return": {"address": 1}},
        {"return": {"Address ": "百合路"}},
        {"return": "百合路 1 号"},
        {"elsewhere": {"address": "百合路"}},
    ],
)
def test_what_is_no_address_is_refused(wrong: dict[str, Any]) -> None:
    """An empty one would be read out as nothing."""
    with pytest.raises(ValidationError):
        Addresses.model_validate(wrong)
