"""Whatever is sent to a route, on both databases: an answer of the contract, never a defect of ours."""

import random
from typing import Any

import httpx
from jsonschema import Draft202012Validator

from api.app import create_app
from sandbox.demo import DEMO_ROLES, seed_demo
from services.context import Context
from tests.api.documents import resolve
from tests.api.hostile import Attack, attacks
from tests.services.parts import here, temporal
from tests.store.scenes import NOON, started_order

__all__ = ["here", "temporal"]

CASE = "order:demo:taobao:T1001"
KNOWN = {
    "case_id": CASE,
    "merchant": "demo",
    "account": "demo-agent",
    "policy_id": "taobao-2012",
    "name": "unpaid_reasons",
}
TRIES = 250
"""Of some ten thousand; all of them take minutes."""


async def _answer(http: httpx.AsyncClient, attack: Attack, role: str) -> httpx.Response:
    headers = {"Authorization": f"Bearer demo-{role}", "Content-Type": attack.content_type}
    if attack.key is not None:
        headers["Idempotency-Key"] = attack.key
    raw = {name.encode(): value.encode("latin-1") for name, value in headers.items()}
    return await http.request(attack.method, attack.path, content=attack.body, headers=list(raw.items()))


def wrong_in(document: dict[str, Any], attack: Attack, answer: httpx.Response) -> list[str]:
    """What of an answer the document does not say: its status, its media type, or its content."""
    if answer.status_code in (404, 405) and answer.json()["detail"].endswith("at this address."):
        return []  # what is hostile in the path made it another's
    described = document["paths"][attack.route][attack.method.lower()]["responses"].get(str(answer.status_code))
    if described is None:
        return [f"undocumented status {answer.status_code}"]
    described = resolve(document, described)
    media_type = answer.headers["content-type"].partition(";")[0]
    if media_type not in described["content"]:
        return [f"undocumented media type {media_type}"]
    if not media_type.endswith("json"):
        return []
    schema = {**described["content"][media_type]["schema"], "components": document["components"]}
    return [error.message for error in Draft202012Validator(schema).iter_errors(answer.json())]


async def test_no_request_meets_a_defect(here: Context) -> None:
    """Of thousands of hostile requests some, others with each role; what is good beside them stays as it was."""
    await started_order(here.db)
    await seed_demo(here.db, NOON)
    app = create_app(here)
    document = app.openapi()
    chosen = random.Random(10)
    found = list(attacks(document, KNOWN))
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://api") as http:
        for attack in chosen.sample(found, TRIES):
            answer = await _answer(http, attack, chosen.choice(DEMO_ROLES))
            assert wrong_in(document, attack, answer) == [], (attack, answer.text)
        seen = await http.get(f"/v1/cases/{CASE}", headers={"Authorization": "Bearer demo-agent"})
    assert seen.json()["lines"][0]["amount"] == "199.00"
