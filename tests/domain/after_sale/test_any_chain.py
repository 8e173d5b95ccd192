"""What holds of an order and its requests, whatever is asked, answered, shipped, paid and told late."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given

from domain.after_sale.life import AFTER_SALE
from domain.after_sale.standing import standing
from domain.after_sale.state import AfterSaleStage
from domain.case.ledger import EntryKind, net
from domain.case.live import LiveCase
from domain.money import ZERO
from domain.order.life import ORDER
from domain.roles import Role
from tests.domain.after_sale.chains import NAMES, REASONS, Step, inputs, requests, steps, trades
from tests.domain.after_sale.outside import Payer
from tests.domain.after_sale.trade import Request, Trade
from tests.domain.order.histories import bounded
from tests.domain.orders import request_by


def finish(trade: Trade) -> None:
    """Letters arrive, the partner pays, finance confirms, and then nobody does anything for a hundred days."""
    trade.letters_wait, trade.payer = False, Payer.PAYS
    trade.until(trade.now)
    trade.until(trade.now + timedelta(days=150))


def booked(ask: Request) -> Decimal:
    """What the buyer has got for their goods by this request, yuan."""
    return net(ask.state.ledger, EntryKind.REFUND) + net(ask.state.ledger, EntryKind.COMPENSATION)


def takes(trade: Trade, case: LiveCase[Any], action: str, role: Role, one: dict[str, Any]) -> bool:
    """Whether a step would be taken now."""
    rule = case.life.action(action)
    input_ = rule.input.model_validate(one)
    by = request_by(role, circumstances=trade.stocked(case, rule, input_))
    return not case.refusals(rule, by, trade.now, input_)


@bounded
@given(trade=trades(), to_take=steps())
def test_nobody_gets_back_more_than_was_paid(trade: Trade, to_take: list[Step]) -> None:
    """Neither of the order nor of a line; freight at most once; and no more than is on its way or paid."""
    for step in to_take:
        step.take(trade)
        asks = requests(trade)
        underway = sum((p.amount for ask in asks for p in ask.state.payouts if p.kind != "freight_subsidy"), ZERO)
        assert sum((booked(ask) for ask in asks), ZERO) <= underway <= trade.state.paid
        views = [standing(ask.state) for ask in asks]
        for each in trade.state.lines:
            assert sum((view.back.get(each.line_id, ZERO) for view in views), ZERO) <= each.amount
        assert sum((view.freight for view in views), ZERO) <= trade.state.freight
        assert sum(view.outbound_kept for view in views) <= 8


@bounded
@given(trade=trades(), to_take=steps())
def test_each_payment_is_made_once(trade: Trade, to_take: list[Step]) -> None:
    """By the partner or by finance, never by both; and the ledger books just what was paid."""
    for step in to_take:
        step.take(trade)
    finish(trade)
    for ask in requests(trade):
        by_partner = [
            (pay.matter, pay.amount)
            for errand_id, pay in trade.paid_out.items()
            if errand_id.startswith(f"{ask.state.case_id}/")
        ]
        of_partner = [(payout.kind, payout.amount) for payout in ask.state.payouts if not payout.by_hand]
        assert sorted(by_partner) == sorted(of_partner)
        entries = sorted((entry.kind.value, entry.amount) for entry in ask.state.ledger)
        assert entries == sorted((payout.kind, payout.amount) for payout in ask.state.payouts if payout.paid)


@bounded
@given(trade=trades(), to_take=steps())
def test_goods_are_conserved(trade: Trade, to_take: list[Step]) -> None:
    """No unit is asked about twice at a time nor settled twice; once all are settled nothing comes after that."""
    for step in to_take:
        step.take(trade)
    finish(trade)
    asks = requests(trade)
    for each in trade.state.lines:
        about = [ask for ask in asks if each.line_id in ask.view.units]
        settled = [ask.view.done.get(each.line_id, 0) for ask in about]
        running = sum(ask.view.units[each.line_id] for ask in about if ask.view.open)
        assert each.settled == sum(settled) <= each.quantity - running
        for ask, done in zip(about, settled, strict=True):
            assert done in (0, ask.view.units[each.line_id]) or not ask.state.replacement_sent_at
            assert done <= ask.view.units[each.line_id]
        assert each.refunded is (sum(settled) == each.quantity)


@pytest.mark.rule("S3-12", "S3-17")
@bounded
@given(trade=trades(), to_take=steps())
def test_every_reservation_ends_once(trade: Trade, to_take: list[Step]) -> None:
    """What is held belongs to an open request; units never run below nothing."""
    for step in to_take:
        step.take(trade)
        kept = [ask.state.reservation_id for ask in requests(trade) if ask.state.reservation_id]
        assert sorted(trade.warehouse.held) == sorted(kept)
        assert all(ask.state.open for ask in requests(trade) if ask.state.reservation_id)
        assert min(trade.warehouse.free(sku) for sku in trade.warehouse.units) >= 0


@bounded
@given(trade=trades(), to_take=steps())
def test_nothing_stays_open_for_ever(trade: Trade, to_take: list[Step]) -> None:
    """With nobody acting every request ends; one that waits for the shop or the platform has a task open.

    Its order ends too, unless somebody has something left to do.
    """
    for step in to_take:
        step.take(trade)
    finish(trade)
    for ask in requests(trade):
        if ask.state.open:
            assert WAITS[ask.state.at] & {*ask.open_tasks()}
        else:
            assert ask.open_tasks() == []
            assert not [deadline for deadline in ask.state.deadlines if deadline.running]
    done = trade.state.over and not trade.state.has_open_child() and not trade.open_tasks()
    assert trade.state.open is not done


WAITS = {
    AfterSaleStage.AWAITING_REPLACEMENT: {"ship_replacement"},
    AfterSaleStage.PLATFORM_INTERVENTION: {"platform_follow_up"},
    AfterSaleStage.REFUNDING: {"pay_refund"},
    AfterSaleStage.SUCCEEDED: {"inspect_return", "inspect_trial", "paid_unseen"},
    AfterSaleStage.CLOSED: {"check_return", "late_return"},
}
"""What somebody is asked to do where a request waits for the shop or the platform."""


@bounded
@given(trade=trades(), to_take=steps())
def test_what_is_offered_is_accepted(trade: Trade, to_take: list[Step]) -> None:
    """For every role: a step is allowed if and only if some input would be taken."""
    for step in to_take:
        step.take(trade)
    for ask in requests(trade):
        given_to = inputs(ask)
        for action in AFTER_SALE.actions:
            for role in action.roles if action.name in NAMES else ():
                taken = [one for one in given_to[action.name] if takes(trade, ask.case, action.name, role, one)]
                assert bool(taken) is not bool(ask.against(action.name, role)), f"{action.name} by {role}"


@bounded
@given(trade=trades(), to_take=steps())
def test_a_request_is_offered_if_one_can_be_made(trade: Trade, to_take: list[Step]) -> None:
    """The order's own offer, for buyer and agent."""
    for step in to_take:
        step.take(trade)
    asked = [
        {"service": "refund_only", "line_ids": [each.line_id], "reason": reason}
        for each in trade.state.lines
        for reason in REASONS
    ]
    for role in ORDER.action("request_after_sale").roles:
        taken = [one for one in asked if takes(trade, trade.case, "request_after_sale", role, one)]
        assert bool(taken) is not bool(trade.against("request_after_sale", role))


@bounded
@given(trade=trades(), to_take=steps())
def test_both_know_the_same(trade: Trade, to_take: list[Step]) -> None:
    """Once letters have arrived the order's view is the request's own, and the request's of the order what it is."""
    for step in to_take:
        step.take(trade)
        if not trade.letters_wait:
            for ask in requests(trade):
                assert ask.view.model_dump(exclude={"version"}) == standing(ask.state).model_dump(exclude={"version"})
                assert (
                    not ask.state.open or ask.state.surroundings == trade.state.request_surroundings[ask.state.case_id]
                )
