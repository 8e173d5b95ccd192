"""The steps of a hold's life."""

from domain.case.errand import LockOrder, SendToBuyer, StampMemo
from domain.case.story import Story
from domain.hold.state import HoldStage, HoldState
from domain.partners.templates import MessageTemplate
from domain.times import CHINA


def move(state: HoldState, stage: HoldStage, story: Story, summary: str) -> None:
    """The hold stands elsewhere now."""
    state.stage = stage
    story.tell(f"hold.{stage}", summary, stage=stage)


def asked(state: HoldState, story: Story) -> None:
    """The memo at once, the buyer told at once, the ERP told where it locks (S0-15..17)."""
    story.send(StampMemo(case_id=state.order_case_id, lines=[] if state.whole_order else state.line_ids))
    opens = state.around.refunds_open_at
    values = {"refunds_open": opens.astimezone(CHINA).strftime("%m.%d %H:%M")} if opens else {}
    story.send(SendToBuyer(template=MessageTemplate.SHIP_HOLD_RECEIVED, values=values))
    if state.locks:
        story.send(LockOrder(lock=True, lines=state.line_ids))
        move(state, HoldStage.LOCKING, story, "The ERP is asked to lock; that is not success yet")
    else:
        move(state, HoldStage.MEMO_ONLY, story, "A memo tells those who ship; nothing else holds the goods")


def lock_answered(state: HoldState, story: Story, *, locked: bool, reason: str | None) -> None:
    """Only the ERP's own word makes a lock (S0-18..20); the first word counts.

    One that comes after the release unlocks again what the ERP has locked by then.
    """
    if state.at is HoldStage.LOCKING:
        state.lock_reason = reason
        if locked:
            move(state, HoldStage.LOCKED, story, "Locked by the ERP")
            story.send(SendToBuyer(template=MessageTemplate.SHIP_HOLD_SUCCEEDED, values={}))
        else:
            move(state, HoldStage.LOCK_FAILED, story, f"The ERP could not lock: {reason or 'no reason given'}")
    else:
        story.tell("hold.lock_answer", f"The ERP answered again ({'locked' if locked else 'not locked'}): noted")


def release(state: HoldState, story: Story, summary: str) -> None:
    """To be shipped: the memo says so, the ERP unlocks; its acknowledgement is not waited for (S0-27, S0-28)."""
    story.send(StampMemo(case_id=state.order_case_id, lines=[], released=True))
    if state.locks:
        story.send(LockOrder(lock=False, lines=state.line_ids))
    move(state, HoldStage.RELEASED, story, summary)
    state.outcome, state.open = HoldStage.RELEASED, False


def refunded(state: HoldState, story: Story) -> None:
    """The buyer has her money: the goods stay."""
    move(state, HoldStage.REFUNDED, story, "Refunded: the goods stay")
    state.outcome, state.open = HoldStage.REFUNDED, False
