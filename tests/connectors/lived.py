"""Lets the cases live what a connector tells: openings, facts and steps as the API would take them."""

import json
import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from connectors.translation import Message, Step, Translation
from domain.after_sale.life import AFTER_SALE
from domain.errors import ActionRefused
from domain.events import CloudEvent, read_event
from domain.order.life import ORDER
from domain.order.opening import Buyer, OpenOrder, OrderLine, accept_opening, begin
from domain.order.state import Source
from domain.policy import Platform, current_policy
from domain.roles import Role
from domain.times import CHINA
from tests.connectors.examples import messages, translate
from tests.connectors.lives import BEGIN
from tests.domain.after_sale.outside import Payer
from tests.domain.after_sale.trade import Trade
from tests.domain.orders import actor

_CHANGED = re.compile(r'"(?:modified|update_time)": "?([^",}]+)')
_ACTORS = {role: actor(role) for role in Role}


class Lived(Trade):
    """An order that a platform tells of; the platform pays refunds itself. `not_taken` has the steps not taken."""

    def __init__(self, opening: OpenOrder, now: datetime) -> None:
        super().__init__(payer=Payer.REFUSES)
        self.now = now
        policy = current_policy(opening.platform).id
        self.case = begin(accept_opening(opening, "demo", policy, None, actor(Role.AGENT), now))
        self.not_taken: list[tuple[str, list[str]]] = []
        self._named: dict[str, str] = {}

    def hear(self, told: Translation, now: datetime) -> None:
        """Takes in what a message tells, when it comes."""
        self.until(now)
        for fact in told.facts:
            self._take_in(fact)
        for step in told.steps:
            try:
                self._step(step)
            except ActionRefused as error:
                self.not_taken.append((step.action, [reason.code for reason in error.reasons]))
        self.until(now)

    def _take_in(self, fact: CloudEvent) -> None:
        reported = read_event(fact.model_dump(mode="json"), "demo", _ACTORS, self.now)
        assert reported.target == self.state.case_id
        self.deliver(reported.fact)

    def _step(self, step: Step) -> None:
        if step.request is None or step.action == "request_after_sale":
            result = self.take(self.case, ORDER.action(step.action), step.role, step.input)
            if step.request is not None:
                self._named[step.request] = result["case_id"]
        else:
            request = self.children[self._named[step.request]]
            self.take(request, AFTER_SALE.action(step.action), step.role, step.input)


def received(platform: Platform, order_id: str, line_id: str) -> Lived:
    """An order that its buyer has."""
    opening = OpenOrder(
        platform=platform,
        order_id=order_id,
        source=Source.SILENT,
        placed_at=BEGIN - timedelta(days=4),
        lines=[OrderLine(line_id=line_id, sku="S", title="货", category="general", quantity=3, amount=Decimal(30_000))],
        buyer=Buyer(id="b-1"),
    )
    trade = Lived(opening, opening.placed_at)
    trade.pay()
    trade.consign(when=BEGIN - timedelta(days=3))
    trade.scan(when=BEGIN - timedelta(days=3))
    trade.scan("signed", when=BEGIN - timedelta(days=1))
    return trade


def live(connector: str, snapshots: Iterable[Any], trade: Lived | None = None) -> Lived | None:
    """A life as it is told, from the first message that opens the order; None: no message does."""
    last: Message | None = None
    now = BEGIN
    for content in snapshots:
        (message,) = messages(connector, content)
        told = translate(connector, message, last)
        assert isinstance(told, Translation), told
        last, now = message, _changed_at(content) or now + timedelta(hours=1)
        if trade is None and told.opening:
            trade = Lived(told.opening, now)
        if trade:
            trade.hear(told, now)
    return trade


def _changed_at(content: Any) -> datetime | None:
    found = _CHANGED.search(json.dumps(content))
    if found is None:
        return None
    text = found[1]
    if text.isdigit():
        return datetime.fromtimestamp(int(text), CHINA)
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)
