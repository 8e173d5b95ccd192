"""A shop's settings: their defaults, and what does not go together."""

import pytest
from pydantic import ValidationError

from domain.shop.settings import SECTIONS, ExchangeStock, ParcelInterceptSettings, ShipHoldSettings, Shop, ShopTerms

DEFAULTS = {
    "ship-hold": {
        "enabled": False,
        "memo": "",
        "terms_accepted": False,
        "erp_lock": False,
        "routing": "own",
        "self_service": False,
    },
    "parcel-intercept": {"agreements": []},
    "exchange-stock": {
        "require_stock": False,
        "reserve": False,
        "auto_deduct": False,
        "partitioned_inventory": False,
    },
    "after-sale-automation": {"strategies": [], "keywords": []},
    "shop": {
        "cross_border": False,
        "status": "normal",
        "outbound_freight": "0.00",
        "refunds_by_hand": False,
        "region": "",
        "locale": "zh",
    },
    "authority": {"agent": "5000.00", "supervisor": None},
    "cash-on-delivery": {"daily_quota_at_risk": None, "freight": "0.00", "service_fee": "0.00"},
    "ratings": {"reward_words": None},
    "service-offers": {"offers": []},
    "working-hours": {"groups": {}},
    "staff": {"assign": "by_hand", "people": []},
    "addresses": {"return": None, "repair": None},
}


def _fields(error: ValidationError) -> list[str]:
    return [str(problem["loc"][-1]) for problem in error.errors()]


@pytest.mark.parametrize("section", SECTIONS)
def test_every_section_has_its_defaults(section: str) -> None:
    """Before any change everything that could cost or commit a shop is off."""
    assert SECTIONS[section]().model_dump(mode="json") == DEFAULTS[section]


@pytest.mark.parametrize("section", SECTIONS)
def test_unknown_fields_are_refused(section: str) -> None:
    """A mistyped setting is not silently left at its default."""
    with pytest.raises(ValidationError) as refused:
        SECTIONS[section].model_validate({"no_such_setting": True})
    assert _fields(refused.value) == ["no_such_setting"]


@pytest.mark.rule("S0-07")
@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({"enabled": True}, ["memo", "terms_accepted"]),
        ({"enabled": True, "memo": "勿发"}, ["terms_accepted"]),
        ({"enabled": True, "memo": "  ", "terms_accepted": True}, ["memo"]),
        ({"terms_accepted": True, "memo": "", "enabled": True}, ["memo"]),
    ],
)
def test_switching_holds_on_takes_a_memo_and_the_terms(given: dict[str, object], missing: list[str]) -> None:
    """Each thing that is missing is named by its field; spaces are no memo."""
    with pytest.raises(ValidationError) as refused:
        ShipHoldSettings.model_validate(given)
    assert _fields(refused.value) == missing


@pytest.mark.rule("S0-07", "S0-10")
def test_holds_work_without_the_erp_lock() -> None:
    """Memo text, accepted terms and the switch are enough; the ERP lock stays an option."""
    on = ShipHoldSettings(enabled=True, memo="勿发", terms_accepted=True)
    assert not on.erp_lock
    assert ShipHoldSettings(memo="", terms_accepted=False, erp_lock=True).enabled is False


@pytest.mark.rule("S3-15")
def test_nothing_is_reserved_with_partitioned_inventory() -> None:
    """Reserving with partitioned inventory names the field; either alone is fine."""
    with pytest.raises(ValidationError) as refused:
        ExchangeStock(reserve=True, partitioned_inventory=True)
    assert _fields(refused.value) == ["partitioned_inventory"]
    assert ExchangeStock(require_stock=True, auto_deduct=True, partitioned_inventory=True).reserve is False
    assert ExchangeStock(reserve=True).partitioned_inventory is False


def test_an_agreement_is_signed_once() -> None:
    """The two agreements, in any order, each once and no others."""
    ParcelInterceptSettings.model_validate({"agreements": ["deduction", "service"]})
    for wrong in (["service", "service"], ["insurance"]):
        with pytest.raises(ValidationError, match="agreements"):
            ParcelInterceptSettings.model_validate({"agreements": wrong})


@pytest.mark.parametrize(
    "wrong",
    [{"outbound_freight": "-1.00"}, {"outbound_freight": "8.001"}, {"status": "fine"}, {"region": "深圳"}],
)
def test_a_shop_is_described_in_known_words_and_whole_fen(wrong: dict[str, str]) -> None:
    """Freight is an amount of yuan, the status one of those that are known."""
    with pytest.raises(ValidationError) as refused:
        Shop.model_validate(wrong)
    assert _fields(refused.value) == list(wrong)


def test_terms_are_read_back_as_they_were_sent() -> None:
    """What travels with an action comes out of JSON as it went in."""
    terms = ShopTerms.model_validate(
        {
            "shop": {"outbound_freight": "8.00", "refunds_by_hand": True},
            "ship_hold": {"enabled": True, "memo": "勿发", "terms_accepted": True, "routing": "platform_wms"},
            "parcel_intercept": {"agreements": ["service"]},
            "authority": "5000.00",
        }
    )
    assert ShopTerms.model_validate_json(terms.model_dump_json()) == terms
    assert ShopTerms.model_validate_json("{}") == ShopTerms()
    assert ShopTerms().authority is None


def test_the_memo_goes_no_further_than_the_store() -> None:
    """A step learns that holds are switched on, never the text that is stamped: it is free text, and stays so."""
    hold = ShipHoldSettings(enabled=True, memo="勿发，找王姐", terms_accepted=True, erp_lock=True)
    for given in (hold, hold.model_dump(mode="json")):
        terms = ShopTerms.model_validate({"ship_hold": given})
        assert (terms.ship_hold.enabled, terms.ship_hold.locks) == (True, True)
        assert "王姐" not in terms.model_dump_json()


def test_terms_of_a_newer_version_can_be_read() -> None:
    """A worker that is still to be replaced reads what a newer API sends, without the fields it does not know."""
    newer = '{"shop": {"status": "closed", "added_later": 1}, "exchange_stock": {"added_later": true}, "later": {}}'
    assert ShopTerms.model_validate_json(newer) == ShopTerms.model_validate({"shop": {"status": "closed"}})
