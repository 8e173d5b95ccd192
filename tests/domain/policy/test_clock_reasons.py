"""What people call the reasons of deadlines."""

from pathlib import Path

import pytest

import domain
from domain.case.ids import CaseKind
from domain.language import Language
from domain.lives import LIVES
from domain.policy.clock_reasons import RULES, rule_in, value_in
from domain.policy.stage_names import STAGES
from domain.policy.stage_ways import WAYS, ways_from
from domain.shop.service import ON_OFFER, Service

SOURCES = "\n".join(file.read_text() for file in Path(next(iter(domain.__path__))).rglob("*.py"))


def test_every_rule_is_named_where_a_clock_goes_by_it() -> None:
    """None too many: each stands in the rules as it stands here."""
    names = {name for name in RULES if name != "after_sale.return_window"}
    assert {name for name in names if f'"{name}"' not in SOURCES and name.rpartition(".")[2] not in SOURCES} == set()


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        ("PT72H", "72 小时", "72 hours"),
        ("P1D", "1 天", "1 day"),
        ("-P1DT2H", "−1 天 2 小时", "−1 day 2 hours"),
        ("PT0S", "0 秒", "0 seconds"),
        ("P0D", "0 天", "0 days"),
        ("2026-11-14T16:01:00Z", "11月15日 00:01", "15 Nov 00:01"),
        ("soon", "soon", "soon"),
    ],
)
def test_a_value_is_said_in_words(value: str, zh: str, en: str) -> None:
    """Lengths of time, moments, and what is neither as it stands."""
    assert (value_in(Language.ZH, value), value_in(Language.EN, value)) == (zh, en)


def test_a_rule_is_said_in_words() -> None:
    """By the edition's path, by a rule's id, by what a shop offers; one that nobody has named stays as it is."""
    assert rule_in(Language.ZH, "ship.within") == "发货时限"
    assert rule_in(Language.EN, "S1-42") == "time for the branch to answer"
    for service in ON_OFFER:
        assert rule_in(Language.ZH, f"service-offers.{service}").endswith("期限")
        assert rule_in(Language.EN, f"service-offers.{service}") == "time for trial use"
    assert rule_in(Language.EN, "brand.new") == "brand.new"


def test_ways_lead_from_stage_to_stage() -> None:
    """Of every kind, and of requests of every service."""
    assert set(WAYS) == set(STAGES) == {str(kind) for kind in LIVES}
    assert set(WAYS["after_sale"]) == set(Service)
    for kind, of_service in WAYS.items():
        for ways in of_service.values():
            assert {*ways, *(stage for following in ways.values() for stage in following)} <= set(STAGES[kind])
    assert ways_from(CaseKind.ORDER, "completed") == {"closed": ()}
    assert ways_from("after_sale", "awaiting_buyer_receipt") == {
        "refunding": ("exchange", "repair"),
        "succeeded": ("reship",),
    }
