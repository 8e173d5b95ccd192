"""The catalogue of a complaint's work items, and when their matter has settled itself."""

from domain.after_sale.tasks import PAY_REFUND, PLATFORM_FOLLOW_UP
from domain.case.work import Group, WorkItem, WorkType
from domain.complaint.state import ComplaintStage, ComplaintState, ComplaintType

PAY_COMPENSATION = PAY_REFUND
"""Finance pays a compensation as it pays a refund."""

ANSWER_COMPLAINT = WorkType(
    name="answer_complaint",
    title="处理投诉 · Answer a complaint",
    group=Group.AFTERSALE,
    outcomes=("answered", "withdrawal_agreed"),
    script="Find out what happened, call the buyer, then answer in the case with what proves it.",
    rules=("S2-81", "S2-82", "S2-87", "S2-94", "S2-95", "S2-101", "S4-69"),
    scripts={
        ComplaintType.FAKE_SHIPMENT: (
            "Call the carrier with the waybill number and ask since when it has the parcel. Answer with the waybill, "
            "upload the carrier's proof as evidence. Then call the buyer, explain, and agree on withdrawing it."
        ),
        ComplaintType.LATE_SHIPMENT: (
            "The carrier's own record of the pick-up counts: ask for it. Picked up in time: answer with the waybill. "
            "Late or out of stock: apologise, tell the buyer when it ships or offer a refund; it is punished once."
        ),
        ComplaintType.BREACH_OF_PROMISE: (
            "Read what the page and the chat promised (a gift, a price, a ship time, a way to pay, after-sale "
            "service). Promised: keep it now. A price without a time limit held for that day only: answer with the "
            "chat as evidence."
        ),
        ComplaintType.NOT_RECEIVED: (
            "Ask the carrier where the parcel is. Still on its way: press for delivery and put receipt off. Lost: "
            "agree with the buyer on sending it again or a refund. Signed for: get the courier's phone and who "
            "signed, ask the buyer whether she knows the name; wrongly delivered: the carrier recovers or pays."
        ),
        ComplaintType.CONSUMER_PROTECTION: (
            "See which service the buyer is owed and why it was not given. Owed: agree to it in an after-sale "
            "request now. Worn or washed goods with a fault: offer a fitting compensation rather than a return."
        ),
        ComplaintType.NO_REASON_RETURN: (
            "Within seven days of signing and fit to be sold again: call the buyer first and take the goods back, "
            "kindly also a little late. If she would rather go the way of a complaint, let her; do not press."
        ),
    },
)
AGREE_WITHDRAWAL = WorkType(
    name="agree_withdrawal",
    title="协商撤诉 · Agree with the buyer on withdrawing a complaint",
    group=Group.AFTERSALE,
    outcomes=("agreed", "insists", "unreachable"),
    script="Call the buyer, explain what was found and done, and ask her to withdraw the complaint. Do not press.",
    rules=("S2-82", "S4-69"),
)

TASKS = (ANSWER_COMPLAINT, AGREE_WITHDRAWAL, PLATFORM_FOLLOW_UP, PAY_COMPENSATION)

_STAGES: dict[str, ComplaintStage] = {
    ANSWER_COMPLAINT.name: ComplaintStage.AWAITING_SELLER,
    AGREE_WITHDRAWAL.name: ComplaintStage.ANSWERED,
    PLATFORM_FOLLOW_UP.name: ComplaintStage.PLATFORM_INTERVENTION,
    PAY_COMPENSATION.name: ComplaintStage.COMPENSATING,
}


def still_needed(state: ComplaintState, item: WorkItem) -> bool:
    """Whether the complaint still stands where the task is due."""
    of_today = item.type != PLATFORM_FOLLOW_UP.name or item.matter == str(state.follow_ups)
    return state.open and state.at is _STAGES[item.type] and of_today
