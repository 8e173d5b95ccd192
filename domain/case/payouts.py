"""Money on its way to a buyer, whatever kind of case owes it: through the payments partner, or by hand.

It is owed (`owe`), let go (`let_go`) and booked once it has reached the buyer (`book`): by the partner's answer, by
finance's word where the shop pays by hand or the partner will not (the buyer's account is closed), or by the
marketplace's, where that holds the money: then nobody else pays a request's.
"""

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any, TypeVar

from pydantic import BaseModel, Field

from domain.case.action import ActionContext
from domain.case.declare import ActionRule, Nothing, OutcomeRule, TaskRule
from domain.case.errand import ErrandResult, PayBuyer
from domain.case.ids import CaseKind
from domain.case.ledger import Booking, EntryKind, Party
from domain.case.state import CaseState
from domain.case.story import Story
from domain.case.work import WorkItem
from domain.errors import Refusal
from domain.money import ZERO, Yuan
from domain.policy import Policy
from domain.roles import Role
from domain.times import Instant

PAY_REFUND = "pay_refund"
"""The task of finance to pay by hand."""


class Payout(BaseModel):
    """Money on its way to the buyer.

    Attributes:
        about: what it is for; `matter` tells it from every other of its case, also with the partner.
        kind: how it is booked; `rule`: why it is owed.
        owed_at: since when.
        sent: whether it was let go; what is not, can still be changed.
        by_hand: finance pays it, by the task of that matter, or the marketplace does (`platform`); no partner is asked.
        paid: it has reached the buyer, and is booked.
        back: what of it counts for each line, yuan, where a case pays for several.
    """

    matter: str
    about: str
    kind: EntryKind
    amount: Yuan
    rule: str
    owed_at: Instant
    sent: bool = False
    by_hand: str | None = None
    paid: bool = False
    back: dict[str, Yuan] = Field(default_factory=dict)

    @property
    def with_partner(self) -> bool:
        """Whether the partner was asked to pay it, and has not answered: nothing can be changed any more."""
        return self.sent and self.by_hand is None and not self.paid


class PayingCase(CaseState):
    """A case that may owe its buyer money.

    Attributes:
        refunds_by_hand: whether the shop's finance people pay themselves (S4-29).
        refunds_by_platform: whether the marketplace pays what requests are granted, and says so once it has.
    """

    payouts: list[Payout] = Field(default_factory=list)
    refunds_by_hand: bool = False
    refunds_by_platform: bool = False

    def platform_pays(self, payout: Payout) -> bool:
        """Whether the marketplace does: what a request is granted; what else is owed the shop pays beside it."""
        granted = self.kind is CaseKind.AFTER_SALE and payout.kind is not EntryKind.FREIGHT_SUBSIDY
        return self.refunds_by_platform and granted

    def payout(self, kind: EntryKind) -> Decimal:
        """What the buyer gets of a kind, whether it has reached them or not, yuan."""
        return sum((payout.amount for payout in self.payouts if payout.kind is kind), ZERO)

    def paid_out(self, kind: EntryKind) -> Decimal:
        """What the buyer has got of a kind, yuan."""
        return sum((payout.amount for payout in self.payouts if payout.paid and payout.kind is kind), ZERO)

    def unpaid_payouts(self) -> list[Payout]:
        """What has not reached the buyer yet."""
        return [payout for payout in self.payouts if not payout.paid]

    def owed_by_hand(self, task: WorkItem | None = None) -> list[Payout]:
        """What finance is to pay, all of it or what one task is about."""
        by_hand = (payout for payout in self.unpaid_payouts() if payout.by_hand is not None)
        return [payout for payout in by_hand if task is None or payout.by_hand == task.matter]


BY_PLATFORM = "platform"
"""Who pays what nobody here does."""
P = TypeVar("P", bound=PayingCase)
Then = Callable[[P, Story], None]
"""What follows once money has reached the buyer."""


def owe(
    state: PayingCase,
    story: Story,
    kind: EntryKind,
    amount: Decimal,
    rule: str,
    about: str = "",
    back: dict[str, Decimal] | None = None,
) -> None:
    """The buyer is owed this, `about` what, if it is not what its kind says; nothing where it is nothing."""
    if not amount:
        return
    about = about or kind.value
    number = 1 + sum(payout.about == about for payout in state.payouts)
    state.payouts.append(
        Payout(
            matter=about if number == 1 else f"{about}-{number}",
            about=about,
            kind=kind,
            amount=amount,
            rule=rule,
            owed_at=story.cause.now,
            back=back or {},
        )
    )


