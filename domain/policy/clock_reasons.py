"""What people call the reasons of a deadline: the rule by which it is computed, and that rule's value."""

import re
from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from domain.language import Language
from domain.policy.labels import in_chinese, in_english
from domain.times import china_clock, chinese_clock

RULES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "payment.within": ("付款时限", "time to pay"),
        "ship.within": ("发货时限", "time to ship"),
        "ship.alert_after": ("未发货预警时间", "time until an unshipped order is asked about"),
        "promotion.ship_within": ("大促发货时限", "time to ship in a large promotion"),
        "campaign.ship_within": ("活动发货时限", "the campaign's time to ship"),
        "campaign.refunds_frozen": ("活动暂停退款，恢复时间", "the campaign freezes refunds until"),
        "order.agreed_ship_by": ("与买家约定的发货时间", "ship date agreed with the buyer"),
        "order.promised_ship_by": ("预售发货时间", "ship date of the presale"),
        "order.promise": ("承诺的发货时间", "ship date promised to the buyer"),
        "tracking.start_within": ("揽收时限", "time until the carrier's first scan"),
        "tracking.stall_after": ("物流无更新时间", "time without a scan"),
        "receipt.auto_confirm": ("自动确认收货时间", "time until receipt counts as confirmed"),
        "after_sale.answer_unshipped": ("商家处理时限（未发货）", "seller's time to answer, unshipped goods"),
        "after_sale.answer_shipped": ("商家处理时限（已发货）", "seller's time to answer, shipped goods"),
        "after_sale.buyer_returns": ("买家退货时限", "buyer's time to send it back"),
        "after_sale.ask_waybill_after": ("催填退货单号时间", "time until the return's waybill is asked for"),
        "after_sale.seller_receives": ("商家收货时限", "seller's time to take the return in"),
        "after_sale.buyer_reacts": ("买家处理时限", "buyer's time to react to a refusal"),
        "after_sale.return_window": ("退货期", "time to return"),
        "after_sale.evidence_within": ("举证时限", "time for evidence"),
        "complaint.after_timeout": ("超时收货后的投诉期", "time to complain after receipt by timeout"),
        "cod.parked_after": ("货到付款搁置时间", "time until an unconfirmed order is set aside"),
        "cod.retry_after": ("再次联系间隔", "time until the buyer is called again"),
        "cod.passed_on_within": ("代收货款回款时限", "time for the carrier to pass on the money"),
        "calls.first_after": ("首次催付时间", "time until the first call about payment"),
        "marketplace": ("平台设定的时间", "time set by the marketplace"),
        "S0-18": ("ERP 答复锁单的时限", "time for the ERP to answer a lock"),
        "S1-03": ("快递答复拦截的时限", "time for the carrier to answer"),
        "S1-09": ("快递赔付时限", "time for the carrier to settle a claim"),
        "S1-32": ("提交理赔的时限", "time to claim"),
        "S1-35": ("包裹退回时限", "time for the parcel to come back"),
        "S1-36": ("等待快递答复的最长时间", "longest wait for any answer of the carrier"),
        "S1-42": ("网点答复时限", "time for the branch to answer"),
        "S4-34": ("再次询问发货的间隔", "time until the shipment is asked about again"),
        "S4-57": ("核查退货的间隔", "time until a return is looked at again"),
        "S4-66": ("再次跟进的间隔", "time until somebody looks again"),
        "S4-67": ("跟进平台处理的间隔", "time until the platform is followed up"),
    }
)
"""Chinese and English, by the policy path or rule id that stands as a deadline's `rule`."""

_OFFER = "service-offers."
_DURATION = re.compile(r"([+-]?)P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.\d+)?S)?)?", re.ASCII)
_UNITS = (("周", "week"), ("天", "day"), ("小时", "hour"), ("分钟", "minute"), ("秒", "second"))


def rule_in(language: Language, rule: str) -> str:
    """What people call the rule; one that nobody has named stays as it is."""
    chinese = language is Language.ZH
    if rule.startswith(_OFFER):
        service = rule.removeprefix(_OFFER)
        return f"{in_chinese('service', service)}期限" if chinese else f"time for {in_english('service', service)}"
    words = RULES.get(rule)
    return (words[0] if chinese else words[1]) if words else rule


def value_in(language: Language, value: str) -> str:
    """A length of time or a moment (China time) in words: `PT72H` is 72 hours, `-P1D` is −1 day."""
    chinese = language is Language.ZH
    if length := _DURATION.fullmatch(value):
        parts = [
            f"{number} {zh}" if chinese else f"{number} {en}{'' if number == '1' else 's'}"
            for number, (zh, en) in zip(length.groups()[1:], _UNITS, strict=True)
            if number
        ]
        sign = "−" if length[1] == "-" else ""
        return sign + " ".join(parts)
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return value
    return chinese_clock(moment) if chinese else china_clock(moment)
