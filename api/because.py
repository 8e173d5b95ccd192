"""Why a deadline is due when it is, in words: what set it going, by which rule and value, and what moved it."""

from pydantic import Field

from api.naming import carrier_in, cause_in
from domain.case.deadline import Because, Deadline, DeadlineChange
from domain.case.escalating import TASK_DUE
from domain.language import Language, said_in
from domain.policy import policy
from domain.policy.clock_reasons import rule_in, value_in
from domain.policy.edition_names import edition_in

_OF_TASK = "work.tasks."


class BecauseShown(Because):
    """The evidence of a deadline, in codes and in words."""

    fact_title: str = Field(examples=["收到付款"])
    rule_title: str = Field(examples=["发货时限"])
    value_title: str = Field(examples=["72 小时"])
    policy_title: str = Field(examples=["淘宝规则（约 2012 年）"])


class DeadlineChangeShown(DeadlineChange):
    """What moved a deadline, in codes and in words."""

    by_title: str = Field(examples=["延长收货"])
    amount_title: str | None = Field(examples=["3 天"])


def because_shown(because: Because, language: Language) -> BecauseShown:
    """The evidence in that language."""
    return BecauseShown(
        **dict(because),
        fact_title=cause_in(language, because.event_type),
        rule_title=_rule_title(because, language),
        value_title=value_in(language, because.value),
        policy_title=edition_in(language, because.policy),
    )


def change_shown(change: DeadlineChange, language: Language) -> DeadlineChangeShown:
    """What moved it in that language."""
    amount = None if change.amount is None else value_in(language, change.amount)
    return DeadlineChangeShown(**dict(change), by_title=cause_in(language, change.by), amount_title=amount)


def about(deadline: Deadline, language: Language) -> str:
    """What a clock is about where there are several of its kind: the task's title, or the parcel."""
    if deadline.kind == TASK_DUE:
        return _task_title(deadline.because, language) or deadline.subject
    carrier, slash, tracking_no = deadline.subject.partition("/")
    return f"{carrier_in(language, carrier)} {tracking_no}" if slash else ""


def _rule_title(because: Because, language: Language) -> str:
    title = _task_title(because, language)
    if title is None:
        return rule_in(language, because.rule)
    return f"“{title}”的时限" if language is Language.ZH else f"time for “{title}”"


def _task_title(because: Because, language: Language) -> str | None:
    """Of the task whose time it is, if it is one's."""
    if not because.rule.startswith(_OF_TASK):
        return None
    task = because.rule.removeprefix(_OF_TASK).rpartition(".")[0]
    kind = policy(because.policy).work.tasks.get(task)
    return said_in(language, kind.title) if kind else None
