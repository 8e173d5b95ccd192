"""The shape of a shop's automation."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from domain.after_sale.services import SUGGESTED_KEYWORDS
from domain.shop.automation import VERDICTS, Automation, RequestFacts, Strategy, StrategyStage, Verdict
from domain.shop.service import Service

STRATEGY: dict[str, Any] = {
    "id": "unshipped",
    "title": "未发货仅退款",
    "stage": "review",
    "when": "!shipped",
    "decision": "agree",
}


def test_a_shop_begins_with_nothing() -> None:
    """The default has no strategies and no keywords."""
    assert Automation().model_dump(mode="json") == {"strategies": [], "keywords": []}


def test_settings_survive_json() -> None:
    """What the API shows can be sent back as it is."""
    automation = Automation.model_validate(
        {"strategies": [STRATEGY], "keywords": [{"service": "exchange", "words": ["换货"]}]}
    )
    assert Automation.model_validate_json(automation.model_dump_json()) == automation


def test_a_strategy_is_off_until_it_is_switched_on() -> None:
    """Saving alone automates nothing."""
    assert not Strategy.model_validate(STRATEGY).enabled


@pytest.mark.parametrize("stage", list(StrategyStage))
@pytest.mark.parametrize("decision", list(Verdict))
def test_a_stage_takes_only_its_own_decisions(stage: StrategyStage, decision: Verdict) -> None:
    """Each stage has its decisions; `person` is one of every stage."""
    refuse_with = {"reason": "used", "message": "已使用"} if decision is Verdict.REFUSE else None
    given = STRATEGY | {"stage": stage, "decision": decision, "refuse_with": refuse_with}
    if decision in VERDICTS[stage]:
        assert Strategy.model_validate(given).decision is decision
    else:
        with pytest.raises(ValidationError, match=f"{stage} decides one of"):
            Strategy.model_validate(given)


def test_a_refusal_needs_words_and_nothing_else_has_them() -> None:
    """A refusal without its reason is not saved, nor a reason without a refusal."""
    words = {"reason": "used", "message": "已使用的商品不支持退货"}
    with pytest.raises(ValidationError, match="refuse_with"):
        Strategy.model_validate(STRATEGY | {"decision": "refuse"})
    with pytest.raises(ValidationError, match="refuse_with"):
        Strategy.model_validate(STRATEGY | {"refuse_with": words})
    assert Strategy.model_validate(STRATEGY | {"decision": "refuse", "refuse_with": words}).refuse_with


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": "Not A Slug"},
        {"id": "trailing-"},
        {"title": " "},
        {"title": "two\nlines"},
        {"when": ""},
        {"when": "true || " * 125 + "true"},
        {"when": "'\x00' == 'a'"},
        {"stage": "shipping"},
        {"decision": "approve"},
        {"surprise": 1},
    ],
)
def test_a_malformed_strategy_is_refused(wrong: dict[str, Any]) -> None:
    """Ids are slugs, texts have their lengths, expressions at most 1,000 characters, fields are known ones."""
    with pytest.raises(ValidationError) as refused:
        Automation.model_validate({"strategies": [STRATEGY | wrong]})
    assert refused.value.errors()[0]["loc"][:2] == ("strategies", 0)


def test_an_id_is_used_once() -> None:
    """Two strategies of one id could not be told apart in a report."""
    with pytest.raises(ValidationError, match="used once: unshipped"):
        Automation.model_validate({"strategies": [STRATEGY, STRATEGY]})


@pytest.mark.parametrize("wrong", [{"words": []}, {"words": [" "]}, {"words": ["长" * 51]}, {"service": "gift"}])
def test_a_malformed_keyword_is_refused(wrong: dict[str, Any]) -> None:
    """Words are there, are short, and speak for a service that exists."""
    with pytest.raises(ValidationError):
        Automation.model_validate({"keywords": [{"service": "exchange", "words": ["换货"]} | wrong]})


def test_the_suggested_keywords_can_be_set() -> None:
    """What a shop may begin with passes as its own setting and covers every service."""
    set_up = Automation(keywords=SUGGESTED_KEYWORDS)
    assert Automation.model_validate_json(set_up.model_dump_json()) == set_up
    assert {keyword.service for keyword in SUGGESTED_KEYWORDS} == set(Service)


def test_facts_hold_no_personal_data() -> None:
    """No field of the facts is for a name, phone, address or text of the buyer."""
    assert not {"name", "phone", "address", "description", "text", "buyer"} & set(RequestFacts.model_fields)
