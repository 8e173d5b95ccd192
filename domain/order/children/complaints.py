"""An order's complaints: what speaks against a new one, what each has told, and what each must know.

Late and fake shipment are one matter, punished once (S2-81, S2-85): an upheld complaint about what is late already
adds nothing, and about anything else it makes the lines that it names late. An order that is closed or completed can be
complained of as long as its case is open; that nothing was received, for a while after receipt by timeout too, which
takes the case up again (S2-91, S2-92).
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from domain.case.child import fact_between_cases, hear_child, open_child, shared_fields, tell_child
from domain.case.declare import ActionRule
from domain.case.ids import CaseKind
from domain.case.ledger import EntryKind
from domain.case.payouts import owe
from domain.case.story import Story
from domain.complaint.opening import ComplaintOpening, FileComplaint, begin
from domain.complaint.standing import MOVED, standing
from domain.complaint.state import (
    ABOUT_LATENESS,
    ComplaintStanding,
    ComplaintSurroundings,
    ComplaintType,
)
from domain.complaint.transitions import RULES
from domain.errors import Refusal
from domain.money import ZERO
from domain.order.children.complaint_matters import against_matter, units_concerned
from domain.order.context import OrderContext
from domain.order.money import has_money, spread, to_grant, unclaimed
from domain.order.shipping.handover import first_consigned_at
from domain.order.shipping.lateness import late_units
from domain.order.state import OrderState
from domain.roles import Role


def _file_refusals(context: OrderContext[FileComplaint | None]) -> Iterable[Refusal]:
    if context.input is not None:
        yield from _against(context, context.input.type)
        return
    by_type = [list(_against(context, type_)) for type_ in ComplaintType]
    if all(by_type):
        yield from {reason.message: reason for reasons in by_type for reason in reasons}.values()


def _against(context: OrderContext[object], type_: ComplaintType) -> Iterable[Refusal]:
    before = [one for one in context.state.complaints if one.type is type_]
    if open_one := next((one for one in before if one.open), None):
        yield Refusal(code="already_complained", message=f"There is an open complaint about this: {open_one.case_id}.")
    elif any(one.upheld is not None for one in before):
        yield Refusal(code="already_ruled", message="The platform has ruled on such a complaint of this order before.")
    yield from against_matter(context, type_)


def _file(context: OrderContext[FileComplaint], story: Story) -> dict[str, Any]:
    state, input_ = context.state, context.input
    opening = ComplaintOpening(
        **shared_fields(state, CaseKind.COMPLAINT, context.actor, story),
        type=input_.type,
        text=input_.text or None,
        units=units_concerned(state, input_.type),
        shipped=first_consigned_at(state) is not None,
        surroundings=ComplaintSurroundings(left=_left(state)),
        refunds_by_hand=context.shop.shop.refunds_by_hand,
        filed_by=story.cause.evidence,
    )
    case_id, begun = opening.case_id, standing(begin(opening).state)
    state.complaints.append(begun)
    state.complaint_surroundings[case_id] = opening.surroundings
    story.tell("complaint.filed", f"Complaint about {input_.type}: {case_id}", case_id=case_id)
    open_child(state, opening, begun, story)
    return {"case_id": case_id}


def on_complaint_moved(state: OrderState, data: ComplaintStanding, story: Story) -> None:
    """A complaint tells how it stands; what it told before counts no more."""
    before = hear_child(state, state.complaints, data, story)
    if before is None:
        return
    if data.upheld and not before.upheld:
        _mark_late(state, data)
        _set_aside(state, data)
    story.tell(MOVED, f"{data.case_id}: {data.stage}", case_id=data.case_id, stage=data.stage)


def tell_complaints(state: OrderState, story: Story) -> None:
    """Tells every complaint that is still to be ruled what of the price is left, and then what is kept for its ruling.

    More than that is never paid, whatever else is granted at the same moment.
    """
    left = _left(state)
    for complaint in state.complaints:
        knows = state.complaint_surroundings[complaint.case_id]
        if complaint.open and knows.set_aside is None:
            surroundings = ComplaintSurroundings(left=left, set_aside=state.set_aside.get(complaint.case_id))
            tell_child(story, state.complaint_surroundings, complaint.case_id, surroundings)


def owe_rulings(state: OrderState, story: Story) -> None:
    """What of a ruling could not be set aside because a request was about it, the order pays once that is free again.

    Called before money is let go.
    """
    for complaint in state.complaints:
        about = f"ruling/{complaint.case_id}"
        paid = sum((payout.amount for payout in state.payouts if payout.about == about), ZERO)
        rest = complaint.granted - state.set_aside.get(complaint.case_id, complaint.granted) - paid
        if (amount := min(rest, _left(state))) > 0:
            back = spread(amount, {line.line_id: unclaimed(state, line) for line in state.lines})
            owe(state, story, EntryKind.COMPENSATION, amount, RULES[complaint.type], about=about, back=back)


def _set_aside(state: OrderState, complaint: ComplaintStanding) -> None:
    """Kept for the ruling from here on, as far as nobody has granted it meanwhile."""
    if not complaint.granted:
        return
    amount = min(complaint.granted, _left(state))
    state.set_aside[complaint.case_id] = amount
    parts = spread(amount, {line.line_id: unclaimed(state, line) for line in state.lines})
    for line in state.lines:
        line.compensated += parts.get(line.line_id, ZERO)


def _mark_late(state: OrderState, complaint: ComplaintStanding) -> None:
    """The ruling stands, whatever the carrier's records say later; what is late already is not punished again."""
    if complaint.type in ABOUT_LATENESS:
        late = late_units(state) or complaint.units
        state.ruled_late = {one: max(state.ruled_late.get(one, 0), late.get(one, 0)) for one in state.ruled_late | late}


def _left(state: OrderState) -> Decimal:
    """What of the goods' price may still be granted, yuan."""
    goods = sum((unclaimed(state, line) for line in state.lines), ZERO)
    return min(goods, to_grant(state)) if has_money(state) else ZERO


FILE_COMPLAINT = ActionRule(
    name="file_complaint",
    title="File a complaint",
    input=FileComplaint,
    roles=(Role.BUYER,),
    refusals=_file_refusals,
    take=_file,
    example={"type": "late_shipment", "text": "三天没发货"},
    after_end=True,
)

COMPLAINT_MOVED = fact_between_cases(MOVED, "A complaint moved on", ComplaintStanding, on_complaint_moved)
