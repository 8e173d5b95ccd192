"""What stands beside a case: its timeline, clocks, ledger, texts, files, buyer, and what may be done."""

from typing import Any, cast

from pydantic import BaseModel

from api.because import about, because_shown, change_shown
from api.forms import form_in
from api.naming import in_plain_english
from api.schemas import (
    ActionOffered,
    BuyerShown,
    FileShown,
    LedgerItem,
    LedgerPage,
    SentMessage,
    TimelineActor,
    TimelineItem,
)
from api.snapshots import (
    DeadlineShown,
)
from domain.case.deadline import Deadline
from domain.case.ids import CaseKind
from domain.case.ledger import EntryKind, Unit
from domain.case.live import CLOCKS_OF_EVERY_CASE
from domain.case.state import TimelineLine
from domain.language import Language
from domain.lives import LIVES
from domain.policy import policy
from domain.policy.action_names import action_in_chinese
from domain.policy.clock_names import clock_in_chinese
from domain.policy.labels import in_chinese
from domain.policy.refusal_words import refusal_in
from domain.policy.stage_names import stage_in_chinese, stage_in_english
from domain.policy.timeline_words import told_in_chinese
from services.buyers import Reachable
from services.steps import OfferedAction
from store.files import FileRecord
from store.ledger import Booked, Ledger
from store.messages import Message


def timeline_item(language: Language, edition: str, line: TimelineLine) -> TimelineItem:
    """A line of the story in that language; permissions of its actor are not shown."""
    shown = dict(line) | {"actor": TimelineActor(role=line.actor.role, account=line.actor.account)}
    if language is Language.ZH:
        shown["summary"] = told_in_chinese(line.type, line.data | _task_of(line, edition)) or line.summary
    else:
        shown["summary"] = in_plain_english(line.summary)
    return TimelineItem(**{name: shown[name] for name in TimelineItem.model_fields})


def _task_of(line: TimelineLine, edition: str) -> dict[str, str]:
    """The title of the task that a line is about, and what came of it."""
    about_task = line.type.startswith("work_item.")
    kind = policy(edition).work.tasks.get(str(line.data.get("type"))) if about_task else None
    if kind is None:
        return {}
    return {"task": kind.title.zh, "came_of": in_chinese("outcome", line.data.get("outcome", ""))}


def deadline_shown(kind: CaseKind, language: Language, deadline: Deadline) -> DeadlineShown:
    """A clock of a kind of case with its evidence, its title in that language."""
    rule = CLOCKS_OF_EVERY_CASE.get(deadline.kind) or LIVES[kind].clock(deadline.kind)
    title = rule.title if language is Language.EN else clock_in_chinese(deadline.kind)
    return DeadlineShown(
        kind=deadline.kind,
        subject=deadline.subject,
        state=deadline.state,
        due_at=deadline.due_at,
        title=title,
        about=about(deadline, language),
        started_at=deadline.started_at,
        because=because_shown(deadline.because, language),
        changes=[change_shown(change, language) for change in deadline.changes],
    )


def stage_title(kind: CaseKind, stage: str, language: Language) -> str:
    """What people call a stage of a kind of case."""
    return stage_in_english(stage) if language is Language.EN else stage_in_chinese(kind, stage)


def amount_shown(amount: Any, unit: str) -> str:
    """Yuan with two places; points whole."""
    return str(int(amount)) if unit == Unit.POINTS else f"{amount:.2f}"


def ledger_page(found: Ledger) -> LedgerPage:
    """A page of entries, and what all of the ledger comes to."""
    return LedgerPage(
        items=[ledger_item(entry) for entry in found.items],
        next=found.next,
        totals={kind: amount_shown(total, _unit(kind)) for kind, total in found.totals.items()},
    )


def _unit(kind: str) -> Unit:
    return Unit.POINTS if kind == EntryKind.LATE_SHIPMENT_POINTS else Unit.CNY


def ledger_item(entry: Booked) -> LedgerItem:
    """An entry, saying whose it is."""
    shown = dict(entry) | {"amount": amount_shown(entry.amount, entry.unit)}
    return LedgerItem(**{name: shown[name] for name in LedgerItem.model_fields})


def message_shown(message: Message) -> SentMessage:
    """What a buyer was sent."""
    return SentMessage(**{name: getattr(message, name) for name in SentMessage.model_fields})


def file_shown(file: FileRecord) -> FileShown:
    """A photo or document, without what it shows."""
    return FileShown(**{name: getattr(file, name) for name in FileShown.model_fields})


def buyer_shown(found: Reachable) -> BuyerShown:
    """The buyer's personal data."""
    buyer = found.buyer
    return BuyerShown(
        id=buyer.buyer_id,
        name=buyer.name,
        phone=buyer.phone,
        dial=found.dial,
        address=buyer.address,
        region=buyer.region,
        credit=buyer.credit,
        trades=buyer.trades,
    )


def offered(offer: OfferedAction, language: Language) -> ActionOffered:
    """A step of the kind, and for this caller now: allowed, or why not; its title in that language."""
    action, asked = offer.action, cast(type[BaseModel], offer.action.input)
    return ActionOffered(
        name=action.name,
        title=action.title if language is Language.EN else action_in_chinese(action.name),
        roles=list(action.roles),
        allowed=not offer.reasons,
        reasons=[refusal_in(language, reason) for reason in offer.reasons],
        input_schema=form_in(language, asked),
    )
