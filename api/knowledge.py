"""What people need to know at a case's stage, in the shop's own words (S4-02..10), and the whole catalogue of work."""

from typing import Annotated

from pydantic import BaseModel, Field

from api import documented
from api.dependencies import Caller, Here, OwnCase, allowed_for
from api.language import InLanguage
from api.routing import Router
from domain.errors import UnknownPolicy
from domain.language import said_in
from domain.policy import policy
from domain.policy.catalogue import Catalogue
from domain.roles import SHOP_STAFF, Actor
from services import words
from services.errors import NotFound

router = Router(prefix="/v1", tags=["work items"], responses=documented.PROBLEMS)

Reader = Annotated[Actor, allowed_for(SHOP_STAFF, "Reading scripts")]


class KnowledgeShown(BaseModel):
    """A piece of knowledge, with the case's own values in its words."""

    name: str = Field(examples=["freight_insurance"])
    title: str = Field(examples=["运费险说明"])
    script: str
    rules: list[str] = Field(examples=[["S4-10"]])


class KnowledgeList(BaseModel):
    """All there is to know at this stage."""

    items: list[KnowledgeShown]
    next: None = None


@router.get("/cases/{case_id}/knowledge")
async def get_knowledge(case: OwnCase, reader: Reader, here: Here, language: InLanguage) -> KnowledgeList:
    """What agents say at this stage of the case: products, process, policies, answers to what buyers ask then."""
    return KnowledgeList(
        items=[
            KnowledgeShown(
                name=known.name,
                title=said_in(language, known.piece.title),
                script=said_in(language, known.script),
                rules=list(known.piece.rules),
            )
            for known in await here.db.read(words.knowledge, case, await here.clock.now())
        ]
    )


@router.get("/policies/{policy_id}/work")
async def get_work(policy_id: str, caller: Caller) -> Catalogue:
    """An edition's catalogue of people's work: every task and piece of knowledge, in both languages."""
    try:
        return policy(policy_id).work
    except UnknownPolicy as unknown:
        raise NotFound(f"There is no edition {policy_id}.") from unknown
