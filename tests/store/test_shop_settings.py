"""A shop's settings as they are kept, and the terms that go with a step."""

from decimal import Decimal

import pytest
from sqlalchemy import select

from domain.roles import Actor, Role
from domain.shop.automation import Automation, Keyword, Strategy, StrategyStage, Verdict
from domain.shop.service import Service
from domain.shop.settings import SECTIONS, ExchangeStock, ShipHoldSettings, Shop, ShopStanding, ShopTerms
from store import accounts, shop_settings, tokens
from store.accounts import AccountRecord
from store.database import Database, put_rows
from store.tables import MERCHANT_SETTINGS
from tests.store.looking import rows_of
from tests.store.scenes import HOUR, NOON, statements

OWNER = Actor(role=Role.OWNER, account="demo-owner")
HOLD = ShipHoldSettings(enabled=True, memo="双11拦截", terms_accepted=True)


@pytest.mark.parametrize("section", SECTIONS)
async def test_a_section_that_nobody_set_has_its_defaults(database: Database, section: str) -> None:
    """A shop that never set anything up can be read."""
    assert await database.read(shop_settings.get, "demo", section) == SECTIONS[section]()


async def test_a_section_is_kept_for_its_shop_alone(database: Database) -> None:
    """The last PUT holds, with who made it and when; other sections and shops stay as they were."""
    await database.write(shop_settings.put, "demo", "ship-hold", HOLD, OWNER, NOON)
    await database.write(shop_settings.put, "demo", "shop", Shop(outbound_freight=Decimal("8.00")), OWNER, NOON)
    await database.write(shop_settings.put, "demo", "shop", Shop(outbound_freight=Decimal("9.50")), OWNER, NOON + HOUR)
    assert await database.read(shop_settings.get, "demo", "ship-hold") == HOLD
    assert await database.read(shop_settings.get, "demo", "shop") == Shop(outbound_freight=Decimal("9.50"))
    assert await database.read(shop_settings.get, "other", "shop") == Shop()
    row = (await database.read(rows_of, select(MERCHANT_SETTINGS).where(MERCHANT_SETTINGS.c.section == "shop")))[0]
    assert (row.updated_at, row.updated_by) == (NOON + HOUR, "demo-owner")


async def test_what_a_newer_version_kept_can_be_read(database: Database) -> None:
    """Two versions may share a database while one replaces the other."""
    row = {"merchant": "demo", "section": "shop", "updated_at": NOON, "updated_by": "demo-owner"}
    await database.write(put_rows, MERCHANT_SETTINGS, [row | {"value": {"cross_border": True, "added_later": 1}}])
    assert await database.read(shop_settings.get, "demo", "shop") == Shop(cross_border=True)
    assert (await database.read(shop_settings.terms, "demo", "demo-agent", Role.AGENT)).shop == ShopStanding(
        cross_border=True
    )


async def test_an_unknown_section_is_a_mistake(database: Database) -> None:
    """Only the sections that are declared can be asked for."""
    with pytest.raises(KeyError):
        await database.read(shop_settings.get, "demo", "no-such-section")


async def test_terms_say_what_a_step_may_depend_on(database: Database) -> None:
    """Every section that refusals look at, as the shop has it, in one transaction; defaults where nothing is set."""
    before = await database.read(shop_settings.terms, "demo", "demo-owner", Role.OWNER)
    assert before == ShopTerms()
    stock = ExchangeStock(require_stock=True, reserve=True)
    await database.write(shop_settings.put, "demo", "exchange-stock", stock, OWNER, NOON)
    await database.write(shop_settings.put, "demo", "ship-hold", HOLD, OWNER, NOON)
    await database.write(shop_settings.put, "other", "shop", Shop(cross_border=True), OWNER, NOON)
    with statements(database) as sent:
        terms = await database.read(shop_settings.terms, "demo", "demo-owner", Role.OWNER)
    assert terms == ShopTerms(exchange_stock=stock, ship_hold=HOLD)
    assert len(sent) == 2


