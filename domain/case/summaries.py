"""Errands in words: the summary of an activity, and what a case shows that waits for it."""

from domain.case.errand import (
    AskCarrier,
    Decide,
    EndReservation,
    Errand,
    LockOrder,
    PayBuyer,
    SeeToMessages,
    SendToBuyer,
    StampMemo,
    StartCase,
    TakeStock,
    TellCase,
    WriteMemo,
)


def summary(errand: Errand) -> str:
    """What an errand does, in a line."""
    match errand:
        case StartCase():
            return f"start {errand.case_id}"
        case TellCase():
            return f"tell {errand.case_id} of {errand.fact.type}"
        case EndReservation():
            return f"{errand.change} reservation {errand.reservation_id}"
        case TakeStock():
            return f"{errand.quantity} of {errand.sku} have left"
        case Decide():
            return f"ask the shop's strategies about {errand.stage}"
        case StampMemo():
            return "memo that the order is released" if errand.released else "memo not to ship"
        case WriteMemo():
            return "memo"
        case SendToBuyer():
            return f"tell the buyer {errand.template}"
        case LockOrder():
            return "lock the order" if errand.lock else "unlock the order"
        case AskCarrier():
            return f"bring {errand.tracking_no} back"
        case PayBuyer():
            return f"pay {errand.amount} to the buyer ({errand.matter})"
        case SeeToMessages():
            return "try the messages again" if errand.again else "set the messages aside"
