"""Keywords: a text that speaks for another service than the one asked for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from automation.keywords import Match, contradiction
from domain.after_sale.services import SUGGESTED_KEYWORDS
from domain.shop.automation import Automation, Keyword
from domain.shop.service import Service

SHOP = Automation(
    keywords=(
        Keyword(service=Service.RETURN_REFUND, words=("退货", "退款", "don't want it")),
        Keyword(service=Service.REFUND_ONLY, words=("退款",)),
        Keyword(service=Service.EXCHANGE, words=("换货", "Size L")),
    )
)


@pytest.mark.rule("S3-08")
def test_an_exchange_whose_text_asks_for_a_return_is_found() -> None:
    """The word found and the service it speaks for are named."""
    found = contradiction(SHOP, Service.EXCHANGE, "不合适，我要退货")
    assert found == [Match(service=Service.RETURN_REFUND, word="退货")]


@pytest.mark.rule("S3-08")
def test_a_text_that_also_speaks_for_what_was_asked_is_no_contradiction() -> None:
    """One word for the service asked for is enough."""
    assert contradiction(SHOP, Service.EXCHANGE, "不想退货，想换货") == []


def test_a_word_of_several_services_speaks_for_each() -> None:
    """A word shared with the asked service is none against it; against a third service it is found for both."""
    assert contradiction(SHOP, Service.REFUND_ONLY, "请退款") == []
    assert [match.service for match in contradiction(SHOP, Service.EXCHANGE, "请退款")] == [
        Service.RETURN_REFUND,
        Service.REFUND_ONLY,
    ]


@pytest.mark.parametrize("text", ["", "颜色不好看", "何时发货"])
def test_a_text_without_keywords_says_nothing(text: str) -> None:
    """No word found, no warning."""
    assert contradiction(SHOP, Service.EXCHANGE, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Don't Want It",
        "ＤＯＮ＇Ｔ　ＷＡＮＴ　ＩＴ",
        "don’t\n want  it",
        "I don't want it anymore",
        "d\u200bon't want it",
    ],
)
def test_writing_makes_no_difference(text: str) -> None:
    """Case, full width, kinds of apostrophe, white space and invisible characters are levelled."""
    assert [match.word for match in contradiction(SHOP, Service.EXCHANGE, text)] == ["don't want it"]


def test_a_keyword_is_levelled_too() -> None:
    """What the shop typed in capitals is found in small letters."""
    assert [match.word for match in contradiction(SHOP, Service.REPAIR, "please send size l")] == ["Size L"]


def test_a_shop_without_keywords_is_never_warned() -> None:
    """The check is off until words are set."""
    assert contradiction(Automation(), Service.EXCHANGE, "退货退款") == []


def test_a_word_named_twice_is_found_once() -> None:
    """The same word for the same service is one finding."""
    twice = Automation(keywords=(Keyword(service=Service.REPAIR, words=("维修", "维修")),) * 2)
    assert len(contradiction(twice, Service.EXCHANGE, "维修")) == 1


@pytest.mark.parametrize(
    ("service", "text", "speaks_for"),
    [
        (Service.EXCHANGE, "质量太差，不要了，退钱", {Service.RETURN_REFUND, Service.REFUND_ONLY}),
        (Service.RETURN_REFUND, "能不能换个大一码的", {Service.EXCHANGE}),
        (Service.REPAIR, "降价了，退差价", {Service.PRICE_PROTECTION}),
        (Service.EXCHANGE, "少发了一件，请补发", {Service.RESHIP}),
        (Service.REFUND_ONLY, "一直没收到，请退款", set()),
        (Service.REPAIR, "拉链坏了，想返修", set()),
    ],
)
def test_the_suggested_keywords_tell_services_apart(service: Service, text: str, speaks_for: set[Service]) -> None:
    """What a shop may begin with warns of ordinary contradictions and not of ordinary requests."""
    found = contradiction(Automation(keywords=SUGGESTED_KEYWORDS), service, text)
    assert {match.service for match in found} == speaks_for


@given(st.text(max_size=80), st.sampled_from(Service))
def test_a_finding_never_speaks_for_what_was_asked(text: str, service: Service) -> None:
    """Whatever the text, and also with words of the shop in it, findings name other services only."""
    for said in (text, text + "退货", text + "换货" + text):
        assert all(match.service is not service for match in contradiction(SHOP, service, said))
