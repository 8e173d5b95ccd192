"""A stopped parcel that is lost or damaged on its way back: the carrier pays, once and within limits."""

import pytest

from domain.errors import Forbidden
from domain.parcels.journey import Where, where_is
from domain.roles import Role
from tests.domain.intercept.stopping import Stopped, asked_back, failed, on_its_way
from tests.domain.orders import at, line


def stopped(amount: str = "650.00", parcel: str = "zto/ZT1") -> Stopped:
    """A parcel of that worth on its way back."""
    trade = on_its_way(line("1", amount), parcels={parcel: ["1"]})
    return trade.stop(asked_back(trade), parcel)[0]


@pytest.mark.rule("S1-09", "S1-32", "S1-35", "S1-43")
@pytest.mark.parametrize("kind", ["lost", "damaged"])
def test_the_carrier_pays_a_claim(kind: str) -> None:
    """Booked from the carrier to the merchant; the fee stays, the refund too, and all cases end."""
    parcel = stopped()
    parcel.act("file_claim", kind=kind, amount="650.00", text="退回途中丢失")
    assert parcel.claimed == "0.00"
    parcel.act("settle_claim", Role.CARRIER, amount="400.00")
    assert (parcel.stage, parcel.state.open, parcel.claimed, parcel.fee) == ("claimed", False, "400.00", "3.00")
    (entry,) = [entry for entry in parcel.state.ledger if entry.kind == "intercept_claim"]
    assert (entry.debit, entry.credit, entry.rule) == ("carrier", "merchant", "S1-32")
    parcel.trade.until(at(days=40))
    assert not parcel.trade.state.open


@pytest.mark.rule("S1-32")
def test_a_claim_may_come_to_nothing() -> None:
    """The carrier pays nothing: nothing is booked, and it is over."""
    parcel = stopped()
    parcel.act("file_claim", kind="lost", amount="650.00")
    parcel.act("settle_claim", Role.OWNER, amount="0.00")
    assert (parcel.stage, parcel.state.open, parcel.claimed, parcel.fee) == ("claimed", False, "0.00", "3.00")


@pytest.mark.rule("S1-32")
@pytest.mark.parametrize(
    ("amount", "against"), [("650.00", []), ("650.01", ["claim_limit"]), ("1000.01", ["claim_limit"])]
)
def test_no_more_than_the_parcel_is_worth(amount: str, against: list[str]) -> None:
    """The parcel's value is below the carriers' 1,000 yuan, so it is the limit."""
    assert stopped().refused("file_claim", kind="lost", amount=amount) == against


@pytest.mark.rule("S1-32")
def test_no_more_than_the_carriers_limit() -> None:
    """Where an edition lets dearer parcels be stopped, the carriers' limit holds."""
    parcel = stopped()
    parcel.state.worth = parcel.state.claim_limit * 2
    assert parcel.refused("file_claim", kind="lost", amount="1000.01") == ["claim_limit"]
    assert parcel.refused("file_claim", kind="lost", amount="1000.00") == []


def test_no_more_is_paid_than_claimed() -> None:
    """A slip of the finger is refused."""
    parcel = stopped()
    parcel.act("file_claim", kind="damaged", amount="100.00")
    assert parcel.refused("settle_claim", Role.CARRIER, amount="100.01") == ["claim_limit"]


def test_a_parcel_is_claimed_once() -> None:
    """Neither a second claim nor a second payment."""
    parcel = stopped()
    assert parcel.refused("settle_claim", Role.CARRIER, amount="1.00") == ["no_claim"]
    parcel.act("file_claim", kind="lost", amount="100.00")
    assert parcel.refused("file_claim", kind="lost", amount="100.00") == ["already_claimed"]
    parcel.act("settle_claim", Role.CARRIER, amount="100.00")
    assert "case_ended" in parcel.refused("settle_claim", Role.CARRIER, amount="100.00")
    assert parcel.claimed == "100.00"


@pytest.mark.rule("S1-09")
def test_only_a_stopped_parcel_is_claimed() -> None:
    """One that goes on to the buyer was not in the carrier's hands for us."""
    trade = on_its_way(answer=failed())
    (parcel,) = trade.stop(asked_back(trade))
    assert parcel.refused("file_claim", kind="lost", amount="10.00") == ["not_intercepted"]


