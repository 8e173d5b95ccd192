"""Orders with a known fate: what is reported of each, the steps taken, and how it must stand in the end.

What must come of an order is said here from its facts alone, by none of the product's own code.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

from tests.faults.client import Shop, event, order

PRICE, FREIGHT = Decimal("199.00"), Decimal("10.00")
CAMPAIGN = "flash"
SHIP_WITHIN = timedelta(hours=1)
POINTS = 3
RATE = Decimal("0.05")
EXTENSION = 3


class Step(StrEnum):
    """What can happen to an order: facts, and the two steps that people take."""

    PAY = "payment.received"
    CONSIGN = "parcel.consigned"
    PICK_UP = "parcel.picked_up"
    SIGN = "parcel.signed"
    EXTEND = "extend_receipt"
    CONFIRM = "confirm_receipt"


@dataclass(frozen=True, slots=True)
class Happening:
    """One step, and how many hours ago it happened."""

    step: Step
    hours_ago: float = 0.0


PAY, CONSIGN, PICK_UP, SIGN = (Happening(step, 0.5) for step in (Step.PAY, Step.CONSIGN, Step.PICK_UP, Step.SIGN))
EXTEND, CONFIRM = Happening(Step.EXTEND), Happening(Step.CONFIRM)
PAID_YESTERDAY = Happening(Step.PAY, 30)

JOURNEYS: tuple[tuple[Happening, ...], ...] = (
    (),
    (PAY,),
    (PAY, CONSIGN, EXTEND),
    (PAY, CONSIGN, EXTEND, PICK_UP),
    (PAY, CONSIGN, PICK_UP, EXTEND, SIGN),
    (PAY, CONSIGN, PICK_UP, SIGN, EXTEND, CONFIRM),
    # Late: nobody has it yet, or the carrier got it too late.
    (PAID_YESTERDAY,),
    (PAID_YESTERDAY, CONSIGN, EXTEND, PICK_UP),
    # Taken for late until the carrier's scan is reported.
    (PAID_YESTERDAY, Happening(Step.CONSIGN, 29.5), Happening(Step.PICK_UP, 29.4), EXTEND, SIGN),
)


@dataclass(frozen=True, slots=True)
class Standing:
    """How an order stands, as its snapshot shows it."""

    stage: str
    parcels: tuple[tuple[str, tuple[str, ...]], ...]
    paid: str
    points: int
    compensated: str

    @classmethod
    def shown(cls, case: dict[str, Any]) -> "Standing":
        """Out of a snapshot."""
        money = case["money"]
        parcels = tuple((parcel["status"], tuple(parcel["line_ids"])) for parcel in case["parcels"])
        return cls(case["stage"], parcels, money["paid"], money["points"], money["compensated"])


@dataclass(frozen=True, slots=True)
class Journey:
    """One order of a run."""

    order_id: str
    happenings: Sequence[Happening]
    started: datetime

    @property
    def case_id(self) -> str:
        return f"order:demo:taobao:{self.order_id}"

    def went_through(self, step: Step) -> bool:
        return any(one.step is step for one in self.happenings)

    def expected(self) -> Standing:
        """How it must stand, going by its facts."""
        late = self._late()
        paid = PRICE + FREIGHT if self.went_through(Step.PAY) else Decimal("0.00")
        compensated = (PRICE * RATE).quantize(Decimal("0.01")) if late else Decimal("0.00")
        return Standing(self._stage(), self._parcels(), str(paid), POINTS if late else 0, str(compensated))

    def facts(self) -> list[Step]:
        """The facts reported of it."""
        return [one.step for one in self.happenings if one.step not in (Step.EXTEND, Step.CONFIRM)]

    async def run(self, shop: Shop, done: Callable[[], Awaitable[None]]) -> None:
        """Opens the order and takes it through everything, telling of each thing done."""
        await shop.insist("POST", "/v1/cases", order(self.order_id, self.started - timedelta(hours=40), CAMPAIGN))
        await done()
        for one in self.happenings:
            await self._happen(shop, one)
            await done()

    async def _happen(self, shop: Shop, one: Happening) -> None:
        actions = f"/v1/cases/{self.case_id}/actions"
        match one.step:
            case Step.EXTEND:
                # An action refused because its facts are still under way stays refused under its key.
                await shop.until(self.case_id, lambda case: case["parcels"])
                for _ in range(2):
                    await shop.insist("POST", f"{actions}/extend_receipt", {"days": EXTENSION}, key=self._key(one.step))
            case Step.CONFIRM:
                for _ in range(2):
                    await shop.insist("POST", f"{actions}/confirm_receipt", {}, "demo-buyer", key=self._key(one.step))
            case _:
                await shop.insist("POST", "/v1/events", self._event(one), self._reporter(one.step))

    def _event(self, one: Happening) -> dict[str, Any]:
        at = self.started - timedelta(hours=one.hours_ago)
        of_order, of_parcel = f"order/taobao/{self.order_id}", f"parcel/zto/ZT-{self.order_id}"
        match one.step:
            case Step.PAY:
                return event(self._key(one.step), one.step, of_order, at, amount=str(PRICE + FREIGHT))
            case Step.CONSIGN:
                parcel = {"carrier": "zto", "tracking_no": f"ZT-{self.order_id}", "line_ids": ["1"]}
                return event(self._key(one.step), one.step, of_order, at, **parcel)
            case _:
                return event(self._key(one.step), one.step, of_parcel, at)

    def _key(self, step: Step) -> str:
        return f"{self.order_id}-{step}"

    def _reporter(self, step: Step) -> str:
        return {Step.PAY: "demo-payment", Step.CONSIGN: "demo-erp"}.get(step, "demo-carrier")

    def _late(self) -> bool:
        hours_ago = {one.step: one.hours_ago for one in self.happenings}
        if Step.PAY not in hours_ago:
            return False
        taken = hours_ago[Step.PAY] - hours_ago.get(Step.PICK_UP, 0.0)
        return timedelta(hours=taken) > SHIP_WITHIN

    def _stage(self) -> str:
        stages = {
            Step.CONFIRM: "completed",
            Step.SIGN: "delivered",
            Step.PICK_UP: "in_transit",
            Step.PAY: "awaiting_shipment",
        }
        return next((stage for step, stage in stages.items() if self.went_through(step)), "awaiting_payment")

    def _parcels(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        for step in (Step.SIGN, Step.PICK_UP, Step.CONSIGN):
            if self.went_through(step):
                return ((step.removeprefix("parcel."), ("1",)),)
        return ()


def journeys(count: int) -> list[Journey]:
    """So many orders, every kind of fate among them."""
    now = datetime.now(UTC)
    return [Journey(f"K{number}", JOURNEYS[number % len(JOURNEYS)], now) for number in range(count)]


async def prepare_campaign(shop: Shop) -> None:
    """The campaign that every journey's order belongs to: it must be shipped within an hour."""
    now = datetime.now(UTC)
    terms = {
        "from": (now - timedelta(days=3)).isoformat(),
        "to": (now + timedelta(days=3)).isoformat(),
        "ship_within": "PT1H",
    }
    await shop.insist("PUT", f"/v1/campaigns/{CAMPAIGN}", terms, "demo-platform")
