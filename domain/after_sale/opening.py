"""What a buyer asks for, and the state that a request starts in."""

from typing import Annotated

from pydantic import ConfigDict, Field, StringConstraints, model_validator

from domain.after_sale.life import AFTER_SALE
from domain.after_sale.relation import Surroundings
from domain.after_sale.services import SERVICES
from domain.after_sale.state import AfterSaleState, Demand, Reason, RequestedLine
from domain.after_sale.transitions import agree
from domain.case.cause import Evidence
from domain.case.child import Start, begin_child
from domain.case.ids import CaseKind
from domain.case.live import LiveCase
from domain.case.opening import Opening
from domain.case.story import Story
from domain.case.units import NamesLines, in_words
from domain.invalid import InvalidValue
from domain.money import ZERO, InYuan, Yuan
from domain.policy import Policy
from domain.policy.labels import in_chinese, in_english
from domain.privacy import Private
from domain.shop.automation import StrategyStage
from domain.shop.service import Service


class RequestAfterSale(NamesLines, InYuan):
    """An after-sale request. `amount` is what the buyer asks for; absent: the most the rules allow.

    Neither `lines` nor `line_ids` means all that is left; `agent_may_return` lets the shop fill in the return waybill
    (S4-56).
    """

    model_config = ConfigDict(extra="forbid")

    service: Service
    reason: Reason
    description: Annotated[str, StringConstraints(max_length=1000), Private("after_sale_description")] = ""
    amount: Annotated[Yuan, Field(gt=0)] | None = None
    wanted_sku: Annotated[str, StringConstraints(min_length=1, max_length=64)] | None = None
    agent_may_return: bool = False

    @model_validator(mode="after")
    def _says_how_much(self) -> "RequestAfterSale":
        if SERVICES[self.service].amount_required and self.amount is None:
            raise InvalidValue(
                f"amount: {in_english('service', self.service)} must say the difference",
                f"amount：申请{in_chinese('service', self.service)}须填写差价",
            )
        return self


class AfterSaleOpening(Opening):
    """An accepted request, as its workflow gets it.

    Attributes:
        agreed: whether the shop opened it itself, so that nobody has to agree.
        internal_cause: what the shop knows to be the cause, whatever reason the buyer states (S4-37).
        about: the parcel whose goods it is about, where the shop opened it for them.
    """

    kind = CaseKind.AFTER_SALE

    phase: str
    lines: list[RequestedLine]
    demand: Demand
    surroundings: Surroundings
    outbound_freight: Yuan = ZERO
    refunds_by_hand: bool = False
    refunds_by_platform: bool = False
    instant_refund: bool = False
    order_paid: Yuan = ZERO
    requests_before: int = 0
    automated: list[StrategyStage] = Field(default_factory=list)
    reservation_id: str | None = None
    agreed: bool = False
    internal_cause: Reason | None = None
    about: str | None = None
    requested_by: Evidence


StartAfterSale = Start[AfterSaleOpening, AfterSaleState]


def begin(opening: AfterSaleOpening) -> LiveCase[AfterSaleState]:
    """The request at version 1; one that the shop opened itself is agreed to at once."""
    return begin_child(
        AFTER_SALE,
        opening,
        _summary(opening),
        _agree if opening.agreed else None,
        requested_at=opening.opened_at,
        refund_asked_at=opening.opened_at if SERVICES[opening.demand.service].closes_lines else None,
        requested_in=opening.surroundings,
    )


def _agree(state: AfterSaleState, policy: Policy, story: Story) -> None:
    agree(state, policy, story, None, by_seller=True)


def _summary(opening: AfterSaleOpening) -> str:
    lines = in_words({line.line_id: line.quantity for line in opening.lines})
    return f"{opening.demand.service} asked for line {lines}, reason {opening.demand.reason} ({opening.phase})"
