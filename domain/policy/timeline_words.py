"""The lines of a timeline: who reads them, and what they say in Chinese; English is told by the rules.

By their types; those that only say at which stage a case is now have its name instead, and are for everybody.
"""

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Any

from domain.policy.stage_names import STAGES
from domain.roles import SHOP_STAFF, Role

INSIDERS = (*SHOP_STAFF, Role.ERP, Role.PLATFORM, Role.OPS)
"""Who reads what concerns the shop's own work: people and systems of the shop, and the marketplace."""

FOR_ALL: Mapping[str, str] = MappingProxyType(
    {
        "after_sale.amended": "买家修改了申请",
        "after_sale.corrected": "改为同意其他金额",
        "after_sale.requested": "买家申请售后",
        "after_sale.ruled": "平台作出裁决",
        "auto_confirm.in_part": "超时自动确认收货（部分商品除外）",
        "auto_confirm.waits": "尚有商品未发货，暂不自动确认收货",
        "campaign.changed": "活动规则有变更",
        "case.ended": "案件结束",
        "case.opened": "建立案件",
        "case.reopened": "案件重新打开",
        "cod.confirmed": "买家确认货到付款订单",
        "cod.other_payment": "买家改用其他方式付款",
        "compensation.granted": "同意补偿",
        "compensation.paid": "补偿已付给买家",
        "complaint.filed": "买家发起投诉",
        "complaint.reduced": "裁决金额超过剩余可付金额，按剩余支付",
        "complaint.ruled": "平台作出裁决",
        "complaint_window.elapsed": "投诉期限已过",
        "evidence.closed": "举证时间结束",
        "evidence.submitted": "提交凭证",
        "files.shown": "上传照片或文件",
        "freight_subsidy.paid": "运费补贴已付给买家",
        "goods.handed_back": "未付款的商品退还买家",
        "goods.resent": "订单已重新发货",
        "hold.in_part": "部分商品不再拦截",
        "hold.requested": "申请拦截发货",
        "intercept.requested": "申请拦截包裹",
        "intercept.result": "快递返回拦截结果",
        "invoice.issued": "发票已寄出",
        "invoice.registered": "登记发票",
        "ledger.booked": "入账",
        "ledger.reversed": "冲销",
        "order.changed": "修改订单",
        "order.closed": "订单关闭",
        "order.completed": "交易成功",
        "order.rated": "买家评价",
        "order.taken_up": "订单继续处理",
        "order.time_stated": "平台告知订单状态的时间",
        "order.waybill_printed": "面单已打印",
        "parcel.consigned": "商家发货",
        "parcel.exception": "包裹异常",
        "parcel.found": "包裹已找到",
        "parcel.handed_back": "买家已退还包裹内的商品",
        "parcel.out_for_delivery": "派送中",
        "parcel.picked_up": "快递已揽收",
        "parcel.recognised": "买家认识代收人，包裹已收到",
        "parcel.refused": "买家拒收",
        "parcel.returned": "包裹已退回",
        "parcel.scanned": "运输中",
        "parcel.signed": "已签收",
        "parcel.withdrawn": "物流信息已撤回",
        "payment.kept": "款项应付，不再退回",
        "payment.received": "收到付款",
        "payment.returned": "多付款项退回买家",
        "payment.reversed": "银行撤回付款",
        "price.changed": "已改价",
        "price.quoted": "报价",
        "receipt.extended": "延长收货",
        "refund.paid": "退款已付给买家",
        "remittance.received": "汇款已到账",
        "remittance.reported": "买家告知已汇款",
        "replacement.confirmed": "买家已收到换货",
        "replacement.sent": "换货已寄出（部分）",
        "request.refund_failed": "平台告知退款失败",
        "request.time_stated": "平台告知申请状态的时间",
        "return.came_back": "退货包裹回到买家手中",
        "return.extended": "延长退货时间",
        "return.inspected": "退货验收",
        "return.not_refunded": "退货丢件，不予退款",
        "return.on_its_way": "申请已关闭，买家仍寄回商品",
        "return.received": "退货已收到",
        "return_window.elapsed": "退货期限已过",
        "seller_answer.elapsed": "商家超时未答复",
        "seller_receipt.elapsed": "商家超时未收货，视为已收货",
        "ship_by.agreed": "与买家约定发货时间",
        "ship_by.elapsed": "发货超时",
        "shipment.urged": "买家催促发货",
        "trial_use.elapsed": "试用服务已截止",
    }
)
"""What whoever may see the case reads, its buyer too."""

