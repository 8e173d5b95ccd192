"""What the shipped editions say."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from domain.policy import intercept_terms, leaves, load_policy, policies, policy

Write = Callable[..., Path]


def shown(path: str, policy_id: str = "taobao-2012") -> object:
    """A value as the API shows it."""
    node = policy(policy_id).model_dump(mode="json")
    for part in path.split("."):
        node = node[part]
    return node["value"]


TAOBAO_2012: list[tuple[str, object]] = [
    ("payment.within", "P3D"),
    ("payment.close_after", "PT10S"),
    ("ship.alert_after", "PT48H"),
    ("ship.within", "PT72H"),
    ("ship.cutoff", "16:00"),
    ("ship.late.points", 3),
    ("ship.late.rate", 0.05),
    ("ship.late.cap", "30.00"),
    ("tracking.start_within", "P3D"),
    ("tracking.stall_after", "P2D"),
    ("tracking.parked_for", "P30D"),
    ("receipt.auto_confirm", "P10D"),
    ("receipt.seller_extensions", [3, 5, 7, 10]),
    ("receipt.buyer_extension", "P3D"),
    ("receipt.buyer_extensions_allowed", 1),
    ("receipt.refund_before_is_cancellation", False),
    ("after_sale.answer_unshipped", "PT48H"),
    ("after_sale.answer_shipped", "P5D"),
    ("after_sale.buyer_returns", "P7D"),
    ("after_sale.seller_receives", "P10D"),
    ("after_sale.buyer_reacts", "P7D"),
    ("after_sale.ask_waybill_after", "P2D"),
    ("after_sale.return_window", "PT168H"),
    ("after_sale.freight_subsidy_cap", "15.00"),
    ("after_sale.unsubsidised_carriers", ["sf"]),
    ("after_sale.return_extensions", [3, 5, 7, 10]),
    ("after_sale.evidence_within", "P3D"),
    ("complaint.after_timeout", "P15D"),
    ("promotion.ship_within", "P7D"),
    ("cod.parked_after", "P3D"),
    ("cod.retry_after", "PT4H"),
    ("cod.passed_on_within", "P7D"),
    ("calls.windows", [{"from": "11:00", "to": "12:00"}, {"from": "16:00", "to": "17:00"}]),
    ("calls.first_after", "PT30M"),
    ("calls.attempts", 3),
]


@pytest.mark.parametrize(("path", "value"), TAOBAO_2012)
def test_taobao_2012_reads_as_published(path: str, value: object) -> None:
    """Every value reads in JSON exactly as the published table writes it, P3D and PT72H told apart."""
    assert shown(path) == value


def test_taobao_2012_holds_nothing_else() -> None:
    """The list above is complete, and there are no interception terms of its own."""
    assert {path for path, _ in leaves(policy("taobao-2012"))} == {path for path, _ in TAOBAO_2012}
    assert policy("taobao-2012").intercept is None


@pytest.mark.rule("S2-49")
def test_goods_ship_within_72_hours() -> None:
    """Taobao's sellers ship within 72 hours after payment."""
    within = policy("taobao-2012").ship.within
    assert (within.value, within.rule, within.verified) == (timedelta(hours=72), "S2-49", True)


@pytest.mark.rule("S2-70")
def test_promotions_ship_within_seven_days() -> None:
    """In a large promotion sellers have seven days."""
    within = policy("taobao-2012").promotion.ship_within
    assert (within.value, within.rule, within.verified) == (timedelta(days=7), "S2-70", True)


@pytest.mark.rule("S2-85")
def test_late_shipment_costs_three_points_and_five_percent() -> None:
    """A late shipment costs three points and five percent, thirty yuan at most."""
    late = policy("taobao-2012").ship.late
    assert (late.points.value, late.rate.value, late.cap.value) == (3, Decimal("0.05"), Decimal("30.00"))
    assert {leaf.rule for leaf in (late.points, late.rate, late.cap)} == {"S2-85"}


@pytest.mark.rule("S2-96")
def test_no_reason_return_lasts_seven_days() -> None:
    """Goods can be returned without reason for seven days."""
    window = policy("taobao-2012").after_sale.return_window
    assert (window.value, window.rule, window.verified) == (timedelta(days=7), "S2-96", True)


