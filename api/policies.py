"""The marketplaces' rules as editions: every value with its rule id, and whether it was verified."""

from pydantic import BaseModel, Field

from api import documented
from api.dependencies import Caller
from api.language import InLanguage
from api.routing import Router
from domain.errors import UnknownPolicy
from domain.policy import PolicyTerms, policies, policy
from domain.policy.edition_names import edition_in
from services.errors import NotFound

router = Router(prefix="/v1/policies", tags=["policies"], responses=documented.PROBLEMS)


class Edition(BaseModel):
    """An edition in the list."""

    id: str = Field(examples=["taobao-2012"])
    platform: str = Field(examples=["taobao"])
    title: str
    current: bool


class EditionsShown(BaseModel):
    """Every edition there is."""

    items: list[Edition]
    next: None = None


@router.get("")
async def list_policies(caller: Caller, language: InLanguage) -> EditionsShown:
    """The editions; a case keeps the one it was opened under."""
    return EditionsShown(
        items=[
            Edition(
                id=edition.id,
                platform=edition.platform,
                title=edition_in(language, edition.id),
                current=edition.current,
            )
            for edition in policies().values()
        ]
    )


@router.get("/{policy_id}")
async def get_policy(policy_id: str, caller: Caller) -> PolicyTerms:
    """One edition in full; what it says of people's work is under `/work`."""
    try:
        return policy(policy_id)
    except UnknownPolicy as unknown:
        raise NotFound(f"There is no edition {policy_id}.") from unknown
