"""Steps that people and clients take: what may I do now, and why not; and doing it."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

from pydantic import BaseModel, ValidationError

from domain.case.action import ActionRequest, Circumstances
from domain.case.completing import COMPLETE, Completion
from domain.case.declare import AnyAction, for_roles
from domain.case.live import LiveCase
from domain.case.proposing import BEYOND, PROPOSE, Proposal
from domain.case.state import CaseState
from domain.errors import Refusal
from domain.privacy import set_apart
from domain.roles import Actor, Role
from domain.shop.settings import ShopTerms
from domain.times import Instant
from services.cases import found, life_of, own_case, require_role, role_among, state_of
from services.circumstances import circumstances_now, circumstances_of
from services.context import Context
from services.errors import NotAllowed, NotFound, Refused, invalid_fields
from services.errors import refused as refused_for
from services.files import require_files
from services.sending import Answered, send_step
from store import memos, shop_settings
from store.actions import NewAction
from store.cases import CaseRecord
from store.database import Transaction
from store.tokens import Principal


@dataclass(frozen=True, slots=True)
class OfferedAction:
    """An action of a kind of case, and every reason why the caller may not take it now; none: they may."""

    action: AnyAction[Any]
    reasons: list[Refusal]


@dataclass(frozen=True, slots=True)
class Step:
    """An action that the caller may take in a case, whatever the case says of it.

    Attributes:
        shop: what the shop has set up, where it was read with the case.
    """

    case: CaseRecord
    action: AnyAction[Any]
    by: Actor
    shop: ShopTerms | None = None


async def list_offers(here: Context, caller: Principal, case: CaseRecord) -> list[OfferedAction]:
    """Every action of that kind of case, with what speaks against it now."""
    return await offers_of(here, caller, case, life_of(case).actions)


async def offers_of(
    here: Context, caller: Principal, case: CaseRecord, actions: Sequence[AnyAction[Any]]
) -> list[OfferedAction]:
    """These actions of a case, with what speaks against each now."""
    circumstances = await here.db.read(circumstances_now, case, caller.account, caller.roles[0])
    return offers_under(circumstances, caller, case, actions, await here.clock.now())


def offers_under(
    circumstances: Circumstances, caller: Principal, case: CaseRecord, actions: Sequence[AnyAction[Any]], now: Instant
) -> list[OfferedAction]:
    """These actions of a case, with what speaks against each under these circumstances."""
    actors = {role: caller.acting_as(role) for role in caller.roles}
    live = LiveCase(life_of(case), state_of(case))
    return [OfferedAction(action, _against(live, action, actors, circumstances, now)) for action in actions]


def _against(
    live: LiveCase[Any], action: AnyAction[Any], actors: dict[Role, Actor], circumstances: Circumstances, now: Instant
) -> list[Refusal]:
    by = next((actors[role] for role in action.roles if role in actors), None)
    if by is None:
        return [for_roles(action.roles)]
    if why := action.forbids(by):
        return [why]
    request = ActionRequest(action_id="", actor=by, circumstances=circumstances)
    return live.refusals(action, request, now, None)


async def read_step(here: Context, caller: Principal, case_id: str, name: str) -> Step:
    """The step by its name, the case and what the shop has set up read at once. Raises NotFound, NotAllowed."""
    case, shop = await here.db.read(_case_and_terms, caller, case_id, name)
    return replace(find_step(caller, found(case_id, case), name), shop=shop)


def _case_and_terms(
    tx: Transaction, caller: Principal, case_id: str, name: str
) -> tuple[CaseRecord | None, ShopTerms | None]:
    case = own_case(tx, caller, case_id)
    action = _action_of(case, name) if case else None
    role = role_among(caller, action.roles) if action else None
    return case, shop_settings.terms(tx, caller.merchant, caller.account, role) if role else None


def _action_of(case: CaseRecord, name: str) -> AnyAction[Any] | None:
    return next((action for action in life_of(case).actions if action.name == name), None)


def find_step(caller: Principal, case: CaseRecord, name: str) -> Step:
    """The step by its name.

    Raises:
        NotFound: a case of that kind has no such action.
        NotAllowed: the caller's roles or permissions do not allow it.
    """
    action = _action_of(case, name)
    if action is None:
        raise NotFound(f"A case of kind {case.kind} has no action {name}.")
    by = require_role(caller, action.roles, f"“{action.title}”")
    if why := action.forbids(by):
        raise NotAllowed(why.message, reasons=[why])
    return Step(case, action, by)


async def take_step(here: Context, step: Step, body: Any, key: str | None) -> Answered:
    """Takes a step that its actor may take; answers its result, and its case where that was read with it.

    Args:
        here: the parts of the process.
        step: the action, the case and its actor.
        body: the action's input, as it was sent.
        key: the same key and body act once, and answer the same.

    Raises:
        Invalid: the body is not what the action takes.
        Refused: the case refuses it, or the key was used with another body.
        Unavailable: Temporal or every worker is away; the step stays noted.
    """
    case, action, by = step.case, step.action, step.by
    case_id, name = case.case_id, action.name
    written = _read(case, action, body)
    await require_files(here, case, written)
    input_, texts = set_apart(written)
    now = await here.clock.now()
    action_id = uuid4().hex
    shop = await _shop_of(here, step)
    circumstances, reservation = await circumstances_of(here, case, action, shop, written, action_id)
    against = []
    if not case.open:
        live = LiveCase(life_of(case), state_of(case))
        request = ActionRequest(action_id=action_id, actor=by, circumstances=circumstances)
        against = live.refusals(action, request, now, input_)
    new = NewAction(
        action_id=action_id,
        merchant=case.merchant,
        case_id=case_id,
        name=name,
        key=key or action_id,
        body_hash=_body_hash(case, name, body),
        actor=by,
        input=input_.model_dump(mode="json", exclude_none=True),
        asked_at=now,
        circumstances=circumstances,
    )
    kept = [memos.memo_of(text, case_id, case.merchant, by, now) for text in texts]
    try:
        return await send_step(here, new, kept, reservation=reservation, against=against)
    except Refused as refused:
        if [reason.code for reason in refused.reasons] != [BEYOND] or _approves(state_of(case), name, input_):
            raise
        raise await _propose(here, new, kept, refused) from refused


async def _shop_of(here: Context, step: Step) -> ShopTerms:
    if step.shop is not None:
        return step.shop
    return await here.db.read(shop_settings.terms, step.case.merchant, step.by.account, step.by.role)


def _read(case: CaseRecord, action: AnyAction[Any], body: Any) -> BaseModel:
    """The input as the action has it. Raises Invalid naming each field; what is wrong with the case is not the body."""
    state = state_of(case) if action.reads else None
    try:
        input_: BaseModel = action.read(body, lambda: state)
    except ValidationError as error:
        raise invalid_fields(error.errors()) from error
    return input_


def _approves(state: CaseState, name: str, input_: BaseModel) -> bool:
    """Whether it is the approval of a proposed step: what is beyond the approver stays with the owner as it is."""
    item = state.task(input_.item_id) if name == COMPLETE and isinstance(input_, Completion) else None
    return item is not None and item.proposal is not None


async def _propose(here: Context, step: NewAction, texts: list[memos.Memo], refused: Refused) -> Refused:
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
        input=Proposal(action=step.name, input=step.input).model_dump(mode="json"),
        asked_at=step.asked_at,
    )
    item = (await send_step(here, proposal, texts)).result
    passed_on = f"It was passed on to the owner for approval: task {item['item_id']}."
    (beyond,) = refused.reasons
    told = {"message": f"{beyond.message} {passed_on}", "figures": beyond.figures | {"task": item["item_id"]}}
    return refused_for([beyond.model_copy(update=told)])


def _body_hash(case: CaseRecord, name: str, body: Any) -> str:
    canonical = json.dumps([case.case_id, name, body], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()
