"""Sources that sign their reports instead of carrying a token: the owner sets them, their roles and secrets."""

from typing import Annotated, Any

from fastapi import Depends, Path, Response
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator

from api import documented
from api.dependencies import Here
from api.merchants import Owner, OwnMerchant
from api.paging import ListPage, shown
from api.routing import Router
from api.schemas import PageShown
from connectors.connector import Connector
from connectors.registry import CONNECTORS
from domain.invalid import InvalidValue
from domain.roles import Role
from domain.times import Instant
from services import sources as service
from services.errors import NotFound
from services.sources import SENDERS, Connection
from store import inbound, sources
from store.inbound import KeptMessage
from store.sources import Source
from store.tables import MessageStatus

router = Router(prefix="/v1/merchants/{merchant}", tags=["merchants"], responses=documented.PROBLEMS)

SourceId = Annotated[str, Path(description="The source's id.", examples=["src_0c5a"])]
Secret = Annotated[str, StringConstraints(max_length=200)]
GIVEN = "24 to 64 bytes in base64, where the other side made it; else one is made here"
MADE = "Shown this once, where it was made here; null where it was given"


class RolesRequest(BaseModel):
    """What a source may report as."""

    model_config = ConfigDict(extra="forbid")

    roles: Annotated[list[Role], Field(min_length=1)] = Field(examples=[["payment"]])

    @field_validator("roles")
    @classmethod
    def _reporters(cls, roles: list[Role]) -> list[Role]:
        if others := sorted(set(roles) - set(SENDERS)):
            raise InvalidValue(
                f"{', '.join(others)} reports nothing; there are {', '.join(SENDERS)}",
                f"{', '.join(others)} 不上报任何事实；可选 {', '.join(SENDERS)}",
            )
        return sorted(set(roles))


SourceName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._-]{1,64}$")]


class SourceRequest(RolesRequest):
    """A source to set up."""

    name: SourceName = Field(examples=["alipay"])
    secret: Secret | None = Field(None, description=GIVEN)


class PlatformSourceRequest(BaseModel):
    """A source of a platform's own messages to set up."""

    model_config = ConfigDict(extra="forbid")

    name: SourceName = Field(examples=["our-taobao-shop"])
    connection: Connection
    secret: Annotated[str, StringConstraints(min_length=1, max_length=200)] | None = Field(
        None, description="The platform's secret (app secret, salt, key); none: one is made here"
    )


class SecretRequest(BaseModel):
    """A secret to go over to."""

    model_config = ConfigDict(extra="forbid")

    secret: Secret | None = Field(None, description=GIVEN)


class SourceShown(BaseModel):
    """A source; it signs what it sends to `address`."""

    source_id: str = Field(examples=["src_0c5a"])
    name: str = Field(examples=["alipay"])
    roles: list[Role] = Field(examples=[["payment"]])
    connector: str | None = Field(description="Whose own messages it sends; null: events as we take them")
    connection: Connection | None = None
    address: str = Field(examples=["/v1/events?source=src_0c5a"])
    created_at: Instant
    rotated_at: Instant | None


class SourceWithSecret(SourceShown):
    """A source, and the secret that was made for it."""

    secret: str | None = Field(description=MADE, examples=["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"])


class MessageShown(BaseModel):
    """A platform's message, and what became of it."""

    message: int = Field(examples=[17])
    message_id: str = Field(description="The platform's own", examples=["trade/1000"])
    kind: str = Field(description="Its topic; empty: nobody can say which messages are in it", examples=["trade"])
    subject: str = Field(examples=["trade/1000"])
    status: MessageStatus
    reason: str | None = Field(description="Why it is not taken in", examples=["status NEW of a trade is not known"])
    told: dict[str, Any] = Field(description="What was made of it", examples=[{"facts": 2}])
    attempts: int
    case_id: str | None = Field(description="The case in which somebody sees to it", examples=[None])
    received_at: Instant
    taken_at: Instant | None


async def _connector(connector: Annotated[str, Path(examples=["taobao"])]) -> Connector:
    found = CONNECTORS.get(connector)
    if found is None:
        raise NotFound(f"There is no connector {connector}; there are {', '.join(CONNECTORS)}.")
    return found


