"""The stages of every kind of case, in the order of its life, and what can follow each."""

from pydantic import BaseModel, Field

from api import documented
from api.beside import stage_title
from api.dependencies import Caller
from api.language import InLanguage
from api.routing import Router
from domain.case.ids import CaseKind
from domain.policy.stage_names import STAGES
from domain.policy.stage_ways import ways_from
from domain.shop.service import Service

router = Router(prefix="/v1/stages", tags=["cases"], responses=documented.PROBLEMS)


class NextStage(BaseModel):
    """A stage that can follow another."""

    stage: str = Field(examples=["in_transit"])
    services: list[Service] = Field([], description="Of a request: the services of which it can; else none is named")


class StageShown(BaseModel):
    """A place at which a case can stand, and where it can go from there."""

    kind: CaseKind
    stage: str = Field(examples=["awaiting_shipment"])
    title: str = Field(examples=["待发货"])
    next: list[NextStage] = Field(description="What can follow; nothing where the case ends")


class Stages(BaseModel):
    """Every stage; each kind's in the order in which its cases come to them."""

    items: list[StageShown]
    next: None = None


@router.get("")
async def list_stages(caller: Caller, language: InLanguage) -> Stages:
    """The stages of every kind of case, in the order of its life, with what can follow each: for diagrams, filters."""
    return Stages(
        items=[
            StageShown(
                kind=CaseKind(kind),
                stage=stage,
                title=stage_title(CaseKind(kind), stage, language),
                next=[
                    NextStage(stage=target, services=[Service(service) for service in services])
                    for target, services in ways_from(kind, stage).items()
                ],
            )
            for kind, stages in STAGES.items()
            for stage in stages
        ]
    )
