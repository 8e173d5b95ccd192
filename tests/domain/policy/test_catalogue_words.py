"""What the standard catalogue of people's work says: whole, in both languages, and fillable by its cases."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from domain.after_sale.state import AfterSaleStage, Reason
from domain.case.completing import OF_EVERY_KIND, task_rule
from domain.case.escalating import ESCALATION, OVER_AUTHORITY
from domain.case.ids import CaseKind
from domain.complaint.state import ComplaintStage, ComplaintType
from domain.hold.state import HoldStage
from domain.intercept.state import InterceptStage
from domain.lives import LIVES
from domain.order.parcels.facts import BACK
from domain.order.state import OrderStage
from domain.own_editions import unfilled
from domain.parcels.facts import ExceptionKind
from domain.policy.catalogue import Catalogue, Text
from domain.policy.labels import LABELS
from domain.shop.service import Service
from tests.rules_page import How, read_rules

STAGES: Mapping[str, frozenset[str]] = {
    CaseKind.ORDER: frozenset(OrderStage),
    CaseKind.AFTER_SALE: frozenset(AfterSaleStage),
    CaseKind.COMPLAINT: frozenset(ComplaintStage),
    CaseKind.SHIP_HOLD: frozenset(HoldStage),
    CaseKind.PARCEL_INTERCEPT: frozenset(InterceptStage),
}

NOW = datetime(2026, 11, 27, tzinfo=UTC)

# Ideographs and the punctuation and full-width forms that go with them.
CHINESE = re.compile(r"[\u2e80-\u9fff\uff00-\uffef]")
PHONE = re.compile(r"\d{7,}")


@pytest.fixture
def catalogue(shipped: Path) -> Catalogue:
    """The file as the service reads it."""
    return Catalogue.model_validate(tomllib.loads((shipped / "work" / "standard.toml").read_text(encoding="utf-8")))


def wordings(catalogue: Catalogue) -> Iterator[tuple[str, Text]]:
    """Every title, script and outcome by where it stands."""
    for name, task in catalogue.tasks.items():
        yield f"tasks.{name}.title", task.title
        yield f"tasks.{name}.script", task.script
        for variant, form in task.variants.items():
            yield f"tasks.{name}.variants.{variant}", form.script
        for variant in ("", *task.variants):
            for outcome, leads_to in task.outcomes_for(variant).items():
                yield f"tasks.{name}.{variant}.{outcome}", leads_to
    for name, known in catalogue.knowledge.items():
        yield f"knowledge.{name}.title", known.title
        yield f"knowledge.{name}.script", known.script


def test_each_language_is_itself(catalogue: Catalogue) -> None:
    """Whoever reads Chinese finds Chinese, and English holds not even a Chinese comma."""
    for where, text in wordings(catalogue):
        assert CHINESE.search(text.zh), where
        assert not CHINESE.search(text.en), where
    for name, task in catalogue.tasks.items():
        assert not CHINESE.search(task.when), name


def test_both_languages_say_the_same_values(catalogue: Catalogue) -> None:
    """A value that one language gives, the other gives too."""
    for where, text in wordings(catalogue):
        in_zh, in_en = (Text(zh=words, en=words).places() for words in (text.zh, text.en))
        assert in_zh == in_en, where


def test_every_place_can_be_filled(catalogue: Catalogue) -> None:
    """A task asks only for values that each kind of case which makes it has, and knowledge for those of its kind."""
    assert list(unfilled(catalogue)) == []


def test_every_task_that_is_asked_for_has_words(catalogue: Catalogue) -> None:
    """The catalogue holds the tasks of all kinds of case and those of every kind, and no others."""
    assert catalogue.tasks.keys() == {*OF_EVERY_KIND} | {task.name for life in LIVES.values() for task in life.tasks}


def test_an_outcome_says_whether_something_follows(catalogue: Catalogue) -> None:
    """What is only noted says so, or that the case did it before; the others say what the service does."""
    rules = [
        task_rule(life, name) for life in LIVES.values() for name in (*OF_EVERY_KIND, *(one.name for one in life.tasks))
    ]
    follows = {(rule.name, outcome.name, outcome.variants) for rule in rules for outcome in rule.outcomes}
    seen = set()
    for name, task in catalogue.tasks.items():
        for variant in ("", *task.variants):
            for outcome, leads_to in task.outcomes_for(variant).items():
                found = [one for rule in rules if rule.name == name and (one := rule.outcome(outcome, variant))]
                seen |= {(name, outcome, one.variants) for one in found}
                if name != ESCALATION or variant == OVER_AUTHORITY:
                    assert leads_to.en.startswith(("Noted", "You ")) is not bool(found), (name, variant, outcome)
    assert seen == follows


def test_titles_hold_no_places(catalogue: Catalogue) -> None:
    """A list of tasks shows titles as they are."""
    for where, text in wordings(catalogue):
        assert not (where.endswith(".title") and text.places()), where


def test_no_number_stands_in_the_words_that_could_be_a_phone(catalogue: Catalogue) -> None:
    """The words hold no personal data; what is long and a number comes from the case alone."""
    for where, text in wordings(catalogue):
        assert not PHONE.search(text.zh + text.en), where


def test_knowledge_is_for_stages_that_there_are(catalogue: Catalogue) -> None:
    """Each piece is found at one stage at least, and every stage is one of its kind of case."""
    for name, known in catalogue.knowledge.items():
        assert known.stages, name
        assert set(known.stages) <= STAGES[known.kind], name


def test_open_orders_have_something_to_know_at_every_stage(catalogue: Catalogue) -> None:
    """An agent finds words wherever an order stands."""
    found = {stage for known in catalogue.knowledge.values() if known.kind == CaseKind.ORDER for stage in known.stages}
    assert found == set(OrderStage)


def test_every_human_step_is_in_the_catalogue(catalogue: Catalogue) -> None:
    """Each S4 row that is a case matter, and each S2 row that people do, is cited by a task or a piece of knowledge."""
    of_tasks = [task.rules for task in catalogue.tasks.values()]
    of_knowledge = [known.rules for known in catalogue.knowledge.values()]
    cited = {rule for rules in of_tasks + of_knowledge for rule in rules}
    wanted = {
        row.id
        for row in read_rules()
        if (row.source == "S4" and row.how is not How.NOT_A_CASE_MATTER)
        or (row.source == "S2" and row.how is How.WORK_ITEM)
    }
    assert wanted - cited == set()


def test_every_complaint_and_every_exception_has_its_own_words(catalogue: Catalogue) -> None:
    """Whoever answers reads what to do in this very matter."""
    for task, variants in (("answer_complaint", ComplaintType), ("parcel_exception", (*ExceptionKind, BACK))):
        forms = catalogue.tasks[task].variants
        assert forms.keys() == set(variants)
        assert len({form.script.zh for form in forms.values()}) == len(forms)


@pytest.mark.rule("S4-36")
def test_nobody_is_told_to_steer_the_reason_of_a_refund(catalogue: Catalogue) -> None:
    """Guiding a buyer to their refund leaves the reason to them: the true cause is recorded whatever they choose."""
    script = catalogue.tasks["guide_refund"].script
    assert "原因按实际情况选" in script.zh
    assert "不要引导她避开“缺货”" in script.zh
    assert "The reason is the buyer's to choose" in script.en


@pytest.mark.rule("S2-29", "S2-30")
def test_a_reminder_call_is_friendly_and_free(catalogue: Catalogue) -> None:
    """Agents apologise to a busy buyer, do not read the words out, and neither press nor threaten."""
    script = catalogue.tasks["payment_reminder"].script
    assert all(words in script.zh for words in ("不好意思打扰了", "不照念", "不施压", "不要挟"))
    assert all(words in script.en for words in ("Sorry to disturb you", "Speak freely", "never press, never threaten"))
    assert "不要生硬照念" in catalogue.knowledge["speak_freely"].script.zh


def test_the_words_are_filled_with_the_cases_values(catalogue: Catalogue) -> None:
    """Both languages show the values as they say them, and say nothing of one that is not known yet."""
    script, parcel = catalogue.tasks["tracking_stalled"].script, {"carrier": "zto", "tracking_no": "ZT1"}
    filled = catalogue.fill(script, parcel, NOW)
    assert filled.zh.startswith("中通 ZT1 发出后没有新记录。")
    assert filled.en.startswith("ZTO ZT1 has had no scan since it left.")
    filled = catalogue.fill(script, parcel | {"last_scan_at": "2026-11-26T14:45:00Z"}, NOW)
    assert filled.zh.startswith("中通 ZT1 自 11月26日 22:45 起没有新记录。")
    assert filled.en.startswith("ZTO ZT1 has had no scan since 26 Nov 22:45.")


def test_a_form_has_its_own_words_and_outcomes(catalogue: Catalogue) -> None:
    """A variant's words take the place of the task's; its outcomes do where it names any."""
    task = catalogue.tasks["parcel_exception"]
    assert task.script_for("lost") != task.script == task.script_for("unheard_of")
    assert list(task.outcomes_for("lost")) == ["reship", "refund", "found"]
    assert list(task.outcomes_for("unheard_of")) == ["told"]
    reminder = catalogue.tasks["payment_reminder"]
    assert reminder.outcomes_for("follow_up") == reminder.outcomes


def test_no_code_is_read_out(catalogue: Catalogue) -> None:
    """What a buyer asks for, why, and what they complain about have a name in both languages."""
    codes = {"service": Service, "reason": Reason, "complaint_type": ComplaintType}
    assert {place: LABELS[place].keys() for place in codes} == {place: set(words) for place, words in codes.items()}
    outcomes = {
        one for task in catalogue.tasks.values() for form in ("", *task.variants) for one in task.outcomes_for(form)
    }
    assert outcomes == LABELS["outcome"].keys()
    asked = {"service": "return_refund", "reason": "quality", "lines": "DRESS×1"}
    script = catalogue.fill(catalogue.tasks["review_after_sale"].script, asked, NOW)
    assert script.zh.startswith("退货退款，原因：质量问题，")
    assert script.en.startswith("return refund, reason: quality, ")
