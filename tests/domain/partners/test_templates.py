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


def test_a_hold_that_was_asked_for_promises_nothing() -> None:
    """S0-16: no refund for now, we tried and may fail, ask for the refund then, tell us if you want it after all."""
    assert message(MessageTemplate.SHIP_HOLD_RECEIVED, refunds_open="11月12日").text == (
        "亲，11月12日之前无法申请退款，但我们已尝试拦截发货（可能拦截失败），"
        "请于11月12日起尽快申请退款，如果需要继续发货，请及时联系我们！"
    )


def test_where_refunds_are_open_no_freeze_is_spoken_of() -> None:
    """In a campaign that freezes nothing the buyer may ask at once."""
    assert "无法申请退款" not in message(MessageTemplate.SHIP_HOLD_RECEIVED).text


def test_a_hold_that_succeeded_is_not_for_ever() -> None:
    """S0-20: held for now, ask for the refund in time, without one it may still be shipped."""
    text = message(MessageTemplate.SHIP_HOLD_SUCCEEDED).text
    assert text == "亲，您选择的商品已拦截成功，暂时不发货。请及时申请退款，如未退款有可能继续发货。"


def test_who_agrees_to_a_return_says_until_when() -> None:
    """With goods to send back the buyer hears the deadline, without any she does not."""
    assert "请于11-18 12:00前寄回商品" in message(MessageTemplate.AFTER_SALE_AGREED, return_by="11-18 12:00").text
    assert "寄回" not in message(MessageTemplate.AFTER_SALE_AGREED).text


def test_a_text_with_a_gap_is_not_sent() -> None:
    """What a template cannot do without is named, and the message is none."""
    with pytest.raises(ValueMissing, match=r"^refund_paid needs amount$"):
        render(MessageTemplate.REFUND_PAID, {"reference": "R1"})
    with pytest.raises(ValidationError, match="after_sale_refused needs react_by"):
        message(MessageTemplate.AFTER_SALE_REFUSED)


@pytest.mark.parametrize("template", MessageTemplate)
def test_every_template_can_be_sent(template: MessageTemplate) -> None:
    """Each has wordings, and with all values given the first is sent, without a place left open."""
    values = dict.fromkeys(places("".join(WORDINGS[template])), "X")
    sent = render(template, values)
    assert sent == WORDINGS[template][0].format_map(values)
    assert "{" not in sent


def test_a_value_is_not_taken_for_a_template() -> None:
    """Braces in a value stay as they are."""
    assert "{return_by.__class__}" in render(MessageTemplate.REFUND_PAID, {"amount": "{return_by.__class__}"})
