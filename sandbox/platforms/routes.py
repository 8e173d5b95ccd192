"""What integrators script and feed the sandbox's platforms with, and the gateways that Caseline calls."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Annotated, Any
from urllib.parse import parse_qsl

import httpx
from fastapi import APIRouter, Path, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from api import documented
from api.dependencies import Caller, allowed_for
from api.routing import Router
from connectors.calling import Call
from connectors.translation import Credentials
from domain.roles import Actor, Role
from runtime.partners import PLATFORM_GATEWAYS
from sandbox.platforms import doudian, jos, top, tracking
from sandbox.platforms.gateway import Gateway
from sandbox.platforms.platform import TRACK, Application
from sandbox.platforms.script import PlatformScript
from sandbox.platforms.shapes import Pushed
from services.context import Context
from services.errors import NotFound
from store import sources
from store.sources import Signer
from store.tokens import Principal

Ops = Annotated[Actor, allowed_for((Role.OPS,), "Scripting a platform")]
OfConnector = Annotated[str, Path(examples=["taobao"])]
SourceId = Annotated[str, Path(description="An id of the shop's sources.", examples=["src_0c5a"])]
GATEWAYS: Mapping[str, Gateway] = {
    "taobao": top.GATEWAY,
    "douyin": doudian.GATEWAY,
    "jd": jos.GATEWAY,
    "kuaidi100": tracking.KUAIDI100,
    "kdniao": tracking.KDNIAO,
}


class Change(BaseModel):
    """Something changed on the platform.

    Attributes:
        topic: of the message that says so: a topic of TMC, a tag of Douyin; Kdniao's RequestType. JD pushes nothing.
        trade, refund: Taobao's, as they stand now, `order`, `aftersale`: Douyin's, `order`, `refund`, `service`,
            `money`: JD's: they are pushed thin, where they are pushed, and can be asked for.
        content: what else is pushed: tracks.
    """

    model_config = ConfigDict(extra="forbid")

    topic: str = Field("", examples=["taobao_trade_TradeBuyerPay"])
    trade: dict[str, Any] | None = None
    refund: dict[str, Any] | None = None
    order: dict[str, Any] | None = None
    aftersale: dict[str, Any] | None = None
    service: dict[str, Any] | None = None
    money: dict[str, Any] | None = None
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
        return self._as_it_is(signer)

    def _as_it_is(self, signer: Signer) -> Application:
        """The application behind a source, by the name and the secret that this has now."""
        names = Credentials((signer.source.connection or {}).get("key") or "", signer.secrets[0])
        known = self._known.setdefault(signer.source.source_id, Application(signer.source.connector or "", names))
        known.credentials = names
        return known

    async def by_key(self, connector: str, key: str) -> Application | None:
        """The application of that name, of a source that is pulled."""
        now = await self.here.clock.now()
        for source in await self.here.db.read(sources.pulled):
            if source.connector == connector and (source.connection or {}).get("key") == key:
                signer = await self.here.db.read(sources.signer, source.source_id, now)
                return self._as_it_is(signer) if signer else None
        return None

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
        gateway, content = GATEWAYS[connector], request.content or {}
        for kind, id_of in gateway.kinds.items():
            thing: dict[str, Any] | None = getattr(request, kind)
            if thing is not None:
                content = dict(gateway.pushed(kind, application.keep(kind, id_of(thing), thing)))
        for parcel, track in gateway.tracks(content):
            application.keep(TRACK, parcel, track)
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

    @router.post(f"{PLATFORM_GATEWAYS}/{{connector}}{{path:path}}")
    async def call_platform(request: Request, connector: str, path: str) -> Response:
        """A platform's own gateway, whatever stands behind its address."""
        call = await _call(request, path)
        gateway = GATEWAYS[connector]
        key, now = gateway.key(call), await platforms.here.clock.now()
        application = await platforms.by_key(connector, key)
        known = application is not None and not application.refuses(key)
        body = gateway.answer(application, call, now) if application and known else gateway.unknown()
        return Response(body, media_type="application/json")

    return router


async def _call(request: Request, path: str) -> Call:
    body = (await request.body()).decode(errors="replace")
    is_form = "form" in request.headers.get("content-type", "")
    form = dict(parse_qsl(body, keep_blank_values=True)) if is_form else {}
    return Call(path=path, query=dict(request.query_params), form=form, body=body)
