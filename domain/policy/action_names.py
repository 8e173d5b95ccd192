"""What people call the steps of cases in Chinese, by name; English stands with each declaration."""

from collections.abc import Mapping
from types import MappingProxyType

ACTIONS: Mapping[str, str] = MappingProxyType(
    {
        "add_memo": "添加备注",
        "agree": "同意申请",
        "agree_ship_by": "约定发货时间",
        "amend": "修改申请",
        "answer": "答复投诉",
        "approve_refund": "同意打款",
        "ask_platform": "申请平台介入",
        "change_order": "修改商品或地址",
        "close_unpaid": "关闭未付款订单",
        "compensate": "补偿顾客",
        "confirm_cod": "登记顾客确认货到付款",
        "confirm_receipt": "确认收货",
        "confirm_refund_paid": "登记退款已付",
        "confirm_replacement": "确认收到换货",
        "extend_receipt": "延长收货",
        "extend_return": "延长退货时间",
        "file_claim": "提交快递理赔",
        "file_complaint": "发起投诉",
        "hold_shipment": "拦截发货",
        "inspect_return": "验收退货",
        "intercept_parcels": "拦截快递",
        "issue_invoice": "开具发票",
        "promise_ship_by": "承诺发货时间",
        "quote_price": "改价报价",
        "refuse": "拒绝申请",
        "register_invoice": "登记发票",
        "release": "解除拦截",
        "report_intercept_answer": "登记快递答复",
        "report_out_of_stock": "登记缺货",
        "report_remittance": "登记汇款",
        "request_after_sale": "申请售后",
        "return_overpayment": "退还多付款",
        "rule": "裁决",
        "settle_claim": "登记理赔结果",
        "ship_replacement": "发出换货",
        "submit_evidence": "提交凭证",
        "submit_return": "填写退货物流",
        "take_quote": "接受报价",
        "urge_shipment": "催发货",
        "withdraw": "撤销",
        "try_again": "重新处理",
        "set_aside": "搁置",
    }
)


def action_in_chinese(name: str) -> str:
    """What people call a step."""
    return ACTIONS[name]
