"""The services that a buyer can ask for, each declared once (S3-04): what becomes of goods and money.

Steps, clocks, refusals, amounts, strategies and diagrams ask the declaration; none of them knows a service by its name.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from domain.after_sale.relation import Surroundings
from domain.after_sale.state import Demand, Reason
from domain.after_sale.tasks import INSPECT_RETURN, INSPECT_TRIAL
from domain.case.ledger import EntryKind
from domain.shop.automation import Keyword
from domain.shop.service import Service


class GoodsOut(StrEnum):
    """What the buyer is sent: other goods from stock, what they lack of the same, or their own, repaired."""

    OTHERS = "others"
    MISSING = "missing"
    REPAIRED = "repaired"


class Limit(StrEnum):
    """The most that may be paid back: the goods alone, or with them the freight that the rules call for."""

    GOODS = "goods"
    GOODS_AND_FREIGHT = "goods_and_freight"


def _always_refusable(demand: Demand, surroundings: Surroundings) -> str | None:
    return None


@dataclass(frozen=True, slots=True)
class ServiceRule:
    """One service.

    Attributes:
        title: what becomes of goods and money, in a line.
        keywords: words in a buyer's text that speak for it; a shop may begin with them (S3-08).
        goods_back: whether the goods come back before anything goes to the buyer.
        goods_out: what they are sent.
        pays: how their money is booked; None: it is not about money.
        limit: the most that it pays.
        amount_required: whether they have to say how much, as nothing else does.
        cites: the rule by which the money goes; None: the one of their reason.
        inspection: the task of whoever inspects what came back; what conforms differs.
        never_refused: why it cannot be refused as it is asked for, in words; None: it can.
    """

    title: str
    keywords: tuple[str, ...]
    goods_back: bool = False
    goods_out: GoodsOut | None = None
    pays: EntryKind | None = None
    limit: Limit = Limit.GOODS_AND_FREIGHT
    amount_required: bool = False
    cites: str | None = None
    inspection: str = INSPECT_RETURN
    never_refused: Callable[[Demand, Surroundings], str | None] = _always_refusable

    @property
    def closes_lines(self) -> bool:
        """Whether it pays goods back, so that their lines are done with; a compensation leaves them the buyer's."""
        return self.pays is EntryKind.REFUND

    @property
    def leaves_goods(self) -> bool:
        """Whether goods are paid back wherever they are: on their way, they can be intercepted (S1-25)."""
        return self.closes_lines and not self.goods_back

    @property
    def moves_goods(self) -> bool:
        """Whether goods go either way, so that some must have been shipped before."""
        return self.goods_back or self.goods_out is not None

    @property
    def takes_stock(self) -> bool:
        """Whether what is sent comes from stock."""
        return self.goods_out in (GoodsOut.OTHERS, GoodsOut.MISSING)


def _unshipped(demand: Demand, surroundings: Surroundings) -> str | None:
    return None if surroundings.shipped else "The goods have not been shipped, so the refund cannot be refused."


def _without_reason(demand: Demand, surroundings: Surroundings) -> str | None:
    if demand.reason is not Reason.NO_REASON:
        return None
    return "A return without reason, asked for in time, cannot be refused."


def _used_as_offered(demand: Demand, surroundings: Surroundings) -> str | None:
    return "The shop offered to take the goods back used: that they were used is no ground to refuse."


SERVICES: Mapping[Service, ServiceRule] = MappingProxyType(
    {
        Service.REFUND_ONLY: ServiceRule(
            title="the money back, the goods stay where they are",
            keywords=("仅退款", "退款", "退钱", "没收到", "未收到", "不用寄回", "refund", "never arrived"),
            pays=EntryKind.REFUND,
            never_refused=_unshipped,
        ),
        Service.RETURN_REFUND: ServiceRule(
            title="the goods back to the seller, the money back to the buyer",
            keywords=("退货", "退款", "退钱", "退掉", "不想要", "不要了", "don't want it", "return it", "refund"),
            goods_back=True,
            pays=EntryKind.REFUND,
            never_refused=_without_reason,
        ),
        Service.EXCHANGE: ServiceRule(
            title="the goods back, others sent instead",
            keywords=("换货", "换新", "换一", "换个", "换成", "换码", "exchange", "another size"),
            goods_back=True,
            goods_out=GoodsOut.OTHERS,
        ),
        Service.REPAIR: ServiceRule(
            title="the goods back, and repaired to the buyer",
            keywords=("维修", "返修", "修理", "修一下", "修好", "repair"),
            goods_back=True,
            goods_out=GoodsOut.REPAIRED,
        ),
        Service.RESHIP: ServiceRule(
            title="what is missing is sent again",
            keywords=("补发", "补寄", "少发", "漏发", "重发", "重新发", "resend", "send again"),
            goods_out=GoodsOut.MISSING,
        ),
        Service.PRICE_PROTECTION: ServiceRule(
            title="the difference to a lower price",
            keywords=("价保", "保价", "差价", "降价", "买贵", "price protection", "price drop"),
            pays=EntryKind.COMPENSATION,
            limit=Limit.GOODS,
            amount_required=True,
            cites="S4-25",
        ),
        Service.TRIAL_USE: ServiceRule(
            title="the goods back after they were used, the money back to the buyer",
            keywords=("试用", "试穿", "试了", "trial", "tried it"),
            goods_back=True,
            pays=EntryKind.REFUND,
            inspection=INSPECT_TRIAL,
            never_refused=_used_as_offered,
        ),
    }
)

CLOSING_LINES = tuple(service for service, rule in SERVICES.items() if rule.closes_lines)
"""Those that pay goods back."""

SUGGESTED_KEYWORDS = tuple(Keyword(service=service, words=rule.keywords) for service, rule in SERVICES.items())
"""What a shop may begin with; nothing is set until it does."""
