"""What platforms refuse for good, told from what passes: by the codes in their tables, and as the sandbox's answer."""

import json
from datetime import UTC, datetime

import pytest

from connectors.calling import Calls, NotAnswered, Refused
from connectors.douyin import calls as douyin
from connectors.jd import calls as jd
from connectors.kuaidi100 import push as kuaidi100
from connectors.registry import CONNECTORS
from connectors.taobao import calls as taobao
from connectors.translation import Credentials, Enquiry
from sandbox.platforms.platform import Application
from sandbox.platforms.routes import GATEWAYS
from sandbox.platforms.script import PlatformScript

NOON = datetime(2026, 11, 12, 4, tzinfo=UTC)
APP = Credentials("app", "secret", session="token", account="10001")


def top(code: int, sub_code: str = "") -> NotAnswered | None:
    return taobao.not_answered(json.dumps({"error_response": {"code": code, "sub_code": sub_code}}))


def doudian(code: int, sub_code: str = "") -> NotAnswered | None:
    return douyin.not_answered(json.dumps({"code": code, "sub_code": sub_code}))


def jos(code: int) -> NotAnswered | None:
    return jd.not_answered(json.dumps({"error_response": {"code": str(code), "zh_desc": "…"}}))


@pytest.mark.parametrize(
    "said",
    [
        top(15, "isv.trade-not-exist"),
        top(520, "isv.invalid-parameter:tid"),
        top(41),
        doudian(40004, "isv.parameter-invalid:20014"),
        doudian(50002, "isv.business-failed:20015"),
        jos(71),
        jos(61),
    ],
)
def test_what_is_not_there_is_refused_for_good(said: NotAnswered | None) -> None:
    """An order of nobody, or of another shop."""
    assert said
    assert said.refused is Refused.THING


@pytest.mark.parametrize(
    "said",
    [
        top(11, "isv.permission-api-package-empty"),
        top(15, "isv.invalid-permission"),
        top(22),
        doudian(30001, "isv.app-permissions-insufficient"),
        doudian(70000, "isp.api-service-off"),
        jos(24),
        jos(64),
    ],
)
def test_what_may_not_be_asked_is_refused_for_good(said: NotAnswered | None) -> None:
    """By anybody who is not allowed to."""
    assert said
    assert said.refused is Refused.CALL


@pytest.mark.parametrize(
    "said",
    [
        top(15, "isp.remote-service-error"),
        top(520, "isv.trade-service-rejection"),
        top(7, "isv.trade-not-exist"),
        doudian(50002, "isv.business-failed:20004"),
        doudian(40003, "isv.timestamp-invalid"),
        doudian(20000),
        doudian(60000, "isv.traffic-limited"),
        jos(2),
        jos(66),
    ],
)
def test_what_may_pass_is_asked_for_again(said: NotAnswered | None) -> None:
    """A service that is busy, a clock that is off, one call too many."""
    assert said
    assert said.refused is None


@pytest.mark.parametrize(
    "said",
    [
        top(27, "isv.invalid-session"),
        top(25),
        doudian(30001, "dop.authorization-closed"),
        doudian(40003, "isv.access-token-expired"),
        jos(19),
        kuaidi100.WATCHING.not_answered('{"returnCode": "601"}'),
        kuaidi100.WATCHING.query_not_answered('{"returnCode": "600"}'),
    ],
)
def test_who_is_not_known_is_told_from_what_is_not_there(said: NotAnswered | None) -> None:
    """Nothing that they ask is answered, until somebody renews the session or the key."""
    assert said
    assert said.refused is Refused.WHO


ENQUIRIES = [
    ("taobao", Enquiry(call="taobao.trade.fullinfo.get", about="88")),
    ("taobao", Enquiry(call="taobao.refund.get", about="88")),
    ("douyin", Enquiry(call="order.orderDetail", about="88")),
    ("douyin", Enquiry(call="afterSale.Detail", about="88")),
    ("jd", Enquiry(call="jingdong.pop.afs.soa.refundapply.queryPageList", about="88")),
    ("jd", Enquiry(call="jingdong.asc.query.list", about="88")),
]


@pytest.mark.parametrize(("connector", "enquiry"), ENQUIRIES)
def test_sandbox_platforms_refuse_as_they_are_told(connector: str, enquiry: Enquiry) -> None:
    """A thing, a call; or they cannot answer now. Each is told from the others as the platform's own answer is."""
    calls = CONNECTORS[connector].calls
    assert calls

    def answered(script: PlatformScript) -> Refused | None:
        return _asked(calls, Application(connector, APP, script), enquiry)

    assert answered(PlatformScript(refuse=frozenset({"88"}))) is Refused.THING
    assert answered(PlatformScript(refuse=frozenset({enquiry.call}))) is Refused.CALL
    assert answered(PlatformScript(fail=frozenset({"88"}))) is None


def _asked(calls: Calls, application: Application, enquiry: Enquiry) -> Refused | None:
    question = calls.ask(enquiry)
    assert question
    body = GATEWAYS[application.connector].answer(application, calls.sign(question, APP, NOON), NOON)
    said = calls.not_answered(body)
    assert said, body
    return said.refused
