"""What an integrator reads in `docs/partners/` is what goes over the wire."""

from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator
from pydantic import BaseModel

from domain.intercept.life import InterceptResult
from domain.partners.carrier import InterceptAnswer, InterceptRequest
from domain.partners.erp import LockAnswer, LockedLine, LockRequest
from domain.partners.messages import MessageSent, OutgoingMessage
from domain.partners.refunds import RefundReceipt, RefundRequest
from domain.partners.templates import Channel, MessageTemplate
from tests.activities.serving import NOON

DOCUMENTS = Path(__file__).resolve().parents[3] / "docs" / "partners"
REFUND = RefundRequest(
    refund_id="refund-1",
    merchant="demo",
    platform="taobao",
    order_id="T1001",
    case_id="after-sale:demo:taobao:T1001:1",
    amount=Decimal("199.00"),
)
MESSAGE = OutgoingMessage(
    message_id="message-1",
    merchant="demo",
    order_id="T1001",
    to="b-77",
    template=MessageTemplate.SHIP_HOLD_SUCCEEDED,
    text="亲，您选择的商品已拦截成功，暂时不发货。",
)

LOCK = LockRequest(
    lock_id="hold:demo:taobao:T1001:1/errand/3",
    merchant="demo",
    platform="taobao",
    order_id="T1001",
    hold_case_id="hold:demo:taobao:T1001:1",
    line_ids=["1"],
    lines=[LockedLine(line_id="1", quantity=1)],
    lock=True,
)
INTERCEPT = InterceptRequest(
    intercept_id="intercept:demo:taobao:T1001:1:1/errand/1",
    merchant="demo",
    platform="taobao",
    order_id="T1001",
    case_id="intercept:demo:taobao:T1001:1:1",
    carrier="zto",
    tracking_no="ZT1",
)


def test_every_occasion_and_every_way_of_a_message_is_named() -> None:
    """Whoever implements the messaging partner sees what to expect."""
    schemas = yaml.safe_load((DOCUMENTS / "messaging.yaml").read_text())["components"]["schemas"]
    described = schemas["OutgoingMessage"]["properties"]
    assert described["template"]["examples"] == list(MessageTemplate)
    assert described["channel"]["examples"] == list(Channel)


@pytest.mark.parametrize(
    ("document", "schema", "said"),
    [
        ("payments", "RefundRequest", REFUND),
        ("payments", "RefundReceipt", RefundReceipt(reference="R1", paid_at=NOON)),
        ("messaging", "MessageSent", MessageSent(sent_at=NOON)),
        ("messaging", "OutgoingMessage", MESSAGE),
        ("erp", "LockRequest", LOCK),
        ("erp", "LockAnswer", LockAnswer(locked=False, reason="already_packed")),
        ("erp", "LockAnswer", LockAnswer()),
        ("carrier", "InterceptRequest", INTERCEPT),
        ("carrier", "InterceptAnswer", InterceptAnswer(intercepted=False, reason="signed", at=NOON)),
        ("carrier", "InterceptAnswer", InterceptAnswer()),
    ],
)
def test_the_documents_say_what_is_sent(document: str, schema: str, said: BaseModel) -> None:
    """The same fields, all of them required; what is sent fits, and so do the examples."""
    described = yaml.safe_load((DOCUMENTS / f"{document}.yaml").read_text())["components"]["schemas"][schema]
    assert set(described["properties"]) == set(described["required"]) == set(type(said).model_fields)
    Draft202012Validator(described, format_checker=Draft202012Validator.FORMAT_CHECKER).validate(
        said.model_dump(mode="json")
    )
    for example in described["examples"]:
        assert set(type(said).model_validate(example).model_dump(mode="json")) == set(described["properties"])


def test_a_result_that_comes_later_is_described_as_it_is_taken_in() -> None:
    """The examples of `intercept.result` fit their schema, and the case that takes them in."""
    document = yaml.safe_load((DOCUMENTS / "carrier.yaml").read_text())
    described = document["components"]["schemas"]["InterceptReported"]
    content = document["webhooks"]["intercept.result"]["post"]["requestBody"]["content"]
    for example in content["application/cloudevents+json"]["examples"].values():
        Draft202012Validator(described).validate(example["value"])
        taken = InterceptResult.model_validate(example["value"]["data"])
        assert set(taken.model_dump()) == set(described["properties"]["data"]["properties"])
