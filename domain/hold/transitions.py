"""The transitions of a hold's life."""

from domain.case.errand import LockOrder, SendToBuyer, StampMemo
from domain.case.story import Story
from domain.case.units import in_words, minus
from domain.hold.state import HoldStage, HoldState
from domain.hold.tasks import LOCK_BY_HAND, LOCK_DOUBTFUL
from domain.partners.templates import MessageTemplate
from domain.times import chinese_clock


def move(state: HoldState, stage: HoldStage, story: Story, summary: str) -> None:
    """The hold stands elsewhere now."""
    state.stage = stage
    story.tell(f"hold.{stage}", summary, stage=stage)


def place(state: HoldState, story: Story) -> None:
    """The memo at once, the buyer told at once, the ERP told where it locks (S0-15..17)."""
    story.send(StampMemo(case_id=state.order_case_id, lines=_memo_lines(state)))
    opens = state.surroundings.refunds_open_at
    values = {"refunds_open": chinese_clock(opens)} if opens else {}
    story.send(SendToBuyer(template=MessageTemplate.SHIP_HOLD_RECEIVED, values=values))
    if state.locks:
        story.send(LockOrder(lock=True, units=state.units))
        move(state, HoldStage.LOCKING, story, "The ERP is asked to lock; that is not success yet")
    else:
        move(state, HoldStage.MEMO_ONLY, story, "A memo tells those who ship; nothing else holds the goods")


def hold_what_is_here(state: HoldState, story: Story) -> None:
    """What left all the same, or was refunded, is not held any more: the memo names the others."""
    here = state.surroundings.here
    if not state.open or not here or here == state.units:
        return
    story.tell("hold.in_part", f"Not held any more: line {in_words(minus(state.units, here))}")
    state.units, state.whole_order = here, False
    story.send(StampMemo(case_id=state.order_case_id, lines=_memo_lines(state)))


def take_lock_answer(state: HoldState, story: Story, *, locked: bool, reason: str | None) -> None:
    """Only the ERP's own word makes a lock (S0-18..20).

    A lock that failed may still be made, by hand, and be reported then. One that stands is not taken back by another
    word, which may be about a repetition: somebody looks. After the release the word is noted and changes nothing; the
    unlock is on its way.
    """
    if locked and state.at in (HoldStage.LOCKING, HoldStage.LOCK_FAILED):
        state.lock_reason = None
        move(state, HoldStage.LOCKED, story, "Locked by the ERP")
        story.send(SendToBuyer(template=MessageTemplate.SHIP_HOLD_SUCCEEDED, values={}))
    elif state.at is HoldStage.LOCKING:
        state.lock_reason = reason
        move(state, HoldStage.LOCK_FAILED, story, f"The ERP could not lock: {reason or 'no reason given'}")
        story.ask_for(LOCK_BY_HAND, matter="lock")
    else:
        word = "locked" if locked else f"not locked, {reason or 'no reason given'}"
        story.tell("hold.lock_answer", f"The ERP answered again ({word}): noted", locked=locked)
        if state.at is HoldStage.LOCKED and not locked:
            story.ask_for(LOCK_DOUBTFUL, matter="lock")


def take_unlock_answer(state: HoldState, story: Story, *, refused: bool) -> None:
    """The ERP acknowledged the unlock (S0-28), or will not: then people see to it that the goods leave."""
    if refused:
        state.by_hand = True
        story.tell("hold.unlock_failed", "The ERP did not unlock: to be unlocked by hand")
    else:
        story.tell("hold.unlocked", "Unlocked by the ERP")


def release(state: HoldState, story: Story, summary: str) -> None:
    """To be shipped: the memo says so, the ERP unlocks; its acknowledgement is not waited for (S0-27, S0-28)."""
    story.send(StampMemo(case_id=state.order_case_id, lines=_memo_lines(state), released=True))
    if state.locks:
        story.send(LockOrder(lock=False, units=state.units))
    else:
        state.by_hand = True
    move(state, HoldStage.RELEASED, story, summary)
    state.outcome, state.open = HoldStage.RELEASED, False


def end_refunded(state: HoldState, story: Story) -> None:
    """The buyer has their money: the goods stay."""
    move(state, HoldStage.REFUNDED, story, "Refunded: the goods stay")
    state.outcome, state.open = HoldStage.REFUNDED, False


def _memo_lines(state: HoldState) -> str:
    """The goods that a memo names; none where it is about the whole order."""
    return "" if state.whole_order else in_words(state.units)
