"""What integrators script and feed the sandbox's platforms with, and the gateways that Caseline calls."""

import json
from collections.abc import Awaitable, Callable
from typing import Annotated, Any
from urllib.parse import parse_qsl

import httpx
from fastapi import APIRouter, Path, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from api import documented
from api.dependencies import Caller, allowed_for
from api.routing import Router
from connectors.reading import Fields, parse_json
from connectors.translation import Credentials
from domain.roles import Actor, Role
from runtime.partners import PLATFORM_GATEWAYS
from sandbox.platforms import top
from sandbox.platforms.platform import Application
from sandbox.platforms.script import PlatformScript
from sandbox.platforms.shapes import SHAPES, Pushed
from services.context import Context
from services.errors import NotFound
from store import sources
from store.tokens import Principal

Ops = Annotated[Actor, allowed_for((Role.OPS,), "Scripting a platform")]
OfConnector = Annotated[str, Path(examples=["taobao"])]
SourceId = Annotated[str, Path(description="An id of the shop's sources.", examples=["src_0c5a"])]
IDS = {"trade": "tid", "refund": "refund_id"}


class Change(BaseModel):
    """Something changed on the platform.

    Attributes:
        topic: of the message that says so: a topic of TMC, a tag of Douyin; Kdniao's RequestType.
        trade, refund: Taobao's, as they stand now: they are pushed thin and can be asked for.
        content: what another platform pushes.
    """

    model_config = ConfigDict(extra="forbid")

    topic: str = Field("", examples=["taobao_trade_TradeBuyerPay"])
    trade: dict[str, Any] | None = None
    refund: dict[str, Any] | None = None
    content: dict[str, Any] | None = None


class Told(BaseModel):
    """Whether the platform pushed it."""

    pushed: bool


class ApplicationShown(BaseModel):
    """How a platform behaves to a source, and what came of its pushes and of calls."""

    script: PlatformScript
    told: int
    dropped: int
    sent: int
    calls: int
    limited: int
    watched: list[str] = Field(description="Parcels that it was asked to watch", examples=[["zhongtong/ZT1"]])


class Platforms:
    """The applications of this sandbox, by their sources and by their names on the platform."""

    def __init__(self, here: Context) -> None:
        self.here = here
        self._known: dict[str, Application] = {}

    async def of(self, caller: Principal, connector: str, source_id: str) -> Application:
        """The application behind a source. Raises NotFound."""
        signer = await self.here.db.read(sources.signer, source_id, await self.here.clock.now())
        if signer is None or signer.source.merchant != caller.merchant or signer.source.connector != connector:
            raise NotFound(f"There is no source {source_id} of {connector}.")
        if connector not in SHAPES:
            raise NotFound(f"{connector} pushes nothing.")
        key = (signer.source.connection or {}).get("key") or ""
        known = self._known.setdefault(source_id, Application(connector, Credentials(key, signer.secrets[0])))
        known.credentials = Credentials(key, signer.secrets[0])
        return known

    def by_key(self, connector: str, key: str) -> Application | None:
        """The application of that name."""
        found = (one for one in self._known.values() if one.connector == connector and one.credentials.key == key)
        return next(found, None)

    def sender(self, connector: str, source_id: str) -> Callable[[Pushed], Awaitable[None]]:
        """What posts a push to its source."""
        address = f"http://127.0.0.1:{self.here.settings.port}/v1/inbound/{connector}/{source_id}"

        async def send(push: Pushed) -> None:
            async with httpx.AsyncClient(timeout=30) as http:
                body = {"data": dict(push.form)} if push.form else {"content": push.body.encode()}
                await http.post(address, params=dict(push.query), headers=dict(push.headers), **body)

        return send


def platform_routes(here: Context) -> tuple[APIRouter, APIRouter]:
    """The sandbox's platforms."""
    platforms = Platforms(here)
    return _control_routes(platforms), _gateways(platforms)


def _control_routes(platforms: Platforms) -> APIRouter:
    router = Router(prefix="/sandbox/platforms/{connector}/{source}", tags=["sandbox"], responses=documented.PROBLEMS)

    @router.get("")
    async def show_platform(caller: Caller, ops: Ops, connector: OfConnector, source: SourceId) -> ApplicationShown:
        """How a sandbox platform behaves to a source, and what came of its pushes."""
        return _shown(await platforms.of(caller, connector, source))

    @router.put("/script")
    async def script_platform(
        caller: Caller, ops: Ops, connector: OfConnector, source: SourceId, request: PlatformScript
    ) -> ApplicationShown:
        """Says what share of its pushes it drops, doubles or mixes up, what it masks, how often it may be called."""
        application = await platforms.of(caller, connector, source)
        application.rescript(request)
        return _shown(application)

    @router.post("/changes")
    async def change_platform(
        caller: Caller, ops: Ops, connector: OfConnector, source: SourceId, request: Change
    ) -> Told:
        """Changes something on the platform, which pushes that to the source's address as its script says."""
        application = await platforms.of(caller, connector, source)
        content = request.content or {}
        for kind, thing in (("trade", request.trade), ("refund", request.refund)):
            if thing is not None:
                content = application.keep(kind, str(thing[IDS[kind]]), thing)
        pushed = await application.tell(request.topic, content, platforms.sender(connector, source))
        return Told(pushed=pushed)

    return router


def _shown(application: Application) -> ApplicationShown:
    counts = application.counts
    return ApplicationShown(
        script=application.script,
        told=counts.told,
        dropped=counts.dropped,
        sent=counts.sent,
        calls=counts.calls,
        limited=counts.limited,
        watched=list(application.watched),
    )


def _gateways(platforms: Platforms) -> APIRouter:
    """What Caseline calls in place of the platforms' own gateways; our API's document leaves them out."""
    router = APIRouter(include_in_schema=False)

    @router.post(f"{PLATFORM_GATEWAYS}/taobao")
    async def call_top(request: Request) -> Response:
        """TOP's one address."""
        posted = await _form(request)
        application = platforms.by_key("taobao", posted.get("app_key", ""))
        now = await platforms.here.clock.now()
        body = top.answer(application, posted, now) if application else top.unknown()
        return Response(body, media_type="application/json")

    @router.post(f"{PLATFORM_GATEWAYS}/kuaidi100")
    async def subscribe_at_kuaidi100(request: Request) -> Response:
        """Takes a subscription; a second one of a parcel is answered so."""
        param = Fields(parse_json((await _form(request)).get("param", ""), "param"), "param")
        application = platforms.by_key("kuaidi100", param.text("key"))
        code = application.watch(f"{param.text('company')}/{param.text('number')}") if application else "600"
        return _answer({"result": code == "200", "returnCode": code, "message": ""})

    @router.post(f"{PLATFORM_GATEWAYS}/kdniao")
    async def subscribe_at_kdniao(request: Request) -> Response:
        """Takes a subscription."""
        form = await _form(request)
        data = Fields(parse_json(form.get("RequestData", ""), "RequestData"), "RequestData")
        application = platforms.by_key("kdniao", form.get("EBusinessID", ""))
        if application:
            application.watch(f"{data.text('ShipperCode')}/{data.text('LogisticCode')}")
        return _answer({"EBusinessID": form.get("EBusinessID", ""), "Success": bool(application)})

    return router


async def _form(request: Request) -> dict[str, str]:
    return dict(parse_qsl((await request.body()).decode(errors="replace"), keep_blank_values=True))


def _answer(content: dict[str, Any]) -> Response:
    return Response(json.dumps(content), media_type="application/json")
