"""What people call what sets a deadline going or moves it, where neither a fact, a step nor a clock is called so."""

from collections.abc import Mapping
from types import MappingProxyType

CAUSES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "ask_carrier": ("快递返回拦截结果", "The carrier's word on an interception"),
        "case.stands_still": ("案件没有进展", "Nothing moves the case"),
        "cod.confirmed": ("买家确认货到付款订单", "Cash on delivery confirmed"),
        "complete_work_item": ("任务完成", "A task was done"),
        "decide": ("自动策略已判断", "A strategy decided"),
        "end_reservation": ("换货库存已处理", "Stock of an exchange was seen to"),
        "lock_order": ("ERP 返回锁单结果", "The ERP's word on a lock"),
        "opened": ("建立案件", "The case was opened"),
        "order.closed": ("订单关闭", "The order closed"),
        "order.completed": ("交易成功", "The order was completed"),
        "order.placed": ("买家下单", "The order was placed"),
        "order.taken_up": ("订单恢复", "The order was taken up again"),
        "pay_buyer": ("款项付给买家", "Money went to the buyer"),
        "promise.made": ("承诺发货时间", "A ship date was promised"),
        "rules.raised": ("改用新版规则", "Newer rules took effect"),
        "see_to_messages": ("再次处理平台消息", "A message was seen to"),
        "send_to_buyer": ("消息已发给买家", "A message went to the buyer"),
        "stamp_memo": ("已打备注", "The memo was stamped"),
        "start_case": ("建立关联案件", "Another case was opened"),
        "take_stock": ("已占用换货库存", "Stock was taken for an exchange"),
        "tell_case": ("已通知关联案件", "Another case was told"),
        "work_item.made": ("生成任务", "The task was made"),
        "write_memo": ("已写备注", "The memo was written"),
    }
)
"""Chinese and English."""