OfConnector = Annotated[Connector, Depends(_connector)]


async def _source(merchant: OwnMerchant, source_id: SourceId, here: Here) -> Source:
    return await service.find_source(here, merchant, source_id)


OwnSource = Annotated[Source, Depends(_source)]


@router.get("/sources")
async def list_sources(merchant: OwnMerchant, owner: Owner, here: Here, page: ListPage) -> PageShown[SourceShown]:
    """The shop's sources by name, without their secrets. For: owner."""
    return shown(await here.db.read(sources.list_sources, merchant, page.limit, page.cursor), _shown)


@router.post("/sources", status_code=201)
async def add_source(merchant: OwnMerchant, owner: Owner, request: SourceRequest, here: Here) -> SourceWithSecret:
    """Sets up a source that signs by Standard Webhooks; `POST` its events to its address. For: owner."""
    source, secret = await service.add_source(here, merchant, request.name, request.roles, request.secret)
    return _with_secret(source, secret)


@router.post("/connectors/{connector}/sources", status_code=201)
async def add_platform_source(
    merchant: OwnMerchant, connector: OfConnector, owner: Owner, request: PlatformSourceRequest, here: Here
) -> SourceWithSecret:
    """Sets up a source of a platform's own messages; have the platform push to its address. For: owner."""
    return _with_secret(
        *await service.add_platform(here, merchant, request.name, connector, request.connection, request.secret)
    )


@router.put("/sources/{source_id}/connection")
async def put_connection(
    merchant: OwnMerchant, source: OwnSource, owner: Owner, request: Connection, here: Here
) -> SourceShown:
    """Sets what is needed to read a platform's messages. For: owner."""
    return _shown(await service.change_connection(here, source, request))


@router.get("/sources/{source_id}/messages")
async def list_messages(
    merchant: OwnMerchant,
    source: OwnSource,
    owner: Owner,
    here: Here,
    page: ListPage,
    status: MessageStatus | None = None,
) -> PageShown[MessageShown]:
    """What a platform sent, the latest first: what became of each message, never what is in it. For: owner."""
    found = await here.db.read(inbound.list_messages, source, page.limit, page.cursor, status)
    return shown(found, _message_shown)


@router.put("/sources/{source_id}")
async def put_source(
    merchant: OwnMerchant, source: OwnSource, owner: Owner, request: RolesRequest, here: Here
) -> SourceShown:
    """Sets what a source may report as. For: owner."""
    return _shown(await service.change_roles(here, source, request.roles))


@router.post("/sources/{source_id}/rotate")
async def rotate_source(
    merchant: OwnMerchant, source: OwnSource, owner: Owner, request: SecretRequest, here: Here
) -> SourceWithSecret:
    """Goes over to another secret; the one before is good for a day. For: owner."""
    return _with_secret(*await service.rotate_secret(here, source, request.secret))


@router.delete("/sources/{source_id}", status_code=204)
async def remove_source(merchant: OwnMerchant, source: OwnSource, owner: Owner, here: Here) -> Response:
    """Ends a source: nothing that it signs is taken any more. For: owner."""
    await service.remove_source(here, source)
    return Response(status_code=204)


def _shown(source: Source) -> SourceShown:
    return SourceShown(
        source_id=source.source_id,
        name=source.name,
        roles=list(source.roles),
        connector=source.connector,
        connection=Connection.model_validate(source.connection) if source.connection else None,
        address=f"/v1/inbound/{source.connector}/{source.source_id}"
        if source.connector
        else f"/v1/events?source={source.source_id}",
        created_at=source.created_at,
        rotated_at=source.rotated_at,
    )


def _message_shown(kept: KeptMessage) -> MessageShown:
    return MessageShown(
        message=kept.seq,
        message_id=kept.message.id,
        kind=kept.message.kind,
        subject=kept.message.subject,
        status=kept.status,
        reason=kept.reason,
        told=kept.told,
        attempts=kept.attempts,
        case_id=kept.case_id,
        received_at=kept.received_at,
        taken_at=kept.taken_at,
    )


def _with_secret(source: Source, secret: str | None) -> SourceWithSecret:
    return SourceWithSecret(**dict(_shown(source)), secret=secret)
