"""What buyers are told, word for word."""

import pytest
from pydantic import ValidationError

from domain.partners.messages import SendMessage
from domain.partners.templates import WORDINGS, MessageTemplate, ValueMissing, places, render


def message(template: MessageTemplate, **values: str) -> SendMessage:
    return SendMessage(
        message_id="m-1",
        merchant="demo",
        case_id="order:demo:taobao:T1001",
        order_id="T1001",
        template=template,
        values=values,
    )


@pytest.mark.rule("S0-16")
def test_a_hold_that_was_asked_for_promises_nothing() -> None:
    """S0-16: no refund for now, we tried and may fail, ask for the refund then, tell us if you want it after all."""
    assert message(MessageTemplate.SHIP_HOLD_RECEIVED, refunds_open="11月12日").text() == (
        "亲，11月12日之前无法申请退款，但我们已尝试拦截发货（可能拦截失败），"
        "请于11月12日起尽快申请退款，如果需要继续发货，请及时联系我们！"
    )


def test_where_refunds_are_open_no_freeze_is_spoken_of() -> None:
    """In a campaign that freezes nothing the buyer may ask at once."""
    assert "无法申请退款" not in message(MessageTemplate.SHIP_HOLD_RECEIVED).text()


@pytest.mark.rule("S0-20")
def test_a_hold_that_succeeded_is_not_for_ever() -> None:
    """S0-20: held for now, ask for the refund in time, without one it may still be shipped."""
    text = message(MessageTemplate.SHIP_HOLD_SUCCEEDED).text()
    assert text == "亲，您选择的商品已拦截成功，暂时不发货。请及时申请退款，如未退款有可能继续发货。"


def test_a_text_with_a_gap_is_not_sent() -> None:
    """What a template cannot do without is named, and the message is none."""
    with pytest.raises(ValueMissing, match=r"^invoice_sent needs carrier$"):
        render(MessageTemplate.INVOICE_SENT, {"tracking_no": "SF1"})
    with pytest.raises(ValidationError, match="invoice_sent needs carrier, tracking_no"):
        message(MessageTemplate.INVOICE_SENT)


@pytest.mark.parametrize("template", MessageTemplate)
def test_every_template_can_be_sent(template: MessageTemplate) -> None:
    """Each has wordings, and with all values given the first is sent, without a place left open."""
    values = dict.fromkeys(places("".join(WORDINGS[template])), "X")
    sent = render(template, values)
    assert sent == WORDINGS[template][0].format_map(values)
    assert "{" not in sent


def test_a_value_is_not_taken_for_a_template() -> None:
    """Braces in a value stay as they are."""
    values = {"carrier": "{tracking_no.__class__}", "tracking_no": "SF1"}
    assert "{tracking_no.__class__}" in render(MessageTemplate.INVOICE_SENT, values)


@pytest.mark.rule("S2-74", "S4-48")
@pytest.mark.parametrize(
    ("template", "place"), [(MessageTemplate.RETURN_AGREED, "return_to"), (MessageTemplate.REPAIR_AGREED, "repair_to")]
)
def test_a_consent_says_where_the_goods_go(template: MessageTemplate, place: str) -> None:
    """As the shop has it when the message is sent; without it the buyer is to ask, and reads of no hole."""
    agreed = message(template)
    assert place in agreed.wants
    assert "寄到：百合路 1 号。" in agreed.text({place: "百合路 1 号"})
    assert "请联系客服获取" in agreed.text()