@pytest.mark.rule("S3-06")
async def test_terms_say_which_stages_are_automated(database: Database) -> None:
    """Those with a strategy that is switched on, in the same two statements; the keywords stay where they are."""

    def one(name: str, stage: StrategyStage, decision: Verdict, *, enabled: bool = True) -> Strategy:
        return Strategy(id=name, title=name, stage=stage, when="true", decision=decision, enabled=enabled)

    strategies = (
        one("paid", StrategyStage.PROCESSING, Verdict.PAY),
        one("fine", StrategyStage.RECEIVING, Verdict.CONFORMING, enabled=False),
        one("agreed", StrategyStage.REVIEW, Verdict.AGREE),
        one("agreed-too", StrategyStage.REVIEW, Verdict.AGREE),
    )
    words = Keyword(service=Service.EXCHANGE, words=("换货",))
    automation = Automation(strategies=strategies, keywords=(words,))
    await database.write(shop_settings.put, "demo", "after-sale-automation", automation, OWNER, NOON)
    with statements(database) as sent:
        terms = await database.read(shop_settings.terms, "demo", "demo-owner", Role.OWNER)
    assert (terms.automated, len(sent)) == ((StrategyStage.REVIEW, StrategyStage.PROCESSING), 2)
    assert (await database.read(shop_settings.terms, "other", "other-owner", Role.OWNER)).automated == ()


@pytest.mark.rule("S4-66")
async def test_authority_is_the_accounts_own_or_its_roles(database: Database) -> None:
    """An agent has 5000.00 until the owner sets its account another; taken away, its role's holds again."""

    async def authority(account: str, role: Role) -> Decimal | None:
        return (await database.read(shop_settings.terms, "demo", account, role)).authority

    assert await authority("demo-agent", Role.AGENT) == Decimal("5000.00")
    assert await authority("demo-supervisor", Role.SUPERVISOR) is None
    await database.write(tokens.set_authority, "demo", "demo-agent", Decimal("200.50"))
    await database.write(tokens.set_authority, "other", "demo-supervisor", Decimal("1.00"))
    assert await authority("demo-agent", Role.AGENT) == Decimal("200.50")
    assert await authority("demo-supervisor", Role.SUPERVISOR) is None
    await database.write(tokens.set_authority, "demo", "demo-agent", None)
    assert await authority("demo-agent", Role.AGENT) == Decimal("5000.00")


async def test_authority_and_permissions_leave_each_other_alone(database: Database) -> None:
    """Setting the one keeps the other, whichever came first."""
    await database.write(tokens.grant, "demo", "a", ["logistics_tools"])
    await database.write(tokens.set_authority, "demo", "a", Decimal("10.00"))
    await database.write(tokens.set_authority, "demo", "b", Decimal("20.00"))
    await database.write(tokens.grant, "demo", "b", ["logistics_tools"])
    listed = (await database.read(accounts.list_accounts, "demo", 10)).items
    assert listed == [
        AccountRecord("a", (), ("logistics_tools",), Decimal("10.00")),
        AccountRecord("b", (), ("logistics_tools",), Decimal("20.00")),
    ]


async def test_accounts_are_listed_once_each_with_what_they_have(database: Database) -> None:
    """An account shows once however many tokens it has, with the roles of those that are good, page by page."""
    for token, account, roles in (
        ("t1", "ana", [Role.AGENT]),
        ("t2", "ana", [Role.AGENT, Role.SUPERVISOR]),
        ("t3", "bo", [Role.WAREHOUSE]),
        ("t4", "gone", [Role.FINANCE]),
    ):
        await database.write(tokens.add, tokens.hash_token(token), "demo", account, roles, NOON)
    await database.write(tokens.add, tokens.hash_token("t5"), "other", "eva", [Role.OWNER], NOON)
    await database.write(tokens.revoke, "demo", "gone", NOON + HOUR)
    await database.write(tokens.grant, "demo", "bo", ["logistics_tools"])
    first = await database.read(accounts.list_accounts, "demo", 2)
    assert first.next is not None
    rest = await database.read(accounts.list_accounts, "demo", 2, first.next)
    assert rest.next is None
    ana, bo, gone = first.items + rest.items
    assert ana == AccountRecord("ana", (Role.AGENT, Role.SUPERVISOR), (), None)
    assert bo == AccountRecord("bo", (Role.WAREHOUSE,), ("logistics_tools",), None)
    assert gone == AccountRecord("gone", (), (), None)
    assert await database.read(accounts.find, "demo", "bo") == bo
    assert await database.read(accounts.find, "demo", "eva") is None