@pytest.mark.rule("S1-32")
def test_damage_is_found_when_the_parcel_is_back() -> None:
    """A returned parcel can be claimed for a month."""
    parcel = stopped()
    parcel.trade.reported("returned", when=at(days=3))
    parcel.act("file_claim", kind="damaged", amount="50.00")
    parcel.act("settle_claim", Role.CARRIER, amount="50.00")
    assert (parcel.stage, parcel.claimed) == ("claimed", "50.00")


@pytest.mark.rule("S1-35")
def test_what_does_not_come_back_is_looked_for() -> None:
    """After fifteen days somebody asks and claims; the fee stays in any case."""
    parcel = stopped()
    parcel.trade.until(at(days=15))
    assert parcel.open_tasks() == []
    parcel.trade.until(at(days=15, hours=1))
    assert (parcel.open_tasks(), parcel.fee) == (["claim_intercepted_parcel"], "3.00")
    parcel.act("file_claim", kind="lost", amount="650.00")
    assert parcel.open_tasks() == []


def test_when_the_time_for_claims_is_over_nobody_is_asked_any_more() -> None:
    """The interception ends as it stands, and its task with it."""
    parcel = stopped()
    parcel.trade.until(at(days=16))
    assert parcel.open_tasks() == ["claim_intercepted_parcel"]
    parcel.trade.until(at(days=120))
    assert (parcel.stage, parcel.state.open, parcel.open_tasks()) == ("intercepted", False, [])


@pytest.mark.rule("S1-09")
@pytest.mark.parametrize("kind", ["lost", "damaged"])
def test_a_loss_that_the_carrier_reports_is_claimed_at_once(kind: str) -> None:
    """Nobody waits for the fifteen days."""
    parcel = stopped()
    parcel.trade.reported("exception", kind=kind)
    assert parcel.open_tasks() == ["claim_intercepted_parcel"]


def test_other_trouble_on_the_way_is_no_loss() -> None:
    """Weather delays a parcel, no more."""
    parcel = stopped()
    parcel.trade.reported("exception", kind="weather")
    assert parcel.open_tasks() == []


@pytest.mark.rule("S1-09")
def test_a_claim_that_is_not_settled_is_asked_after() -> None:
    """Finance asks the carrier after fifteen days; settling it ends the task."""
    parcel = stopped()
    parcel.act("file_claim", kind="lost", amount="650.00")
    parcel.trade.until(at(days=15, hours=2))
    assert parcel.open_tasks() == ["intercept_claim_unpaid"]
    parcel.act("settle_claim", Role.OWNER, amount="0.00")
    assert parcel.open_tasks() == []


def test_nobody_claims() -> None:
    """A month after the carrier's yes it ends as it stands."""
    parcel = stopped()
    parcel.trade.until(at(days=31))
    assert (parcel.stage, parcel.state.open, parcel.claimed, parcel.fee) == ("intercepted", False, "0.00", "3.00")


@pytest.mark.parametrize(
    ("action", "role"), [("file_claim", Role.BUYER), ("file_claim", Role.CARRIER), ("settle_claim", Role.AGENT)]
)
def test_others_may_not(action: str, role: Role) -> None:
    """The shop claims, the carrier or the owner settles."""
    input_ = {"kind": "lost"} if action == "file_claim" else {}
    with pytest.raises(Forbidden):
        stopped().act(action, role, amount="10.00", **input_)


def test_a_parcel_that_nobody_scanned_is_here_all_the_same() -> None:
    """Whoever was to claim it says so: its goods are back, in its order too, and damage can still be claimed."""
    parcel = stopped()
    parcel.trade.until(at(days=17))
    parcel.trade.done_in(parcel.case, "claim_intercepted_parcel", "returned")
    assert (parcel.stage, parcel.open_tasks(), parcel.refused("file_claim", kind="damaged", amount="9.00")) == (
        "returned",
        [],
        [],
    )
    assert where_is(parcel.trade.state.parcels[0]) is Where.RETURNED
