"""What is offered is what is accepted: at every stage, for every role."""

from __future__ import annotations

from typing import Any

import pytest

from domain.complaint.life import COMPLAINT
from domain.errors import ActionRefused, Forbidden
from domain.roles import Role
from tests.domain.complaint.complained import BUYER, PLATFORM, Complaint, Type, complained

GIVEN: dict[str, dict[str, Any]] = {
    "answer": {"reason": "shipped_in_time", "message": "memo:answer"},
    "submit_evidence": {"kind": "photo", "reference": "memo:photo"},
    "withdraw": {},
    "rule": {"upheld": False},
    "confirm_refund_paid": {},
}
"""For each action an input that speaks against nothing."""

STEPS: dict[str, tuple[tuple[str, Role, dict[str, Any]], ...]] = {
    "awaiting_seller": (),
    "answered": (("answer", Role.AGENT, GIVEN["answer"]),),
    "dismissed": (("answer", Role.AGENT, GIVEN["answer"]), ("rule", PLATFORM, {"upheld": False})),
    "upheld": (("answer", Role.AGENT, GIVEN["answer"]), ("rule", PLATFORM, {"upheld": True})),
    "withdrawn": (("withdraw", BUYER, {}),),
}


def at_stage(stage: str) -> Complaint:
    """A complaint that stands there."""
    complaint = complained(Type.BREACH_OF_PROMISE)
    if stage == "platform_intervention":
        complaint.until(complaint.deadline("seller_answer").due_at)
    for action, role, input_ in STEPS.get(stage, ()):
        complaint.act(action, role, **input_)
    assert complaint.stage == stage
    return complaint


def taken(complaint: Complaint, action: str, role: Role) -> bool:
    """Tries the step; whether it was taken."""
    try:
        complaint.act(action, role, **GIVEN[action])
    except (ActionRefused, Forbidden):
        return False
    return True


@pytest.mark.parametrize("stage", [*STEPS, "platform_intervention"])
@pytest.mark.parametrize("action", list(GIVEN))
def test_what_is_offered_is_accepted(stage: str, action: str) -> None:
    """A role that may act is refused exactly when the offer said so; no other role may."""
    rule = COMPLAINT.action(action)
    for role in Role:
        complaint = at_stage(stage)
        offered = role in rule.roles and not complaint.against(action, role)
        assert taken(complaint, action, role) == offered, f"{action} at {stage} by {role}: offered {offered}"


def test_a_waybill_is_named_in_full() -> None:
    """Carrier and number go together."""
    model = COMPLAINT.action("answer").input
    with pytest.raises(ValueError, match="go together"):
        model.model_validate(GIVEN["answer"] | {"carrier": "zto"})


def test_all_roles_are_declared() -> None:
    """The seller's people answer, the buyer withdraws, the platform rules, finance pays by hand."""
    assert {action.name: set(action.roles) for action in COMPLAINT.actions} == {
        "answer": {"agent", "supervisor", "owner"},
        "submit_evidence": {"buyer", "agent", "supervisor", "owner"},
        "withdraw": {"buyer"},
        "rule": {"platform"},
        "confirm_refund_paid": {"finance", "owner"},
    }
