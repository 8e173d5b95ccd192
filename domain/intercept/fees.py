"""What an interception costs: the carrier's fee once the parcel is stopped, and nothing without success (S1-36, S1-37).

The seller pays it, whoever asked for the interception, return freight included (S1-16..18, S1-38). How much, by
carrier, stands in the edition (S1-20..22). What a branch stops after a call is settled outside the platform (S1-42).
"""

from decimal import Decimal
from typing import NamedTuple

from domain.case.ledger import Booking, EntryKind, Party
from domain.case.story import Story
from domain.intercept.state import InterceptState
from domain.money import ZERO
from domain.policy import InterceptTerms

RULE = "S1-37"


class Fee(NamedTuple):
    """What one stopped parcel costs, in yuan, and the rule that says so."""

    amount: Decimal
    rule: str


def fee(carrier: str, terms: InterceptTerms) -> Fee:
    """The fee of a carrier; nothing for those that do not intercept."""
    cited = terms.fees.get(carrier)
    return Fee(cited.value, cited.rule or RULE) if cited else Fee(ZERO, RULE)


def book_fee(state: InterceptState, story: Story) -> None:
    """The carrier stopped the parcel: the seller owes what was quoted when the interception was asked for."""
    story.book(
        Booking(
            kind=EntryKind.INTERCEPT_FEE,
            amount=state.fee,
            debit=Party.MERCHANT,
            credit=Party.CARRIER,
            rule=state.fee_rule,
        )
    )
