"""The caller's cases: found, read as their kind's state; and the role in which the caller acts on them."""

from collections.abc import Collection, Iterable
from typing import Any

import structlog

from domain.case.declare import Life, for_roles
from domain.case.state import CaseState
from domain.lives import LIVES
from domain.roles import Actor, Role
from services.context import Context
from services.errors import NotAllowed, NotFound
from store import buyers, cases
from store.cases import CaseRecord
from store.database import Transaction
from store.tokens import Principal


def own_case(tx: Transaction, caller: Principal, case_id: str) -> CaseRecord | None:
    """The caller's case; None also for another merchant's, or of another buyer than the token's."""
    case = cases.get_case(tx, case_id, caller.merchant)
    if case and caller.buyer and not buyers.bought(tx, caller.buyer, case.order_case_id):
        return None
    return case


async def find_case(here: Context, caller: Principal, case_id: str) -> CaseRecord:
    """The caller's case. Raises NotFound."""
    return found(case_id, await here.db.read(own_case, caller, case_id))


def found(case_id: str, case: CaseRecord | None) -> CaseRecord:
    """A case that was looked for, which log lines name from here on. Raises NotFound."""
    if case is None:
        raise NotFound(f"There is no case {case_id}.")
    structlog.contextvars.bind_contextvars(case_id=case_id)
    return case


def life_of(case: CaseRecord) -> Life[Any]:
    """The declaration of a case's kind."""
    return LIVES[case.kind]


def state_of(case: CaseRecord) -> CaseState:
    """The stored state as its kind's model."""
    state: CaseState = life_of(case).state.model_validate(case.state)
    return state


def role_among(caller: Principal, allowed: Collection[Role]) -> Role | None:
    """The first of the caller's roles that may do something."""
    return next((role for role in caller.roles if role in allowed), None)


def require_role(caller: Principal, allowed: Iterable[Role], what: str) -> Actor:
    """The caller as the first of its roles that may do this. Raises NotAllowed naming the roles that may."""
    allowed = tuple(allowed)
    role = role_among(caller, allowed)
    if role is None:
        why = for_roles(allowed, what)
        raise NotAllowed(why.message, reasons=[why])
    return caller.acting_as(role)
