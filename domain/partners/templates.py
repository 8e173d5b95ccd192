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
    REMIND_TO_PAY = "remind_to_pay"
    PAYMENT_REMINDER = "payment_reminder"
    REMITTANCE_SHIPPED = "remittance_shipped"
    PARCEL_LOOKED_INTO = "parcel_looked_into"
    RETURN_AGREED = "return_agreed"
    REPAIR_AGREED = "repair_agreed"


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
        MessageTemplate.REMIND_TO_PAY: ("您有一笔订单还未付款，请及时付款。",),  # S2-32
        MessageTemplate.PAYMENT_REMINDER: (  # S2-36
            "亲，您拍下的宝贝还没有付款哦，每天{cutoff}前付款的订单当天发货，"
            "付款时有任何问题请随时联系我们，我们马上帮您解决～",
        ),
        MessageTemplate.REMITTANCE_SHIPPED: (  # S2-26
            "亲，您汇款购买的宝贝已发货，快递公司{carrier}，运单号{tracking_no}，请注意查收。",
        ),
        MessageTemplate.PARCEL_LOOKED_INTO: (  # S2-56
            "亲，您的包裹（{carrier} {tracking_no}）我们已联系快递公司核实，会一直为您跟进，请您放心。",
        ),
        MessageTemplate.RETURN_AGREED: (  # S2-74, S2-76
            "亲，您的申请已同意。请把商品寄到：{return_to}。寄出后在退款页面填写快递公司和单号，"
            "写好售后卡，发普通快递、不发到付，我们收到验收后马上为您办理。",
            "亲，您的申请已同意。退货地址请联系客服获取，寄出后在退款页面填写快递公司和单号，"
            "写好售后卡，发普通快递、不发到付，我们收到验收后马上为您办理。",
        ),
        MessageTemplate.REPAIR_AGREED: (  # S4-48
            "亲，您的维修申请已同意。请把商品寄到：{repair_to}。寄出后把快递公司和单号告诉我们，修好后给您寄回。",
            "亲，您的维修申请已同意。维修地址请联系客服获取，寄出后把快递公司和单号告诉我们，修好后给您寄回。",
        ),
    }
)
"""The wordings of each template, the most telling first: the first whose places can all be filled is sent."""


class Channel(StrEnum):
    """How a message reaches the buyer."""

    CHAT = "chat"
    """The marketplace's own chat, where buyer and shop talk about the order."""
    SMS = "sms"
    """A text message to the buyer's phone."""
    REMIND_TO_PAY = "remind_to_pay"
    """The marketplace's own reminder on an unpaid order (提示付款)."""


CHANNELS: Mapping[MessageTemplate, Channel] = MappingProxyType(
    {
        MessageTemplate.REMIND_TO_PAY: Channel.REMIND_TO_PAY,
        MessageTemplate.REMITTANCE_SHIPPED: Channel.SMS,
        MessageTemplate.PARCEL_LOOKED_INTO: Channel.SMS,
    }
)
"""Where a template is not sent through the chat."""


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
