"""Steps that people and clients take: what may I do now, and why not; and doing it."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Annotated, Any

from fastapi import Depends, Request

from api import documented
from api.beside import offered
from api.bodies import json_body
from api.dependencies import Caller, Here, Key, OwnCase
from api.language import InLanguage
from api.routing import Router
from api.schemas import ActionsOffered, ActionTaken
from api.views import snapshot
from domain.case.declare import AnyAction
from domain.lives import LIVES
from services import steps
from services.cases import find_case
from services.errors import NotFound
from services.steps import Step

router = Router(prefix="/v1/cases/{case_id}/actions", tags=["actions"], responses=documented.PROBLEMS)


@router.get("")
async def list_actions(case: OwnCase, caller: Caller, here: Here, language: InLanguage) -> ActionsOffered:
    """Every action of that kind of case; whether the caller may take it now, and if not every reason why."""
    return ActionsOffered(items=[offered(offer, language) for offer in await steps.list_offers(here, caller, case)])


def _route(name: str, actions: Sequence[AnyAction[Any]]) -> Callable[..., Awaitable[ActionTaken]]:
    async def step(case_id: str, caller: Caller, here: Here) -> Step:
        return await steps.read_step(here, caller, case_id, name)

    async def take(
        step: Annotated[Step, Depends(step)], request: Request, caller: Caller, here: Here, key: Key = None
    ) -> ActionTaken:
        # The body is read once it is known that the caller may: the checks come in the contract's order.
        answered = await steps.take_step(here, step, await json_body(request), key)
        case = answered.case or await find_case(here, caller, step.case.case_id)
        return ActionTaken(case=snapshot(case, caller), result=answered.result)

    take.__doc__ = " ".join(dict.fromkeys(f"{action.title}. For: {', '.join(action.roles)}." for action in actions))
    return take


def _routes() -> None:
    """One route a name, so that the OpenAPI document shows each with its body; the last catches other names."""
    by_name: dict[str, list[AnyAction[Any]]] = {}
    for action in (action for life in LIVES.values() for action in life.actions):
        by_name.setdefault(action.name, []).append(action)
    for name, actions in by_name.items():
        router.add_api_route(
            f"/{name}",
            _route(name, actions),
            methods=["POST"],
            operation_id=f"take_action_{name}",
            summary=actions[0].title,
            openapi_extra=documented.action_body(actions),
        )


_routes()


@router.post("/{name}", include_in_schema=False)
async def no_action(case: OwnCase, name: str) -> None:
    """Names that no kind of case declares: 404, after the case itself was looked for."""
    raise NotFound(f"A case of kind {case.kind} has no action {name}.")
