"""What is wrong with a field, in Chinese."""

import pytest

from domain.errors import Refusal
from domain.language import Language
from domain.policy.refusal_words import refusal_in


@pytest.mark.parametrize(
    ("figures", "sentence"),
    [
        ({"field": "amount", "kind": "greater_than", "gt": "0"}, "“金额”：须大于 0。"),
        ({"field": "lines.0.quantity", "kind": "int_parsing"}, "“数量”：须为整数。"),
        ({"field": "data.carrier", "kind": "missing"}, "“快递公司”：必填。"),
        ({"field": "brand_new"}, "“brand_new”：填写不正确。"),
    ],
)
def test_a_field_is_named_as_people_name_it(figures: dict[str, str], sentence: str) -> None:
    """With the limit where there is one; what nobody has words for is not right."""
    refusal = Refusal(code="invalid_field", message="amount: …", figures=figures)
    assert refusal_in(Language.ZH, refusal).message == sentence
    assert refusal_in(Language.EN, refusal) is refusal


def test_what_is_about_no_field_is_said_of_the_whole() -> None:
    """In words of our own, where there are any; another code stays as it is."""
    whole = Refusal(code="invalid_field", message="…", zh="lines 和 line_ids 只能填一个")
    assert refusal_in(Language.ZH, whole).message == "“内容”：lines 和 line_ids 只能填一个。"
