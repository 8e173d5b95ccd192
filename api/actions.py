"""Steps that people and clients take: what may I do now, and why not; and doing it."""

import hashlib
import json
from collections.abc import Awaitable, Callable, Sequence
from typing import Annotated, Any
from uuid import uuid4

from fastapi import APIRouter, Header, Request
from pydantic import BaseModel

from api import documented
from api.auth import Caller, acting, actor
from api.cases import find
from api.circumstances import circumstances_of
from api.context import Context, Here
from api.goods import goods_of
from api.problems import Conflict, ForbiddenProblem, Invalid, NotFound
from api.schemas import ActionsOffered, ActionTaken
from api.starting import start_order
from api.steps import take_step
from api.views import life_of, offered, snapshot, state_of
from domain.case.asked import ActionAsked, Circumstances
from domain.case.completing import COMPLETE, Completion
from domain.case.declare import AnyAction
from domain.case.ids import CaseKind
from domain.case.live import LiveCase
from domain.case.proposing import BEYOND, PROPOSE, Proposal
from domain.case.state import CaseState
from domain.lives import LIVES
from domain.privacy import set_apart
from domain.roles import Actor
from store import memos, opening, shop_settings
from store.actions import NewAction
from store.cases import CaseRecord
from store.tokens import Principal

router = APIRouter(prefix="/v1/cases/{case_id}/actions", tags=["actions"], responses=documented.PROBLEMS)

Key = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        max_length=200,
        description="The same key and body act once, and answer the same.",
    ),
]


@router.get("")
async def list_actions(case_id: str, caller: Caller, here: Here) -> ActionsOffered:
    """Every action of that kind of case; whether the caller may take it now, and if not every reason why."""
    case = await find(here, caller, case_id)
    actors = {role: actor(caller, role) for role in caller.roles}
    shop = await shop_settings.terms(here.db, case.merchant, caller.account, caller.roles[0])
    around = Circumstances(shop=shop, goods=await goods_of(here, case))
    return ActionsOffered(items=offered(case, actors, around, await here.clock.now()))


def _route(name: str, actions: Sequence[AnyAction[Any]]) -> Callable[..., Awaitable[ActionTaken]]:
    async def take(case_id: str, request: Request, caller: Caller, here: Here, key: Key = None) -> ActionTaken:
        return await _take(name, case_id, request, caller, here, key)

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
            operation_id=f"take_{name}",
            summary=actions[0].title,
            openapi_extra=documented.action_body(actions),
        )


_routes()


@router.post("/{name}", include_in_schema=False)
async def take_other(case_id: str, name: str, request: Request, caller: Caller, here: Here) -> ActionTaken:
    """Names that no kind of case declares: 404, after the case itself was looked for."""
    return await _take(name, case_id, request, caller, here, None)


async def _take(
    name: str, case_id: str, request: Request, caller: Principal, here: Context, key: str | None
) -> ActionTaken:
    case = await find(here, caller, case_id)
    action = {action.name: action for action in life_of(case).actions}.get(name)
    if action is None:
        raise NotFound(f"A case of kind {case.kind} has no action {name}.")
    by = acting(caller, action.roles, name)
    if why := action.forbids(by):
        raise ForbiddenProblem(why)
    result = await take_in_case(here, case, action, by, await _json(request), key)
    return ActionTaken(case=snapshot(await find(here, caller, case_id)), result=result)


async def take_in_case(
    here: Context, case: CaseRecord, action: AnyAction[Any], by: Actor, body: Any, key: str | None
) -> dict[str, Any]:
    """Takes a step that its actor may take; answers its result.

    Raises:
        ValidationError: the body is not what the action takes.
        Conflict: the case refuses it, or the key was used with another body.
        Unavailable: Temporal did not answer in time; the step stays noted.
    """
    case_id, name = case.case_id, action.name
    written = action.input.model_validate(body)
    given, texts = set_apart(written)
    now = await here.clock.now()
    action_id = uuid4().hex
    circumstances, reservation = await circumstances_of(here, case, action, by, written, action_id)
    against = []
    if not case.open:
        live = LiveCase(life_of(case), state_of(case))
        asked = ActionAsked(action_id=action_id, actor=by, circumstances=circumstances)
        against = live.refusals(action, asked, now, given)
    if case.version == 0 and case.kind is CaseKind.ORDER:
        await start_order(here.temporal, await opening.opening_of(here.db, case_id))
    step = NewAction(
        action_id=action_id,
        merchant=case.merchant,
        case_id=case_id,
        name=name,
        key=key or action_id,
        body_hash=_body_hash(case, name, body),
        actor=by,
        given=given.model_dump(mode="json", exclude_none=True),
        asked_at=now,
        circumstances=circumstances,
    )
    kept = [memos.memo_of(text, case_id, case.merchant, by, now) for text in texts]
    try:
        return await take_step(here, step, kept, reservation=reservation, against=against)
    except Conflict as refused:
        if [reason.code for reason in refused.reasons] != [BEYOND] or _approves(state_of(case), name, given):
            raise
        raise await _proposed(here, step, kept, refused) from refused


def _approves(state: CaseState, name: str, given: BaseModel) -> bool:
    """Whether it is the approval of a proposed step: what is beyond the approver stays with the owner as it is."""
    item = state.task(given.item_id) if name == COMPLETE and isinstance(given, Completion) else None
    return item is not None and item.proposal is not None


async def _proposed(here: Context, step: NewAction, texts: list[memos.Memo], refused: Conflict) -> Conflict:
    """A step that only its account's authority forbids goes to the owner, who takes it by one approval (S4-66).

    Its texts, which were taken back with the refusal, are kept again: the approved step refers to them.
    """
    proposal = NewAction(
        action_id=f"{step.action_id}-proposal",
        merchant=step.merchant,
        case_id=step.case_id,
        name=PROPOSE,
        key=f"{step.action_id}-proposal",
        body_hash=step.body_hash,
        actor=step.actor,
        given=Proposal(action=step.name, given=step.given).model_dump(mode="json"),
        asked_at=step.asked_at,
    )
    item = await take_step(here, proposal, texts)
    passed_on = f"It was passed on to the owner for approval: task {item['item_id']}."
    return Conflict(f"{refused.detail} {passed_on}", reasons=refused.reasons)


async def _json(request: Request) -> Any:
    raw = await request.body()
    if not raw.strip():
        return {}
    try:
        return json.loads(raw)
    except ValueError as error:
        raise Invalid("The body is not JSON.") from error


def _body_hash(case: CaseRecord, name: str, body: Any) -> str:
    canonical = json.dumps([case.case_id, name, body], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()
