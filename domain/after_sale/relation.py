"""What an order and its requests know of each other."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from domain.case.child import ChildStanding
from domain.case.pauses import Pause
from domain.case.units import Quantities, minus
from domain.money import ZERO, Yuan
from domain.shop.service import Service
from domain.times import Instant


class Surroundings(BaseModel):
    """What a request must know of its order, as the order last told it.

    Attributes:
        shipped: whether the seller said that any of the lines left; `received`: whether they were signed for.
        signed_at: the carrier's time of the last of them, once they were all received.
        covers_rest: whether every other line of the order has been refunded already.
        freight_left: freight that the buyer paid and has not got back; `free_shipping`: they paid none.
        outbound_kept: what of the shop's own freight was deducted before, yuan.
        unpaid: what of the price is not paid any more, and no other request has left out because of it, yuan.
        box_paid_for: whether a request before it came in the same box, whose return freight is paid once (S2-77).
        spoken_for: whether other requests that are open or have paid leave fewer units than this one's.
        resent: the units that the order itself has sent again since, so that this request need not.
        kept: what of each line's price the order keeps for goods that came after the closing, yuan.
        no_reason_until: when the window for a return without reason ends; None before the goods were signed for.
    """

    model_config = ConfigDict(frozen=True)

    shipped: bool = False
    received: bool = False
    signed_at: Instant | None = None
    completed: bool = False
    covers_rest: bool = True
    freight_left: Yuan = ZERO
    free_shipping: bool = False
    outbound_kept: Yuan = ZERO
    unpaid: Yuan = ZERO
    box_paid_for: bool = False
    spoken_for: bool = False
    resent: Quantities = Field(default_factory=dict)
    kept: dict[str, Yuan] = Field(default_factory=dict)
    no_reason_until: Instant | None = None


class Whereabouts(BaseModel):
    """Where the goods are that a request has moved: back, or out again to the buyer."""

    model_config = ConfigDict(frozen=True)

    returning: Quantities = Field(default_factory=dict)
    returned: Quantities = Field(default_factory=dict)
    shipped: Quantities = Field(default_factory=dict)
    delivered: Quantities = Field(default_factory=dict)
    lost: Quantities = Field(default_factory=dict)


class TaskLeft(BaseModel):
    """A task that outlives its request; the order sees to it from then on. `values` fill its words."""

    model_config = ConfigDict(frozen=True)

    type: str
    matter: str
    variant: str = ""
    values: dict[str, str]


class Standing(ChildStanding):
    """A request as its order knows it.

    Attributes:
        open: while it is undecided; `ended`: its case too, which waits for its interceptions.
        undecided: the times in which it was open: one that was decided may be taken up again.
        about: the parcel whose goods it is about, where the shop opened it for them.
        units: the units it is about; `done`: those of them that are done with, their money paid back.
        forgone: those of the done that the buyer had not received; they need not be delivered any more.
        goods: where the goods are that it has moved; `exchanged_for`: the SKU that the buyer has now in their place.
        sent_in: the parcels in which it sent goods out; `resent`: the units that the order sent in its stead.
        claims: what may still be paid back by it for each line, yuan, while it is open or its goods came too late.
        back: what each line's buyer has got back by it, yuan; `freight`: of the order's freight.
        freight_owed: whether the order's freight goes back with the last of its goods, if that is this request.
        outbound_kept: what of the shop's outbound freight it deducted, of `outbound_freight` in all, yuan (S2-75).
        unpaid_kept: what it left out because it was not paid any more, yuan.
        box: the return in which its goods come, by its waybill; `advanced`: what the buyer says they paid for it.
        subsidy_due: what of that is the seller's to bear; `subsidy`: what of it this request pays, yuan (S2-76).
        out_of_stock: the seller agreed that the goods are out of stock, which makes them late (S2-83, S4-52).
        ended_at: when it ended; `in_vain`: without anything for the buyer.
        left: tasks that are still to be done when it has ended.
    """

    service: Service
    ended: bool = False
    undecided: list[Pause] = Field(default_factory=list)
    about: str | None = None
    units: Quantities
    requested_at: Instant
    ended_at: Instant | None = None
    in_vain: bool = False
    done: Quantities = Field(default_factory=dict)
    forgone: Quantities = Field(default_factory=dict)
    goods: Whereabouts = Whereabouts()
    exchanged_for: str | None = None
    sent_in: list[str] = Field(default_factory=list)
    resent: Quantities = Field(default_factory=dict)
    claims: dict[str, Yuan] = Field(default_factory=dict)
    back: dict[str, Yuan] = Field(default_factory=dict)
    freight: Yuan = ZERO
    refunded: Yuan = ZERO
    compensated: Yuan = ZERO
    freight_owed: bool = False
    outbound_kept: Yuan = ZERO
    outbound_freight: Yuan = ZERO
    unpaid_kept: Yuan = ZERO
    box: str | None = None
    advanced: Yuan = ZERO
    subsidy_due: Yuan = ZERO
    subsidy: Yuan = ZERO
    out_of_stock: bool = False
    left: list[TaskLeft] = Field(default_factory=list)

    @property
    def runs(self) -> bool:
        """An undecided request is open; one that waits for its interceptions runs still."""
        return not self.ended

    def was_open(self, moment: datetime) -> bool:
        """Whether it was undecided then."""
        return any(one.since <= moment and (one.until is None or moment < one.until) for one in self.undecided)


def unpaid_goods(request: Standing) -> Quantities:
    """What came back by a request and is not paid for by it."""
    return minus(request.goods.returned, request.done)
