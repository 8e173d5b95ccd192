"""Facts that outside systems report: accepted means written, and never lost from then on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.events import Rejected, Reported, read_event
from domain.lives import FACTS, LIVES
from domain.roles import Actor, Role
from domain.text import is_text
from runtime import metrics
from services.context import Context
from store import buyers, cases, inbox
from store.cases import StoredState
from store.tokens import Principal

REJECTED = "rejected"
NOT_THEIRS = Rejected("subject: this buyer has no such order")


@dataclass(frozen=True, slots=True)
class EventTaken:
    """What became of one event: accepted, duplicate, parked, or rejected with the reason."""

    id: str | None
    status: str
    reason: str | None = None


async def take_events(here: Context, caller: Principal, batch: Sequence[Any]) -> list[EventTaken]:
    """Takes in CloudEvents as they were sent, one result each in their order; a bad one does not harm its batch."""
    now = await here.clock.now()
    actors = {role: caller.acting_as(role) for role in caller.roles}
    read = [_read(raw, caller.merchant, actors, now) for raw in batch]
    read = await _reject_untrue(here, caller.merchant, await _reject_anothers(here, caller, read))
    reported = [one for one in read if isinstance(one, Reported)]
    accepted = await here.db.write(inbox.accept, caller.merchant, reported, now)
    statuses = iter(accepted.statuses)
    results = []
    for raw, one in zip(batch, read, strict=True):
        status, reason = (REJECTED, str(one)) if isinstance(one, Rejected) else (next(statuses), None)
        metrics.count_event(_type(raw), status)
        results.append(EventTaken(_id(raw), status, reason))
    if accepted.to_deliver:
        here.relay.wake(accepted.to_deliver)
    return results


def _read(raw: Any, merchant: str, actors: dict[Role, Actor], now: datetime) -> Reported | Rejected:
    try:
        return read_event(raw, merchant, actors, now)
    except Rejected as rejected:
        return rejected


async def _reject_anothers(
    here: Context, caller: Principal, read: Sequence[Reported | Rejected]
) -> list[Reported | Rejected]:
    """A token of one buyer reports of that buyer's orders alone; of others it learns nothing."""
    if caller.buyer is None:
        return list(read)
    targets = {one.target for one in read if isinstance(one, Reported)}
    theirs = {target for target in targets if await here.db.read(buyers.bought, caller.buyer, target)}
    return [NOT_THEIRS if isinstance(one, Reported) and one.target not in theirs else one for one in read]


async def _reject_untrue(
    here: Context, merchant: str, read: Sequence[Reported | Rejected]
) -> list[Reported | Rejected]:
    """Rejects what cannot be so of a case that is there, as goods that its order does not have."""
    doubted = {one.target for one in read if isinstance(one, Reported) and FACTS[one.fact.type].against}
    known = {case.case_id: case for case in await here.db.read(cases.states_of, merchant, doubted)} if doubted else {}
    return [_checked(one, known) if isinstance(one, Reported) else one for one in read]


def _checked(reported: Reported, known: Mapping[str, StoredState]) -> Reported | Rejected:
    rule, case = FACTS[reported.fact.type], known.get(reported.target)
    if rule.against is None or case is None:
        return reported
    data = rule.data.model_validate(reported.fact.data)
    wrong = list(rule.against(LIVES[case.kind].state.model_validate(case.state), data))
    return Rejected(" ".join(f"{refusal.code}: {refusal.message}" for refusal in wrong)) if wrong else reported


def _id(raw: Any) -> str | None:
    """The event's own id; None where it has none that could be answered."""
    id_ = raw.get("id") if isinstance(raw, dict) else None
    return id_ if isinstance(id_, str) and is_text(id_) else None


def _type(raw: Any) -> str:
    event_type = raw.get("type") if isinstance(raw, dict) else None
    return event_type if isinstance(event_type, str) and event_type in FACTS else "unknown"
