"""A token that is bound to one buyer (`caseline token add --buyer`): it reaches their cases, and nobody else's."""

from collections.abc import AsyncIterator
from io import StringIO
from typing import Any

import httpx
import pytest
from rich.console import Console

from commands.tokens import NewToken, add_token
from domain.roles import Role
from runtime.settings import load_settings
from sandbox.run import running_sandbox
from services.background import background
from tests.sandbox_server import line

OWN, OTHERS = "b-own", "b-other"


class Api:
    """The API in this process, for the shop's agent and for an app that acts for one buyer."""

    def __init__(self, http: httpx.AsyncClient, token: str) -> None:
        self.http, self.token = http, token

    async def call(self, method: str, path: str, body: Any = None, token: str | None = None) -> httpx.Response:
        headers = {"Authorization": f"Bearer {token or self.token}"}
        return await self.http.request(method, f"/v1{path}", json=body, headers=headers)

    async def open(self, buyer: str, token: str | None = None) -> httpx.Response:
        clock = await self.http.get("/sandbox/clock", headers={"Authorization": "Bearer demo-ops"})
        body = {
            "platform": "taobao",
            "order_id": f"of-{buyer}",
            "source": "inquiry",
            "placed_at": clock.json()["now"],
            "policy": "taobao-2012",
            "lines": [line()],
            "freight": "10.00",
            "buyer": {"id": buyer, "name": "陈小姐", "phone": "13800000000", "address": "广州", "region": "广东"},
        }
        return await self.call("POST", "/cases", body, token)

    async def pay(self, buyer: str, token: str) -> httpx.Response:
        event = {
            "specversion": "1.0",
            "id": f"pay-{buyer}",
            "source": "test",
            "type": "payment.received",
            "subject": f"order/taobao/of-{buyer}",
            "data": {"amount": "209.00"},
        }
        return await self.call("POST", "/events", event, token)


@pytest.fixture
async def api() -> AsyncIterator[Api]:
    """A sandbox in this process, with a token of one buyer as `caseline token add` makes it."""
    async with running_sandbox(load_settings(embedded=True)) as running, background(running.here):
        out = StringIO()
        await add_token(running.here.db, NewToken("demo", "app", [Role.BUYER], OWN), Console(file=out))
        transport = httpx.ASGITransport(running.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://api", timeout=60) as http:
            yield Api(http, out.getvalue().splitlines()[1])


async def test_it_reaches_one_buyers_cases(api: Api) -> None:
    """They read, list and act in their own orders and requests; another buyer's are not there at all."""
    own, other = (f"order:demo:taobao:of-{buyer}" for buyer in (OWN, OTHERS))
    for buyer in (OWN, OTHERS):
        assert (await api.open(buyer, "demo-agent")).status_code == 201
        await api.pay(buyer, "demo-payment")
    asked = {"service": "refund_only", "reason": "other"}
    requests = {}
    for case in (own, other):
        while (await api.call("GET", f"/cases/{case}", token="demo-agent")).json()["stage"] == "awaiting_payment":
            pass
        answer = await api.call("POST", f"/cases/{case}/actions/request_after_sale", asked, "demo-agent")
        requests[case] = answer.json()["result"]["case_id"]
    assert {one["case_id"] for one in (await api.call("GET", "/cases")).json()["items"]} == {own, requests[own]}
    for case in (own, requests[own]):
        for part in ("", "/timeline", "/deadlines", "/ledger", "/actions"):
            assert (await api.call("GET", f"/cases/{case}{part}")).status_code == 200, part
        for part in ("/buyer", "/memos"):
            assert (await api.call("GET", f"/cases/{case}{part}")).status_code == 403, part
    for case in (other, requests[other]):
        for part in ("", "/timeline", "/deadlines", "/ledger", "/actions", "/buyer", "/memos"):
            assert (await api.call("GET", f"/cases/{case}{part}")).status_code == 404, part
    assert (await api.call("POST", f"/cases/{requests[own]}/actions/withdraw", {})).status_code == 200
    assert (await api.call("POST", f"/cases/{requests[other]}/actions/withdraw", {})).status_code == 404
    assert (await api.call("POST", f"/cases/{requests[own]}/actions/agree", {})).status_code == 403


async def test_it_opens_orders_of_its_buyer_alone(api: Api) -> None:
    """And reports nothing as others do."""
    assert (await api.open(OTHERS)).status_code == 403
    assert (await api.open(OWN)).status_code == 201
    (result,) = (await api.pay(OWN, api.token)).json()["results"]
    assert result["status"] == "rejected"
