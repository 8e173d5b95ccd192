"""What people call the fields that steps and outcomes ask for in Chinese, by name; English from the name itself."""

from collections.abc import Mapping
from types import MappingProxyType

FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "address": "地址",
        "agent_may_return": "允许客服代填退货单号",
        "amount": "金额",
        "buyer_consent": "买家已同意",
        "carrier": "快递公司",
        "cause": "原因归属",
        "conforming": "验收合格",
        "currency": "币种",
        "days": "天数",
        "description": "说明",
        "details": "明细",
        "difference": "差价",
        "files": "照片或文件",
        "flag": "旗帜",
        "freight_collect": "到付",
        "freight_paid": "已付运费",
        "in_favour_of": "支持方",
        "kind": "类型",
        "line_id": "商品行",
        "line_ids": "商品行",
        "lines": "商品及数量",
        "message": "留言",
        "notes": "备注",
        "paid_at": "付款时间",
        "parcels": "包裹",
        "promised_pay_at": "承诺付款时间",
        "quantity": "数量",
        "quote_id": "报价编号",
        "reason": "原因",
        "reference": "凭证编号",
        "repair_by": "维修方",
        "requested_by": "申请人",
        "service": "服务类型",
        "ship_by": "发货时间",
        "sku": "商品编码",
        "stopped": "已拦下",
        "text": "内容",
        "title": "抬头",
        "told_buyer": "已告知买家",
        "tracking_no": "运单号",
        "type": "投诉类型",
        "upheld": "投诉成立",
        "valid_until": "有效期至",
        "wanted_sku": "换货商品编码",
    }
)


def field_in_chinese(name: str) -> str:
    """What people call a field."""
    return FIELDS[name]


def field_in_english(name: str) -> str:
    """The same in English."""
    return name.replace("_", " ").capitalize()
