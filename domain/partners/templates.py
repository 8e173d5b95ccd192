"""The texts that buyers are sent, in the marketplaces' own wording; values never hold personal data."""

from collections.abc import Mapping
from enum import StrEnum
from string import Formatter
from types import MappingProxyType

from domain.errors import DomainError


class MessageTemplate(StrEnum):
    """The occasions on which a buyer is told something."""

    SHIP_HOLD_RECEIVED = "ship_hold_received"
    SHIP_HOLD_SUCCEEDED = "ship_hold_succeeded"
    AFTER_SALE_AGREED = "after_sale_agreed"
    AFTER_SALE_REFUSED = "after_sale_refused"
    REFUND_PAID = "refund_paid"


class ValueMissing(DomainError):
    """No wording of the template can do with the values given; names what they lack."""


WORDINGS: Mapping[MessageTemplate, tuple[str, ...]] = MappingProxyType(
    {
        MessageTemplate.SHIP_HOLD_RECEIVED: (  # S0-16
            "亲，{refunds_open}之前无法申请退款，但我们已尝试拦截发货（可能拦截失败），"
            "请于{refunds_open}起尽快申请退款，如果需要继续发货，请及时联系我们！",
            "亲，我们已尝试拦截发货（可能拦截失败），请尽快申请退款，如果需要继续发货，请及时联系我们！",
        ),
        MessageTemplate.SHIP_HOLD_SUCCEEDED: (  # S0-20
            "亲，您选择的商品已拦截成功，暂时不发货。请及时申请退款，如未退款有可能继续发货。",
        ),
        MessageTemplate.AFTER_SALE_AGREED: (
            "亲，您的售后申请已通过，请于{return_by}前寄回商品并填写退货运单号，逾期售后将自动关闭。",
            "亲，您的售后申请已通过，请留意后续处理进度。",
        ),
        MessageTemplate.AFTER_SALE_REFUSED: (
            "亲，您的售后申请未获卖家同意，请于{react_by}前修改申请、撤销申请或申请平台介入，逾期售后将自动关闭。",
        ),
        MessageTemplate.REFUND_PAID: ("亲，您的退款{amount}元已原路退回，请注意查收。",),
    }
)
"""The wordings of each template, the most telling first: the first whose places can all be filled is sent."""


def render(template: MessageTemplate, values: Mapping[str, str]) -> str:
    """The text to send. Raises ValueMissing."""
    for wording in WORDINGS[template]:
        if places(wording) <= values.keys():
            return wording.format_map(values)
    lacking = sorted(places(WORDINGS[template][-1]) - values.keys())
    raise ValueMissing(f"{template} needs {', '.join(lacking)}")


def places(wording: str) -> set[str]:
    """The names of the values that a wording holds."""
    return {name for _, name, _, _ in Formatter().parse(wording) if name}
