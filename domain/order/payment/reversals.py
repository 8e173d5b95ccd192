"""Payments that the buyer's bank took back: before shipping presale asks the buyer, after it finance sees to it.

So it is with a part that went back when the order was closed, which lives on as it had been paid in time.

Where some of the goods had left and others not, nothing else leaves for it: presale asks for the money, and the shop
decides what becomes of the rest.
"""

from collections.abc import Iterable
from decimal import Decimal

from domain.after_sale.opening import RequestAfterSale
from domain.after_sale.state import Reason
from domain.case.asking import ask_again
from domain.case.cause import Evidence
from domain.case.declare import Nothing, OutcomeRule, TaskRule
from domain.case.story import Story
from domain.case.units import Quantities, counted
from domain.case.work import WorkItem
from domain.errors import Refusal
from domain.money import ZERO
from domain.order.children.shop_requests import against_request, open_agreed, refund_of
from domain.order.context import OrderContext
from domain.order.money import lacking
from domain.order.shipping.clock import clock_start
from domain.order.shipping.handover import first_consigned_at, to_consign
from domain.order.state import OrderState
from domain.order.words import goods
from domain.policy import Policy
from domain.roles import SELLER, Group, Role
from domain.times import iso_instant

PAYMENT_REVERSED = "payment_reversed"
SHIPPED, REST, GIVEN_BACK = "shipped", "rest", "given_back"
"""The forms of the task once the buyer has, or is sent, goods or money that are not paid any more; `rest`: and about
those that have not left; `given_back`: about what the shop gave back itself."""


def ask_about_reversal(state: OrderState, story: Story) -> None:
    """Somebody is asked about the newest one, while something is not paid because of it."""
    matter, variant = _newest(state)
    if not matter or not lacking(state):
        return
    if not _is_lost(state):
        story.ask_for(PAYMENT_REVERSED, matter=matter, variant=variant)
        return
    story.ask_for(PAYMENT_REVERSED, matter=f"{matter}/{SHIPPED}", variant=SHIPPED, group=Group.FINANCE)
    if _rest(state):
        story.ask_for(PAYMENT_REVERSED, matter=f"{matter}/{REST}", variant=REST)


def _newest(state: OrderState) -> tuple[str, str]:
    """What was taken or given back last, and the form of the task about it; empty: nothing was."""
    lives_on = state.lives_on_since if state.returned else None
    taken_back = state.reversals[-1] if state.reversals else None
    if taken_back and not (lives_on and lives_on > taken_back.at):
        return taken_back.event_id, ""
    return (iso_instant(lives_on), GIVEN_BACK) if lives_on and not state.over else ("", "")


def _is_lost(state: OrderState) -> bool:
    return first_consigned_at(state) is not None or state.over


def _rest(state: OrderState) -> Quantities:
    """The goods that have not left and do not, as they are not paid any more; none once they are asked back."""
    if state.over or clock_start(state) is not None or state.at_the_door:
        return {}
    waiting = to_consign(state)
    return counted({line.line_id: waiting.get(line.line_id, 0) - line.refunding for line in state.remaining()})


def _needed(state: OrderState, item: WorkItem) -> bool:
    if item.variant == REST:
        return lacking(state) > 0 and bool(_rest(state))
    return lacking(state) > 0 and _is_lost(state) is (item.variant == SHIPPED)


def _refund_wanted(state: OrderState) -> RequestAfterSale | None:
    return refund_of(_rest(state), Reason.OTHER)


def _against_refund(context: OrderContext[object], item: WorkItem) -> Iterable[Refusal]:
    """What is not paid any more can be called off all the same: no money goes back for it."""
    reasons = against_request(context, _refund_wanted(context.state))
    yield from (reason for reason in reasons if reason.code != "not_paid")


def _on_refund(context: OrderContext[object], item: WorkItem, story: Story) -> None:
    """The rest is not sent; what of it is still paid goes back."""
    open_agreed(context, _refund_wanted(context.state), story)


def _on_taken_up(context: OrderContext[object], item: WorkItem, story: Story) -> None:
    """The shop sends the rest all the same, in the time that it has from now on."""
    state = context.state
    state.taken_up_at = story.cause.at
    state.taken_up_by = Evidence(type="order.taken_up", id=story.cause.evidence.id)
    story.tell("order.taken_up", "Not paid any more, and sent all the same")


_OF_THE_REST: tuple[OutcomeRule[OrderState, Nothing], ...] = (
    OutcomeRule(name="will_pay", data=Nothing, take=ask_again, variants=(REST,)),
    OutcomeRule(name="unreachable", data=Nothing, take=ask_again, variants=(REST,)),
    OutcomeRule(name="refund", data=Nothing, take=_on_refund, variants=(REST,), refusals=_against_refund),
    OutcomeRule(name="taken_up", data=Nothing, take=_on_taken_up, variants=(REST,), roles=(*SELLER, Role.FINANCE)),
)


def _amount(state: OrderState, policy: Policy, item: WorkItem) -> str:
    """What is not paid any more."""
    return str(lacking(state))


def _taken_back(state: OrderState, policy: Policy, item: WorkItem) -> str:
    """What of it the bank took."""
    return str(lacking(state) - _went_back(state))


def _given_back(state: OrderState, policy: Policy, item: WorkItem) -> str:
    """What of it the shop gave back itself."""
    return str(_went_back(state))


def _went_back(state: OrderState) -> Decimal:
    """What of the missing money went back with a closing, yuan; the bank took the rest, last or first."""
    if not state.lives_on_since:
        return ZERO
    by_bank = sum((reversal.amount for reversal in state.reversals), ZERO)
    most = lacking(state) if _newest(state)[1] == GIVEN_BACK else max(lacking(state) - by_bank, ZERO)
    return min(state.returned, most)


def _items(state: OrderState, policy: Policy, item: WorkItem) -> str | None:
    """What has not left."""
    return goods(state, _rest(state)) or None


REVERSAL_TASK = TaskRule(
    name=PAYMENT_REVERSED,
    needed=_needed,
    outcomes=_OF_THE_REST,
    script_values={"amount": _amount, "items": _items, "taken_back": _taken_back, "given_back": _given_back},
    always_known=frozenset({"amount"}),
)
