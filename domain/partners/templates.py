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
    INVOICE_SENT = "invoice_sent"


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
        MessageTemplate.INVOICE_SENT: (  # S4-24
            "亲，您的发票已寄出，快递公司{carrier}，运单号{tracking_no}，请注意查收。",
        ),
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
