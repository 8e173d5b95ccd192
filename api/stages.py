"""The stages of every kind of case, in the order of its life."""

from pydantic import BaseModel, Field

from api import documented
from api.beside import stage_title
from api.dependencies import Caller
from api.language import InLanguage
from api.routing import Router
from domain.case.ids import CaseKind
from domain.policy.stage_names import STAGES

router = Router(prefix="/v1/stages", tags=["cases"], responses=documented.PROBLEMS)


class StageShown(BaseModel):
    """A place at which a case can stand."""

    kind: CaseKind
    stage: str = Field(examples=["awaiting_shipment"])
    title: str = Field(examples=["待发货"])


class Stages(BaseModel):
    """Every stage; each kind's in the order in which its cases come to them."""

    items: list[StageShown]
    next: None = None


@router.get("")
async def list_stages(caller: Caller, language: InLanguage) -> Stages:
    """The stages of every kind of case, in the order of its life, for diagrams and filters."""
    return Stages(
        items=[
            StageShown(kind=CaseKind(kind), stage=stage, title=stage_title(CaseKind(kind), stage, language))
            for kind, stages in STAGES.items()
            for stage in stages
        ]
    )
