"""Services that the shop offers of its own: until when each may be asked for, and what speaks against it."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial

from domain.case.deadline import Because, Deadline, DeadlineState, Plan, find, withdrawn
from domain.case.declare import ClockRule
from domain.case.story import Story
from domain.errors import Refusal
from domain.order.shipping.handover import delivery
from domain.order.state import OrderState
from domain.policy import Policy
from domain.policy.labels import in_english
from domain.shop.service import ON_OFFER, Service
from domain.times import china_clock, iso_instant


def against_offer(state: OrderState, service: Service, now: datetime) -> Iterable[Refusal]:
    """It was not offered when the order was placed, does not run yet, or is over."""
    named = in_english("service", service).capitalize()
    if not any(offer.service is service for offer in state.offers):
        yield Refusal(code="not_offered", message=f"{named} is not offered for this order.")
        return
    clock = find(state.deadlines, service)
    if clock is None:
        yield Refusal(code="not_received", message=f"{named} is for goods that were delivered.")
    elif clock.state is DeadlineState.ELAPSED or clock.due_at <= now:
        until = china_clock(clock.due_at)
        yield Refusal(
            code="offer_over",
            message=f"{named} was offered until {until} (China time).",
            figures={"until": iso_instant(clock.due_at)},
        )


def has_open(state: OrderState, now: datetime) -> bool:
    """Whether a service on offer may still be asked for."""
    return any(not list(against_offer(state, offer.service, now)) for offer in state.offers)


def has_running(state: OrderState) -> bool:
    """Whether the time of one still runs: the order stays open as long."""
    return any(deadline.running for deadline in state.deadlines if deadline.kind in ON_OFFER)


def _offer_plans(service: Service, state: OrderState, policy: Policy) -> Iterable[Plan]:
    """From the carrier's signed time on, until every line is paid back."""
    offer = next((offer for offer in state.offers if offer.service is service), None)
    last = delivery(state)
    if offer is None or last is None:
        yield from withdrawn(state.deadlines, service)
        return
    over = DeadlineState.CANCELLED if state.closed_at else DeadlineState.MET
    yield Plan(
        kind=service,
        started_at=last.since,
        due_at=last.since + timedelta(days=offer.days),
        because=Because.since(last.by, f"service-offers.{service}", policy.id, f"P{offer.days}D"),
        outcome=over if state.closed_at or not state.remaining() else None,
    )


def _pass_offer(service: Service, state: OrderState, policy: Policy, deadline: Deadline, story: Story) -> None:
    """It may not be asked for any more; a completed order ends."""
    story.tell(f"{service}.elapsed", f"{in_english('service', service).capitalize()} is not offered any more")


OFFER_CLOCKS: tuple[ClockRule[OrderState], ...] = tuple(
    ClockRule(
        kind=service,
        title=f"{in_english('service', service).capitalize()} on offer",
        plans=partial(_offer_plans, service),
        consequence=partial(_pass_offer, service),
    )
    for service in ON_OFFER
)
