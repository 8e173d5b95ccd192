"""What refusals say in Chinese."""

import string

import pytest

from domain.errors import Refusal
from domain.language import Language
from domain.policy.refusal_words import REFUSALS, WITH_FIGURES, refusal_in


@pytest.mark.parametrize("key", WITH_FIGURES)
def test_a_sentence_names_the_figures_that_it_is_for(key: str) -> None:
    """Each of them, and no other; and the same refusal has a sentence without figures."""
    code, *figures = key.split("/")
    named = {name for _, name, _, _ in string.Formatter().parse(WITH_FIGURES[key]) if name}
    assert sorted(named) == figures
    assert code in REFUSALS


def test_the_cases_own_figures_stand_in_the_sentence() -> None:
    """In Chinese as in English."""
    refusal = Refusal(code="amount_too_high", message="No more than 9.95 yuan …", figures={"most": "9.95"})
    assert refusal_in(Language.ZH, refusal).message == "金额不能超过 9.95 元。"
    assert refusal_in(Language.EN, refusal) is refusal


def test_without_figures_the_sentence_is_the_codes() -> None:
    """And one that nobody has translated stays as it is."""
    assert refusal_in(Language.ZH, Refusal(code="amount_too_high", message="…")).message == "金额超过可退的上限。"
    assert refusal_in(Language.ZH, Refusal(code="brand_new", message="…")).message == "…"


def test_a_time_is_said_as_each_language_says_it() -> None:
    """The figure is the moment itself."""
    message = "The price was good until 14 Nov 00:00 (China time) only."
    refusal = Refusal(code="quote_expired", message=message, figures={"until": "2026-11-13T16:00:00Z"})
    assert refusal_in(Language.ZH, refusal).message == "报价已于 11月14日 00:00 过期。"
    assert refusal_in(Language.EN, refusal).message == message
