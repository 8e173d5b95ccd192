"""What a refusal says in Chinese, by its code, with the case's own figures; English stands where the rule is."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from domain.errors import Refusal
from domain.language import Language
from domain.policy.input_words import INVALID_FIELD, wrong_in_chinese
from domain.policy.role_names import PERMISSIONS, roles_in
from domain.times import chinese_clock

REFUSALS: Mapping[str, str] = MappingProxyType(
    {
        "account_locked": "账号已锁定。",
        "account_taken": "账号已存在。",
        "after_sale_ended": "退款已完成或正在退款，不能再拦截。",
        "already_answered": "快递已拦下这个包裹。",
        "already_claimed": "已有人领取或提交过，不能重复操作。",
        "already_closed": "订单已关闭。",
        "already_complained": "同一问题已有处理中的投诉。",
        "already_completed": "订单已确认收货。",
        "already_confirmed": "顾客已经确认过这笔订单。",
        "already_ended": "订单已完成或关闭。",
        "already_extended": "买家延长收货的次数已用完。",
        "already_held": "商品已在拦截中。",
        "already_issued": "发票已开具并寄出。",
        "already_late": "发货时限已过，现在约定时间不能免责。",
        "already_open": "这些商品已有处理中的售后申请。",
        "already_paid": "订单已付款。",
        "already_picked_up": "快递已揽收，不能再扣下。",
        "already_refunded": "这些商品已退款。",
        "already_requested": "这个包裹已申请过拦截。",
        "already_ruled": "平台已裁决过同类投诉。",
        "already_settled": "这项任务已处理完毕。",
        "already_shipped": "商品已发货。",
        "already_signed": "买家已签收。",
        "already_urged": "已有人在跟进。",
        "amount_required": "请填写差价金额。",
        "amount_too_high": "金额超过可退的上限。",
        "amount_without_refund": "支持商家的裁决不向买家付款。",
        "amount_without_upholding": "投诉不成立时没有赔付。",
        "over_authority": "金额超过您的权限，须由店主批准。",
        "cannot_refuse": "按规则不能拒绝，也不能少退。",
        "case_ended": "案件已结束，不能再操作。",
        "claim_limit": "理赔金额超过上限。",
        "compensation_fixed": "延迟发货的赔付金额固定，已随订单入账，不能另行裁定。",
        "consent_required": "关闭未付款订单须经买家同意。",
        "cross_border": "跨境店铺的包裹不能拦截。",
        "csrf": "页面已过期，请刷新后重试。",
        "evidence_closed": "举证时间已结束，等待平台裁决。",
        "excluded_category": "包裹内有不支持拦截的类目。",
        "forbidden": "您的角色或权限不能做这一步。",
        "freight_collect": "不接受到付件，请先垫付运费。",
        "goods_on_the_way": "商品正在退回，到货后由商家退款或寄回。",
        "goods_returned": "商品已退回，只能以同一原因申请退款。",
        "goods_with_seller": "商品已在商家处，验收后退款或寄回。",
        "invalid_days": "可延长的天数不符合规则。",
        "no_agreement": "店铺尚未签署拦截协议。",
        "no_claim": "这个包裹没有提交过理赔。",
        "no_money_asked": "这项申请不涉及金额。",
        "no_quote": "这笔订单目前没有报价。",
        "no_self_service": "本店只能通过客服拦截发货。",
        "no_stock": "所需商品缺货。",
        "not_a_repair": "只有维修申请才需要说明由谁维修。",
        "not_allowed_by_buyer": "买家未授权商家代填退货单号。",
        "not_approved": "退款尚未同意，不能打款。",
        "not_cash_on_delivery": "这笔订单不是货到付款。",
        "not_claimed": "这项任务无人领取，请先领取或由主管分配。",
        "not_enabled": "店铺主账号尚未开启发货拦截。",
        "not_enough_units": "商品数量不足。",
        "not_held": "这笔退款不需要人工处理，正在退回买家。",
        "not_in_campaign": "只有在允许拦截的活动期间才能拦截发货。",
        "not_intercepted": "只有已拦下的包裹才能理赔。",
        "not_late": "这笔订单没有延迟发货。",
        "not_offered": "这笔订单不支持这项服务。",
        "not_overpaid": "没有多付的款项，或已在退回。",
        "not_paid": "订单尚未付款。",
        "not_received": "这项服务只适用于已送达的商品。",
        "not_registered": "这笔订单没有登记发票。",
        "not_shipped": "商品尚未全部发货。",
        "nothing_left": "这些商品已全部退款。",
        "nothing_owed": "订单没有应付而未付的款项。",
        "offer_over": "这项服务的期限已过。",
        "out_of_window": "包裹不在可拦截的阶段。",
        "own_account": "不能对自己的账号做这项操作。",
        "own_terms": "店铺自有服务需单独申请，请先撤销当前申请。",
        "paid_at_the_door": "这笔订单是货到付款。",
        "paid_by_partner": "这笔款由支付渠道打款，无需人工处理。",
        "paid_in_future": "汇款时间不能晚于现在。",
        "promise_in_past": "买家承诺付款的时间必须晚于现在。",
        "quote_dearer": "商品现价已低于该报价。",
        "quote_expired": "报价已过期。",
        "quote_used": "报价已被使用。",
        "refunds_frozen": "活动期间暂停退款。",
        "ship_by_in_past": "约定的发货时间已过。",
        "shop_status": "店铺不在正常经营状态。",
        "spoken_for": "同一商品另有售后申请处理中或已赔付，请在那边处理退货或寄回。",
        "too_soon": "现在还太早，请稍后再试。",
        "unknown_account": "店铺没有这个员工账号。",
        "unknown_item": "案件没有这项任务。",
        "unknown_line": "订单没有这一行商品，或这里没有可处理的数量。",
        "unknown_outcome": "没有这个处理结果。",
        "unknown_parcel": "没有这个包裹。",
        "unknown_quote": "没有这个报价。",
        "unknown_step": "没有这个步骤。",
        "unsupported_carrier": "这家快递不支持拦截。",
        "valid_until_in_past": "报价的有效期已过。",
        "value_limit": "包裹价值超过可拦截的上限。",
        "which_line": "有多行商品缺货，请指明要修改哪一行。",
        "window_closed": "期限已过。",
        "wrong_service": "只有仅退款申请才能拦截包裹。",
        "wrong_stage": "当前状态不能做这一步。",
    }
)
"""By code."""

WITH_FIGURES: Mapping[str, str] = MappingProxyType(
    {
        "already_late/until": "发货时限已于 {until} 到期，现在约定时间不能免责。",
        "already_claimed/holder": "{holder} 正在处理这项任务。",
        "already_open/line": "商品行 {line} 已有处理中的售后申请。",
        "already_refunded/line": "商品行 {line} 已退款。",
        "already_shipped/line": "商品行 {line} 已发货。",
        "amount_too_high/most": "金额不能超过 {most} 元。",
        "claim_limit/most": "理赔金额不能超过 {most} 元。",
        "forbidden/permission": "这一步需要主账号授予“{permission}”权限。",
        "forbidden/roles": "这一步由{roles}办理。",
        "invalid_days/days": "只能延长 {days} 天。",
        "not_enough_units/asked/left/line": "商品行 {line} 此时只有 {left} 件可处理，不足 {asked} 件。",
        "offer_over/until": "这项服务已于 {until} 截止。",
        "over_authority/amount/most": "您的权限为 {most} 元，{amount} 元须由店主批准。",
        "over_authority/amount/most/task": "您的权限为 {most} 元，{amount} 元须由店主批准；已提交店主（任务 {task}）。",
        "quote_expired/until": "报价已于 {until} 过期。",
        "refunds_frozen/until": "活动期间暂停退款，{until} 恢复。",
        "too_soon/seconds": "下单 {seconds} 秒后才能关闭订单。",
        "too_soon/until": "{until} 之前还不能投诉，卖家仍在发货时限内。",
        "unknown_account/field": "{field}: 店铺没有这个员工账号。",
        "unknown_line/line": "订单没有商品行 {line}，或这里没有可处理的数量。",
        "value_limit/amount/most/parcel": "包裹 {parcel} 价值 {amount} 元，须低于 {most} 元才能拦截。",
        "window_closed/until": "期限已于 {until} 截止。",
    }
)
"""The same by the code and the names of its figures."""


def refusal_in(language: Language, refusal: Refusal) -> Refusal:
    """The refusal with its sentence in that language; one without a Chinese sentence stays as it is."""
    if language is Language.EN:
        return refusal
    if refusal.code == INVALID_FIELD:
        return refusal.model_copy(update={"message": wrong_in_chinese(refusal.figures, refusal.zh)})
    if refusal.code not in REFUSALS:
        return refusal
    words = WITH_FIGURES.get("/".join([refusal.code, *sorted(refusal.figures)]), REFUSALS[refusal.code])
    return refusal.model_copy(update={"message": words.format_map(_said(refusal.figures))})


def _said(figures: Mapping[str, str]) -> dict[str, str]:
    """The figures as they are said in Chinese."""
    said = dict(figures)
    if "until" in said:
        said["until"] = chinese_clock(datetime.fromisoformat(said["until"]))
    if "roles" in said:
        said["roles"] = roles_in(Language.ZH, said["roles"].split(", "))
    if "permission" in said:
        said["permission"], _ = PERMISSIONS[said["permission"]]
    return said
