"""Parcels that carriers were to stop."""

from datetime import date
from decimal import Decimal

import pytest

from domain.case.errand import ErrandResult
from domain.roles import Role
from store.database import Database
from tests.domain.intercept.stopping import LATER, STOPPED, Stopped, asked_back, failed, on_its_way
from tests.store.reports.kept import asked, keep

ELEVENTH, TWELFTH = date(2026, 11, 11), date(2026, 11, 12)


def stopped(answer: ErrandResult, parcel: str = "zto/ZT1") -> Stopped:
    """A parcel that the carrier was to stop."""
    trade = on_its_way(parcels={parcel: ["1"]}, answer=answer)
    return trade.stop(asked_back(trade), parcel)[0]


@pytest.mark.rule("S1-31")
async def test_success_and_cost_by_day_and_carrier(database: Database) -> None:
    """Only what was stopped costs a fee; a claim stands beside it; who has not answered is in no rate."""
    lost = stopped(STOPPED)
    lost.act("file_claim", kind="lost", amount="100.00")
    lost.act("settle_claim", Role.CARRIER, amount="80.00")
    for number, one in enumerate((lost, stopped(STOPPED), stopped(failed()), stopped(LATER))):
        await keep(database, one.trade, f"A{number}")
    await keep(database, stopped(failed(), "yto/YT1").trade, "B")
    rows = [
        (ELEVENTH, "yto", 1, 0, 1, Decimal(0), Decimal("0.00"), Decimal("0.00")),
        (ELEVENTH, "zto", 4, 2, 1, Decimal("0.6667"), Decimal("6.00"), Decimal("80.00")),
    ]
    assert await asked(database, "interceptions") == rows
    assert await asked(database, "interceptions", (TWELFTH, TWELFTH)) == []
    assert await asked(database, "interceptions", merchant="other") == []