FOR_INSIDERS: Mapping[str, str] = MappingProxyType(
    {
        "case.rules_raised": "改用新版规则",
        "claim.filed": "提交理赔",
        "erp.lock_result": "ERP 返回锁单结果",
        "fact.not_understood": "收到无法识别的事实",
        "goods.checked": "仓库已核对装箱",
        "hold.lock_answer": "ERP 再次答复锁单",
        "hold.lock_asked": "ERP 已接收锁单请求",
        "hold.unlock_failed": "ERP 解锁失败，需人工解锁",
        "hold.unlocked": "ERP 已解锁",
        "intercept.answer": "快递再次答复",
        "memo.added": "添加备注",
        "message.set_aside": "平台消息已搁置",
        "message.taken_in": "平台消息已处理",
        "message.tried": "再次处理平台消息",
        "message.unreadable": "平台消息无法识别",
        "order.differs": "平台状态与本系统不一致",
        "order.erp_read": "ERP 已读取订单",
        "order.moved": "订单有进展",
        "order.out_of_stock": "商品缺货",
        "order.parked": "联系不上买家，订单搁置",
        "parcel.kept_back": "包裹并未寄出",
        "parcel.let_go": "商家放弃追回包裹",
        "payment.written_off": "货到付款款项已核销",
        "promise.asked": "询问仓库能否按时发货",
        "promise.made": "承诺发货时间",
        "promise.missed": "承诺的发货时间已过，仍未发货",
        "promise.not_made": "仓库无法保证，不能承诺",
        "refund.approved": "同意打款",
        "refund.by_hand": "需人工打款",
        "refund_approval.elapsed": "打款审核超时，自动退款",
        "return.written_off": "退货问题由商家承担",
        "shop.reported": "平台有通知",
        "strategy.decided": "自动策略已判断",
        "work_item.done": "任务完成",
        "work_item.handed_up": "任务已转交店主",
        "work_item.made": "新任务",
        "work_item.superseded": "任务已无需处理",
    }
)
"""What the shop does among its own: tasks, memos, strategies, locks, promises that nobody has made to the buyer yet."""

LINES: Mapping[str, str] = MappingProxyType({**FOR_ALL, **FOR_INSIDERS})

STAGE_OF: Mapping[str, str] = MappingProxyType(
    {
        "order": "order",
        "after_sale": "after_sale",
        "hold": "ship_hold",
        "intercept": "parcel_intercept",
        "complaint": "complaint",
        "message": "platform_message",
    }
)
"""Whose stages the types that begin so are about."""

FIGURES: Mapping[str, str] = MappingProxyType(
    {
        "amount": "{} 元",
        "days": "{} 天",
        "tracking_no": "{}",
        "location": "{}",
        "line_id": "商品行 {}",
        "carrier_reason": "快递原因 {}",
        "task": "“{}”",
        "came_of": "{}",
    }
)
"""What of a line's data stands behind its words; `task` is a task's title, `came_of` that of its outcome."""

CARRIER_REASONS: Mapping[str, str] = MappingProxyType(
    {
        "cannot_be_stopped": "无法拦截",
        "no_answer": "快递没有答复",
        "not_found": "查不到运单",
        "not_stopped": "没有拦住",
        "out_for_delivery": "正在派送",
        "signed": "已签收",
        "too_late": "来不及拦截",
        "unsupported": "不支持拦截",
    }
)
"""What carriers mean by the codes that they are known to send; another one stays as it is."""


def hidden_from(readers: Collection[Role]) -> frozenset[str]:
    """The types of lines that somebody of these roles does not read."""
    return frozenset() if set(INSIDERS).intersection(readers) else frozenset(FOR_INSIDERS)


def told_in_chinese(type_: str, data: Mapping[str, Any]) -> str | None:
    """What a line says; None where nobody has put it into Chinese."""
    about, _, what = type_.partition(".")
    stages = STAGES.get(STAGE_OF.get(about, ""), {})
    words = LINES.get(type_) or stages.get(str(data.get("stage", what)))
    if words is None:
        return None
    reason = str(data.get("carrier_reason") or "")
    named = {**data, "carrier_reason": CARRIER_REASONS.get(reason, reason)}
    figures = [said.format(named[name]) for name, said in FIGURES.items() if named.get(name)]
    return "：".join([words, "，".join(figures)]) if figures else words
