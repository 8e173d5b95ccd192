"""What comes of a strategy's decision. One that comes late, after somebody acted, changes nothing."""

from domain.after_sale import automation, transitions
from domain.after_sale.stages import cannot_refuse
from domain.after_sale.state import AfterSaleStage, AfterSaleState
from domain.case.errand import Decide
from domain.case.story import Story
from domain.policy import Policy
from domain.shop.automation import Decided, StrategyStage, Verdict
from domain.times import iso_instant


def on_decision(state: AfterSaleState, policy: Policy, errand: Decide, decided: Decided | None, story: Story) -> None:
    """The shop's strategies have answered; what none of them decides is for a person."""
    question = automation.question_about(state, errand.stage, errand.matter)
    if question is None or question.answered:
        return
    question.answered = True
    if not _still_due(state, errand):
        return
    if decided and not (decided.decision is Verdict.REFUSE and cannot_refuse(state)):
        question.decided = decided
        _tell(decided, errand.stage, story)
    _CARRY_OUT[errand.stage](state, policy, question.decided, story)


def _still_due(state: AfterSaleState, errand: Decide) -> bool:
    match errand.stage:
        case StrategyStage.REVIEW:
            return state.at is AfterSaleStage.AWAITING_SELLER and iso_instant(state.requested_at) == errand.matter
        case StrategyStage.RECEIVING:
            sent_back = state.sent_back.parcel if state.sent_back else None
            return state.at is AfterSaleStage.AWAITING_SELLER_RECEIPT and sent_back == errand.matter
        case StrategyStage.PROCESSING:
            return state.money_held and automation.paying_matter(state) == errand.matter


def _tell(decided: Decided, stage: StrategyStage, story: Story) -> None:
    if decided.decision is Verdict.PERSON:
        summary = f"Left to a person by strategy {decided.strategy}"
    else:
        summary = f"Decided by strategy {decided.strategy}: {decided.decision}"
    story.tell("strategy.decided", summary, stage=stage, **decided.model_dump(mode="json", exclude_none=True))


def _review(state: AfterSaleState, policy: Policy, decided: Decided | None, story: Story) -> None:
    """Where nothing is decided, what follows every change asks a person to answer."""
    if decided and decided.decision is Verdict.AGREE:
        transitions.agree(state, policy, story, None, by_seller=True)
    elif decided and decided.decision is Verdict.REFUSE:
        transitions.refuse(state, story, f"Refused by strategy {decided.strategy}: {decided.reason}")


def _receive(state: AfterSaleState, policy: Policy, decided: Decided | None, story: Story) -> None:
    if decided and decided.decision is Verdict.CONFORMING:
        transitions.note_inspection(state, story, conforming=True)
        story.tell("return.inspected", "The return counts as conforming", conforming=True)
        transitions.take_goods_back(state, policy, story)
    else:
        transitions.ask_to_inspect(state, story)


def _process(state: AfterSaleState, policy: Policy, decided: Decided | None, story: Story) -> None:
    if decided and decided.decision is Verdict.PAY:
        transitions.release(state, story)
    else:
        automation.ask_for_approval(state, story)


_CARRY_OUT = {StrategyStage.REVIEW: _review, StrategyStage.RECEIVING: _receive, StrategyStage.PROCESSING: _process}
