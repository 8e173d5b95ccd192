"""The caller's cases: found, read as their kind's state; and the role in which the caller acts on them."""

from collections.abc import Iterable
from typing import Any

import structlog

from domain.case.declare import Life
from domain.case.state import CaseState
from domain.lives import LIVES
from domain.parcels.scans import add_scan
from domain.roles import Actor, Role
from services.context import Context
from services.errors import NotAllowed, NotFound
from store import cases
from store.cases import CaseRecord
from store.tokens import Principal


async def find_case(here: Context, caller: Principal, case_id: str) -> CaseRecord:
    """The caller's case. Raises NotFound, also for another merchant's."""
    case = await cases.get_case(here.db, case_id, caller.merchant)
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


def state_as_scanned(case: CaseRecord) -> CaseState:
    """The stored state, and of each parcel the newest scan that did not wake the case: what people say is of now."""
    state = state_of(case)
    heard = {parcel.subject: parcel for parcel in getattr(state, "parcels", ())}
    for seen in case.parcels:
        parcel, scan = heard.get(f"{seen.carrier}/{seen.tracking_no}"), seen.unheard
        if parcel and scan:
            add_scan(parcel, scan)
    return state


def require_role(caller: Principal, allowed: Iterable[Role], what: str) -> Actor:
    """The caller as the first of its roles that may do this. Raises NotAllowed naming the roles that may."""
    allowed = tuple(allowed)
    role = next((role for role in caller.roles if role in allowed), None)
    if role is None:
        raise NotAllowed(f"{what} needs one of the roles {', '.join(allowed)}; yours: {', '.join(caller.roles)}.")
    return caller.acting_as(role)
