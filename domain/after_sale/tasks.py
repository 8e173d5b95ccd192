"""The tasks of an after-sale request by name, what each is about, and which outlive it."""

from domain.after_sale.parcels import arrived_at
from domain.after_sale.state import AfterSaleState
from domain.times import iso_instant

REVIEW_AFTER_SALE = "review_after_sale"
KEYWORD_MISMATCH = "keyword_mismatch"
INSPECT_RETURN = "inspect_return"
INSPECT_TRIAL = "inspect_trial"
SHIP_REPLACEMENT = "ship_replacement"
APPROVE_REFUND = "approve_refund"
CHECK_PACKING = "check_packing"
CONTACT_REFUSED_BUYER = "contact_refused_buyer"
ASK_RETURN_WAYBILL = "ask_return_waybill"
REPAIR_BY_SHOP = "repair_by_shop"
PLATFORM_FOLLOW_UP = "platform_follow_up"
CHECK_RETURN = "check_return"
CLAIM_FROM_CARRIER = "claim_from_carrier"
STOPPED_IN_VAIN = "stopped_in_vain"
SEND_GOODS_BACK = "send_goods_back"
LATE_RETURN = "late_return"
PAID_UNSEEN = "paid_unseen"
SHORT = "short"
"""The form of `paid_unseen` about goods of which fewer came than were paid for."""
CLOSED = "closed"
"""The form of `check_return` about goods that nobody pays for yet: their request was closed before they came."""
LOST = "lost"
"""The form of `late_return` about goods that will not come any more."""
UNSEEN = "unseen"
"""The form of the inspection of goods that were paid for before anybody had looked at them."""
SENT, COLLECTED = "sent", "collected"
"""The outcomes of `send_goods_back` by which the buyer has the goods again."""
UNPAID = "unpaid"
"""The form of `send_goods_back` about goods that came and that the refund does not pay for."""

OUTLIVING = (CLAIM_FROM_CARRIER, STOPPED_IN_VAIN, SEND_GOODS_BACK)
"""Tasks that are still to be done when a request has ended: its order takes them over."""


def follow_up_matter(state: AfterSaleState) -> str:
    """Which intervention, and its how many-eth day."""
    return f"{state.intervention.asked_at}/{state.intervention.follow_ups}" if state.intervention else ""


def check_matter(state: AfterSaleState) -> str:
    """Which return, and its how many-eth day."""
    return f"{state.sent_back.parcel}/{state.sent_back.checks}" if state.sent_back else ""


def refusal_matter(state: AfterSaleState) -> str:
    """Which refusal; a later one is another matter."""
    return iso_instant(state.refused_at) if state.refused_at else ""


def waybill_matter(state: AfterSaleState) -> str:
    """Which agreement, and the how many-eth time that the buyer is asked."""
    return f"{state.agreed_at}/{state.waybill_asked}"


def has_arrived(state: AfterSaleState) -> bool:
    """Whether the return is with the seller."""
    return arrived_at(state) is not None
