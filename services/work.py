"""People's tasks: taken, given back, handed over, completed."""

from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from domain.case.completing import completing, data_of, outcome_rule
from domain.case.declare import AnyOutcome
from domain.case.ids import kind_of
from domain.case.work import WorkState
from domain.errors import Refusal
from domain.lives import LIVES
from domain.policy import policies, policy
from domain.policy.catalogue import Text, WorkType
from domain.roles import SHOP_STAFF, Group, Role
from services.cases import find_case, life_of, require_role
from services.context import Context
from services.errors import Invalid, NotAllowed, NotFound, Refused, invalid_field
from services.steps import Step, offers_of, take_step
from store import accounts, work_items
from store.tokens import Principal
from store.work_items import WorkItemRecord

LEADS = (Role.SUPERVISOR, Role.OWNER)
"""Who may act on a task that somebody else holds."""
COMPLETING = "Completing a task so"


@dataclass(frozen=True, slots=True)
class Completed:
    """What came of a task; `data` is what its outcome asks for."""

    outcome: str
    note: str
    data: dict[str, Any]


async def find_task(here: Context, caller: Principal, item_id: str) -> WorkItemRecord:
    """A task of the caller's shop. Raises NotFound."""
    item = await here.db.read(work_items.get_item, caller.merchant, item_id)
    if item is None:
        raise NotFound(f"There is no task {item_id}.")
    return item


async def claim_task(here: Context, caller: Principal, item_id: str) -> WorkItemRecord:
    """Takes the task: nobody else holds it then. Claiming one's own again changes nothing.

    Raises:
        NotFound: there is no such task.
        Refused: somebody else has it, or it is settled.
    """
    item = await here.db.write(work_items.claim, caller.merchant, item_id, caller.account)
    if item is None:
        raise _taken(await find_task(here, caller, item_id))
    return item


async def give_back_task(here: Context, caller: Principal, item_id: str) -> WorkItemRecord:
    """Gives the task back to its group; supervisors and the owner may give back another's.

    Raises:
        NotFound: there is no such task.
        Refused: somebody else has it, or it is settled.
    """
    item = await here.db.write(work_items.release, caller.merchant, item_id, _own_only(caller))
    if item is None:
        item = await find_task(here, caller, item_id)
        if item.state is not WorkState.OPEN or item.assignee is not None:
            raise _taken(item)
    return item


def require_settler(caller: Principal, item: WorkItemRecord) -> None:
    """Raises NotAllowed for who may say none of the task's outcomes, whatever came of it."""
    outcomes = work_type(item).outcomes_for(item.variant)
    require_role(caller, dict.fromkeys(role for outcome in outcomes for role in may_say(item, outcome)), COMPLETING)


async def complete_task(
    here: Context, caller: Principal, item: WorkItemRecord, completed: Completed, key: str | None
) -> WorkItemRecord:
    """Says what came of the task; the case acts on it.

    Raises:
        NotAllowed: the caller's roles may not say so.
        Invalid: the task does not know the outcome, or the outcome asks for other data.
        Refused: somebody else has it, or the case refuses the outcome.
        Unavailable: Temporal or every worker is away; the step stays noted.
    """
    by = require_role(caller, may_say(item, completed.outcome), COMPLETING)
    known = work_type(item).outcomes_for(item.variant)
    if completed.outcome not in known:
        outcomes = ", ".join(known)
        raise invalid_field("outcome", f"must be one of {outcomes}", f"只能是 {outcomes}")
    if (rule := _rule(item, completed.outcome)) and (why := rule.forbids(by)):
        raise NotAllowed(why.message, reasons=[why])
    if item.assignee not in (None, caller.account) and by.role not in LEADS:
        raise _taken(item)
    case = await find_case(here, caller, item.case_id)
    body = {"item_id": item.item_id, "outcome": completed.outcome, "note": completed.note, "data": completed.data}
    own_key = f"{item.item_id}/{key}" if key else None  # one step completes all of the case's tasks
    await take_step(here, Step(case, completing(life_of(case)), by), body, own_key)
    return await find_task(here, caller, item.item_id)


