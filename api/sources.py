"""Sources that sign their reports instead of carrying a token: the owner sets them, their roles and secrets."""

from typing import Annotated

from fastapi import Depends, Path, Response
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator

from api import documented
from api.dependencies import Here
from api.merchants import Owner, OwnMerchant
from api.paging import ListPage, shown
from api.routing import Router
from api.schemas import PageShown
from domain.roles import Role
from domain.times import Instant
from services import sources as service
from services.sources import SENDERS
from store import sources
from store.sources import Source

router = Router(prefix="/v1/merchants/{merchant}/sources", tags=["merchants"], responses=documented.PROBLEMS)

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
            raise ValueError(f"{', '.join(others)} reports nothing; there are {', '.join(SENDERS)}")
        return sorted(set(roles))


class SourceRequest(RolesRequest):
    """A source to set up."""

    name: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._-]{1,64}$")] = Field(examples=["alipay"])
    secret: Secret | None = Field(None, description=GIVEN)


class SecretRequest(BaseModel):
    """A secret to go over to."""

    model_config = ConfigDict(extra="forbid")

    secret: Secret | None = Field(None, description=GIVEN)


class SourceShown(BaseModel):
    """A source; it signs what it sends to `address`."""

    source_id: str = Field(examples=["src_0c5a"])
    name: str = Field(examples=["alipay"])
    roles: list[Role] = Field(examples=[["payment"]])
    address: str = Field(examples=["/v1/events?source=src_0c5a"])
    created_at: Instant
    rotated_at: Instant | None


class SourceWithSecret(SourceShown):
    """A source, and the secret that was made for it."""

    secret: str | None = Field(description=MADE, examples=["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"])


async def _source(merchant: OwnMerchant, source_id: SourceId, here: Here) -> Source:
    return await service.find_source(here, merchant, source_id)


OwnSource = Annotated[Source, Depends(_source)]


@router.get("")
async def list_sources(merchant: OwnMerchant, owner: Owner, here: Here, page: ListPage) -> PageShown[SourceShown]:
    """The shop's sources by name, without their secrets. For: owner."""
    return shown(await here.db.read(sources.list_sources, merchant, page.limit, page.cursor), _shown)


@router.post("", status_code=201)
async def add_source(merchant: OwnMerchant, owner: Owner, request: SourceRequest, here: Here) -> SourceWithSecret:
    """Sets up a source that signs by Standard Webhooks; `POST` its events to its address. For: owner."""
    source, secret = await service.add_source(here, merchant, request.name, request.roles, request.secret)
    return _with_secret(source, secret)


@router.put("/{source_id}")
async def put_source(
    merchant: OwnMerchant, source: OwnSource, owner: Owner, request: RolesRequest, here: Here
) -> SourceShown:
    """Sets what a source may report as. For: owner."""
    return _shown(await service.change_roles(here, source, request.roles))


@router.post("/{source_id}/rotate")
async def rotate_source(
    merchant: OwnMerchant, source: OwnSource, owner: Owner, request: SecretRequest, here: Here
) -> SourceWithSecret:
    """Goes over to another secret; the one before is good for a day. For: owner."""
    return _with_secret(*await service.rotate_secret(here, source, request.secret))


@router.delete("/{source_id}", status_code=204)
async def remove_source(merchant: OwnMerchant, source: OwnSource, owner: Owner, here: Here) -> Response:
    """Ends a source: nothing that it signs is taken any more. For: owner."""
    await service.remove_source(here, source)
    return Response(status_code=204)


def _shown(source: Source) -> SourceShown:
    return SourceShown(
        source_id=source.source_id,
        name=source.name,
        roles=list(source.roles),
        address=f"/v1/events?source={source.source_id}",
        created_at=source.created_at,
        rotated_at=source.rotated_at,
    )


def _with_secret(source: Source, secret: str | None) -> SourceWithSecret:
    return SourceWithSecret(**dict(_shown(source)), secret=secret)
