"""What cannot be so of a case that is there, as goods that its order does not have."""

from collections.abc import Sequence

from sqlalchemy import Connection

from domain.events import Rejected, Reported
from domain.lives import FACTS, LIVES
from store.cases import StoredState, states_of


def untrue(tx: Connection, merchant: str, reported: Sequence[Reported]) -> dict[int, Rejected]:
    """Why facts cannot be so, by the place that each has in the batch."""
    doubted = {number: one for number, one in enumerate(reported) if FACTS[one.fact.type].against}
    if not doubted:
        return {}
    cases = {case.case_id: case for case in states_of(tx, merchant, {one.target for one in doubted.values()})}
    checked = {number: _check(one, cases.get(one.target)) for number, one in doubted.items()}
    return {number: rejected for number, rejected in checked.items() if rejected}


def _check(reported: Reported, case: StoredState | None) -> Rejected | None:
    rule = FACTS[reported.fact.type]
    if rule.against is None or case is None:
        return None
    data = rule.data.model_validate(reported.fact.data)
    wrong = list(rule.against(LIVES[case.kind].state.model_validate(case.state), data))
    return Rejected(" ".join(f"{refusal.code}: {refusal.message}" for refusal in wrong)) if wrong else None