@pytest.mark.rule("S2-78")
def test_freight_subsidy_is_capped_at_the_upper_end() -> None:
    """Of the range of 12 to 15 yuan for return freight, the cap is 15."""
    cap = policy("taobao-2012").after_sale.freight_subsidy_cap
    assert (cap.value, cap.rule, cap.verified) == (Decimal("15.00"), "S2-78", True)


@pytest.mark.rule("S2-76")
def test_return_freight_is_subsidised_with_ordinary_carriers_only() -> None:
    """What SF costs is the buyer's own affair."""
    carriers = policy("taobao-2012").after_sale.unsubsidised_carriers
    assert (carriers.value, carriers.rule, carriers.verified) == (("sf",), "S2-76", True)


def test_only_jd_takes_a_refund_before_receipt_as_a_cancellation() -> None:
    """JD calls a refund request before receipt a cancellation; the other marketplaces do not."""
    cancels = {id_ for id_, p in policies().items() if p.receipt.refund_before_is_cancellation.value}
    assert cancels == {"jd"}


def test_douyin_promises_48_hours_and_closes_unpaid_orders_in_half_an_hour() -> None:
    """Douyin is stricter than Taobao, and is warned of its deadline before it comes."""
    douyin = policy("douyin")
    assert douyin.ship.within.value == timedelta(hours=48)
    assert douyin.ship.alert_after.value < douyin.ship.within.value
    assert douyin.payment.within.value == timedelta(minutes=30)
    assert not douyin.payment.within.verified


@pytest.mark.parametrize("policy_id", ["tmall", "douyin", "jd"])
def test_penalties_borrowed_from_taobao_are_not_called_verified(policy_id: str) -> None:
    """No source gives another marketplace's penalties, so theirs are marked as unverified."""
    late = policy(policy_id).ship.late
    assert not any(leaf.verified for leaf in (late.points, late.rate, late.cap))


@pytest.mark.parametrize("policy_id", ["taobao-2012", "tmall", "douyin", "jd"])
def test_every_shipped_value_names_its_source(policy_id: str) -> None:
    """The shipped editions cite a rule or a table with every value, verified or not."""
    assert [path for path, leaf in leaves(policy(policy_id)) if leaf.rule is None] == []


@pytest.mark.rule("S1-19", "S1-20", "S1-21", "S1-22")
def test_three_carriers_intercept_at_their_fees() -> None:
    """ZTO and Yunda take 3.00 a parcel, YTO 4.00; nobody else intercepts."""
    terms = intercept_terms()
    assert set(terms.carriers.value) == set(terms.fees) == {"zto", "yto", "yunda"}
    assert {carrier: (fee.text, fee.rule) for carrier, fee in terms.fees.items()} == {
        "zto": ("3.00", "S1-20"),
        "yunda": ("3.00", "S1-21"),
        "yto": ("4.00", "S1-22"),
    }


@pytest.mark.rule("S1-14")
def test_the_longer_list_of_excluded_categories_holds() -> None:
    """Where the source contradicts itself, the eight categories of its conditions are the policy."""
    assert set(intercept_terms().excluded_categories.value) == {
        "fresh",
        "virtual",
        "jewellery",
        "antique",
        "second_hand",
        "tea",
        "large_appliance",
        "custom",
    }


def test_parcels_and_claims_have_a_limit_of_a_thousand_yuan() -> None:
    """A parcel must be worth less than 1000.00, and a claim pays 1000.00 at most."""
    assert (intercept_terms().value_below.text, intercept_terms().claim_limit.text) == ("1000.00", "1000.00")


def test_an_edition_without_terms_uses_douyins() -> None:
    """An order of any platform may be intercepted on Douyin's terms."""
    assert intercept_terms(policy("taobao-2012")) == policy("douyin").intercept


def test_an_editions_own_terms_come_first(write: Write) -> None:
    """A shop's edition with its own fees is not charged Douyin's."""
    file = write(('zto = { value = "3.00"', 'zto = { value = "2.50"'), base="douyin")
    assert intercept_terms(load_policy(file, policies())).fees["zto"].value == Decimal("2.50")