def let_go(state: PayingCase, story: Story) -> None:
    """What is owed goes: through the partner, to finance where the shop pays by hand; or the marketplace pays it."""
    by_hand = False
    for payout in [payout for payout in state.payouts if not payout.sent]:
        payout.sent = True
        if state.platform_pays(payout):
            payout.by_hand = BY_PLATFORM
        elif state.refunds_by_hand:
            payout.by_hand, by_hand = story.cause.id, True
        else:
            story.send(PayBuyer(matter=payout.matter, amount=payout.amount))
    if by_hand:
        story.ask_for(PAY_REFUND, matter=story.cause.id)


def hear_partner(state: P, errand: PayBuyer, errand_id: str, result: ErrandResult, story: Story, then: Then[P]) -> None:
    """The partner has paid; or it refused for good, and finance pays that by hand."""
    for payout in state.unpaid_payouts():
        if payout.matter != errand.matter:
            continue
        if result.refused:
            payout.by_hand = errand_id
            story.tell("refund.by_hand", f"{payout.amount} yuan are to be paid by hand")
            story.ask_for(PAY_REFUND, matter=errand_id)
        else:
            book(payout, story)
    if not result.refused:
        then(state, story)


def hear_platform_failed(state: PayingCase, story: Story) -> None:
    """The marketplace could not pay: finance does, unless its word that it has comes first."""
    owed = [payout for payout in state.owed_by_hand() if payout.by_hand == BY_PLATFORM]
    for payout in owed:
        story.tell("refund.by_hand", f"The marketplace did not pay: {payout.amount} yuan are to be paid by hand")
    if owed:
        story.ask_for(PAY_REFUND, matter=BY_PLATFORM)


def book(payout: Payout, story: Story) -> None:
    """Money has reached the buyer: it is booked, once."""
    payout.paid = True
    story.book(
        Booking(kind=payout.kind, amount=payout.amount, debit=Party.MERCHANT, credit=Party.BUYER, rule=payout.rule)
    )
    story.tell(f"{payout.kind}.paid", f"Paid to the buyer: {payout.amount} yuan ({payout.rule})")


def _still_owed(state: PayingCase, item: WorkItem) -> bool:
    return bool(state.owed_by_hand(item))


def _amount_by_hand(state: PayingCase, policy: Policy, item: WorkItem) -> str:
    return str(sum((payout.amount for payout in state.owed_by_hand(item)), ZERO))


def paid_by_hand_task(then: Then[P]) -> TaskRule[P]:
    """Finance pays by hand; the outcome `paid` is their word that the money went out, and books it."""

    def take(context: ActionContext[P, Nothing], item: WorkItem, story: Story) -> None:
        for payout in context.state.owed_by_hand(item):
            book(payout, story)
        then(context.state, story)

    paid = OutcomeRule(name="paid", data=Nothing, take=take, roles=(Role.FINANCE, Role.OWNER))
    return TaskRule(
        name=PAY_REFUND,
        needed=_still_owed,
        outcomes=(paid,),
        script_values={"amount": _amount_by_hand},
        always_known=frozenset({"amount"}),
    )


def confirm_refund_paid(title: str, then: Then[P], against: Callable[[P], Iterable[Refusal]]) -> ActionRule[P, Nothing]:
    """The word that what no partner pays went out: the marketplace's part where it has one, else finance's."""

    def confirm_paid_refusals(context: ActionContext[P, object]) -> Iterable[Refusal]:
        state = context.state
        reasons = list(against(state))
        yield from reasons
        if not reasons and not state.owed_by_hand():
            yield Refusal(code="paid_by_partner", message="The payments partner pays this; nobody pays it by hand.")

    def take(context: ActionContext[P, Nothing], story: Story) -> dict[str, Any]:
        owed = context.state.owed_by_hand()
        for payout in [one for one in owed if one.by_hand == BY_PLATFORM] or owed:
            book(payout, story)
        then(context.state, story)
        return {}

    return ActionRule(
        name="confirm_refund_paid",
        title=title,
        input=Nothing,
        roles=(Role.FINANCE, Role.OWNER),
        refusals=confirm_paid_refusals,
        take=take,
    )
