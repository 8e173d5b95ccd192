"""What agents need to know, found at the stage where buyers ask for it, with the words that the sources demand."""

from __future__ import annotations

import re

import pytest

from domain.policy import policy
from tests.rules_page import State, read_rules

WORK = policy("taobao-2012").work


def known(rule: str, name: str, stage: str, *words: str) -> object:
    """A rule, the piece that tells it, a stage at which it is found, and what it must say."""
    return pytest.param(rule, name, stage, words, marks=pytest.mark.rule(rule), id=f"{rule}-{name}")


@pytest.mark.parametrize(
    ("rule", "name", "stage", "words"),
    [
        known("S2-13", "order_reminders", "awaiting_shipment", "快递", "{ships_on}", "{ship_by}"),
        known("S2-14", "inspect_before_signing", "in_transit", "拆包验收", "签收"),
        known("S2-15", "rating_request", "delivered", "5 分好评", "售后"),
        known("S2-39", "ways_to_pay", "awaiting_payment", "受限", "换"),
        known("S2-43", "ways_to_pay", "awaiting_payment", "余额", "快捷支付", "信用卡", "代付", "汇款"),
        known("S2-46", "gentle_urgency", "awaiting_payment", "限量", "今天有效"),
        known("S2-47", "first_time_buyer", "awaiting_payment", "图解教程"),
        known("S2-52", "ship_time_questions", "awaiting_shipment", "审单", "打印面单", "配货"),
        known("S2-86", "no_rash_promises", "awaiting_shipment", "急单", "仓库"),
        known("S4-02", "product_advice", "awaiting_payment", "商品资料", "推荐"),
        known("S4-03", "shop_process", "awaiting_payment", "议价", "付款方式", "快递", "发货地"),
        known("S4-04", "campaigns", "awaiting_payment", "活动"),
        known("S4-05", "aftersale_terms", "awaiting_shipment", "无理由", "质量问题"),
        known("S4-07", "refund_before_shipping", "awaiting_shipment", "退款", "未发货"),
        known("S4-08", "bulk_purchase", "awaiting_payment", "团购优惠"),
        known("S4-09", "membership", "awaiting_payment", "入会条件"),
        known("S4-10", "freight_insurance", "awaiting_payment", "运费险", "理赔"),
        known("S4-12", "ship_time_questions", "awaiting_shipment", "发出"),
        known("S4-15", "out_of_stock", "awaiting_shipment", "缺货", "仓库"),
        known("S4-16", "where_is_my_parcel", "in_transit", "{last_scan_at}", "{tracking_no}"),
        known("S4-17", "freight_insurance_payout", "completed", "理赔", "金额"),
        known("S4-42", "parcel_troubles", "delivered", "前台", "门卫", "家人"),
    ],
)
def test_what_agents_know(rule: str, name: str, stage: str, words: tuple[str, ...]) -> None:
    """It cites the rule, is found at that stage, and says what the rule wants said."""
    piece = WORK.knowledge[name]
    assert rule in piece.rules
    assert stage in piece.stages
    assert [word for word in words if word not in piece.script.zh] == []


def test_the_page_names_tasks_and_knowledge_that_there_are() -> None:
    """A row of the rules' page that sends its reader to knowledge or to a task's words finds the rule cited there."""
    for row in read_rules():
        if row.state is not State.MET:
            continue
        for names in re.findall(r"knowledge ((?:`\w+`(?:, )?)+)", row.where):
            for name in re.findall(r"`(\w+)`", names):
                assert row.id in WORK.knowledge[name].rules, (row.id, name)
        for name in re.findall(r"words of `(\w+)`", row.where):
            assert row.id in WORK.tasks[name].rules, (row.id, name)
