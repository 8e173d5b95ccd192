"""What of a request the words of tasks may name; never personal data."""

from domain.after_sale.clocks import SELLER_ANSWER
from domain.after_sale.refunds import asked
from domain.after_sale.services import SERVICES
from domain.after_sale.state import AfterSaleState
from domain.case.deadline import find
from domain.case.work import WorkItem
from domain.parcels.carriers import carrier_name
from domain.policy import Policy
from domain.times import china_clock


def named(state: AfterSaleState, policy: Policy, item: WorkItem | None) -> dict[str, str]:
    """By the name of its place; what is not known yet is left out."""
    answer = find(state.deadlines, SELLER_ANSWER)
    of_money = SERVICES[state.demand.service].pays is not None
    subject = (
        item.matter.partition("@")[0] if item and "/" in item.matter else state.sent_back and state.sent_back.parcel
    )
    carrier, _, tracking_no = (subject or "").partition("/")
    values = {
        "service": state.demand.service,
        "reason": state.demand.reason,
        "amount": str(asked(state)) if of_money else "",
        "lines": "、".join(f"{line.sku}×{line.quantity}" for line in state.lines),
        "answer_by": china_clock(answer.due_at) if answer else "",
        "carrier": carrier_name(carrier),
        "tracking_no": tracking_no,
    }
    return {name: value for name, value in values.items() if value}