async def assign_task(here: Context, caller: Principal, item: WorkItemRecord, account: str) -> WorkItemRecord:
    """Hands one's own task over. Supervisors and the owner hand over anybody's, and give out what nobody has.

    Raises:
        Invalid: nobody of the shop's staff has that account.
        Refused: it is not the caller's to hand over.
    """
    await _check_may_act(here, caller.merchant, "account", account)
    if not await here.db.write(work_items.hand_over, caller.merchant, item.item_id, account, _own_only(caller)):
        raise _not_ones_own(await find_task(here, caller, item.item_id))
    return await find_task(here, caller, item.item_id)


async def hand_over_tasks(here: Context, merchant: str, from_: str, to: str | None, group: Group | None) -> int:
    """Hands over all open tasks of one who is away, or gives them back; says how many. Raises Invalid."""
    if to is not None:
        await _check_may_act(here, merchant, "to", to)
    return await here.db.write(work_items.hand_over_all, merchant, from_, to, group)


def work_type(item: WorkItemRecord) -> WorkType:
    """What the edition says of tasks of that type."""
    return policy(item.policy).work.tasks[item.type]


def title_of(type_: str) -> Text:
    """What people call tasks of that type, by the first edition that words it."""
    return next(kinds[type_].title for kinds in (one.work.tasks for one in policies().values()) if type_ in kinds)


def outcome_data(item: WorkItemRecord, outcome: str) -> type[BaseModel]:
    """What is to be said with that outcome."""
    return data_of(LIVES[kind_of(item.case_id)], item, outcome)


def outcome_action(item: WorkItemRecord, outcome: str) -> str | None:
    """The action of the case that the outcome is, if it is one."""
    rule = _rule(item, outcome)
    return rule.action.name if rule and rule.action else None


async def outcome_reasons(here: Context, caller: Principal, item: WorkItemRecord) -> dict[str, list[Refusal]]:
    """Why the caller may not say each outcome now, whatever they say with it."""
    rules = {outcome: _rule(item, outcome) for outcome in work_type(item).outcomes_for(item.variant)}
    deeds = {outcome: rule.action for outcome, rule in rules.items() if rule and rule.action}
    case = await find_case(here, caller, item.case_id)
    offers = await offers_of(here, caller, case, list(deeds.values()))
    reasons = dict(zip(deeds, (offer.reasons for offer in offers), strict=True))
    for outcome in rules:
        may = may_say(item, outcome)
        if outcome not in reasons:
            of_role = Refusal(code="forbidden", message=f"{outcome} is for {', '.join(may)}.")
            reasons[outcome] = [] if any(role in may for role in caller.roles) else [of_role]
    return reasons


def _own_only(caller: Principal) -> str | None:
    """The account whose tasks the caller may move; None: anybody's."""
    return None if any(role in LEADS for role in caller.roles) else caller.account


def may_say(item: WorkItemRecord, outcome: str) -> tuple[Role, ...]:
    """Who may say that outcome."""
    rule = _rule(item, outcome)
    return rule.roles if rule else SHOP_STAFF


def _rule(item: WorkItemRecord, outcome: str) -> AnyOutcome[Any] | None:
    return outcome_rule(LIVES[kind_of(item.case_id)], item, outcome)


async def _check_may_act(here: Context, merchant: str, field: str, account: str) -> None:
    """Raises Invalid for an account that is not of the shop's staff: a task that it had would lie there for ever."""
    found = await here.db.read(accounts.find, merchant, account)
    if found is None or not found.may_act:
        said = f"{field}: nobody of the shop's staff has this account."
        unknown = Refusal(code="unknown_account", message=said, figures={"field": field})
        raise Invalid(unknown.message, code=unknown.code, reasons=[unknown])


def _taken(item: WorkItemRecord) -> Refused:
    if item.state is WorkState.OPEN:
        return _held(item.assignee)
    return Refused(f"This task is {item.state} already.", code="already_settled")


def _not_ones_own(item: WorkItemRecord) -> Refused:
    if item.state is not WorkState.OPEN:
        return Refused(f"This task is {item.state} already.", code="already_settled")
    if item.assignee is None:
        return Refused("Nobody has this task; claim it first, or have a supervisor give it out.", code="not_claimed")
    return _held(item.assignee)


def _held(by: str | None) -> Refused:
    """By that account; None: by somebody who gave it back just now."""
    figures = {"holder": by} if by else {}
    held = Refusal(code="already_claimed", message=f"{by or 'Somebody else'} has this task.", figures=figures)
    return Refused(held.message, code=held.code, reasons=[held])
