"""What a rule writes while it changes a case: timeline lines, ledger entries and tasks, all under one cause."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zlib import crc32

from pydantic import BaseModel

from domain.case.cause import Cause
from domain.case.errand import Errand, PendingErrand, TellCase
from domain.case.fact import Fact
from domain.case.ledger import Booking, EntryKind, balance, book
from domain.case.state import CaseState, TimelineLine
from domain.case.work import ProposedStep, WorkItem, work_item_id
from domain.money import yuan
from domain.policy.catalogue import Catalogue
from domain.roles import Actor, Group


@dataclass(frozen=True, slots=True)
class Story:
    """The pen of one version of one case. Everything it writes carries the version and the cause."""

    state: CaseState
    cause: Cause
    catalogue: Catalogue

    def tell(self, type_: str, summary: str, /, **data: Any) -> None:
        """Adds a line to the timeline; `data` must hold no personal data and no free text."""
        self.state.line_count += 1
        self.state.line_sum = crc32(type_.encode(), self.state.line_sum)
        self.state.story.append(
            TimelineLine(
                seq=self.state.line_count,
                at=self.cause.at,
                recorded_at=self.cause.now,
                type=type_,
                actor=self.cause.actor,
                summary=summary,
                data=data,
                version=self.state.version,
            )
        )

    def book(self, booking: Booking) -> None:
        """Books an entry because of this cause."""
        book(self.state.ledger, self.state.case_id, booking, self.cause, self.state.version)

    def balance(self, kind: EntryKind, called_for: Booking | None) -> None:
        """Makes what stands of a kind equal to what the facts call for, and tells it if that changed anything."""
        state = self.state
        for entry in balance(state.ledger, state.case_id, kind, called_for, self.cause, state.version):
            verb = "booked" if entry.reverses is None else "reversed"
            amount = f"{yuan(entry.amount)} yuan" if entry.unit == "CNY" else f"{int(entry.amount)} points"
            self.tell(f"ledger.{verb}", f"{kind} of {amount} {verb} ({entry.rule})", entry_id=entry.entry_id)

    def send(self, errand: Errand) -> None:
        """Asks for something to be done outside the case."""
        state = self.state
        state.errand_count += 1
        errand_id = f"{state.case_id}/errand/{state.errand_count}"
        state.errands.append(
            PendingErrand(errand_id=errand_id, version=state.version, errand=errand, asked_at=self.cause.now)
        )

    def tell_case(self, case_id: str, type_: str, data: BaseModel, actor: Actor | None = None) -> None:
        """Tells another case a fact, because of this cause.

        Its id tells its content apart too: a version that a server lost with what it told may come again, otherwise.
        """
        told = data.model_dump(mode="json")
        digest = crc32(json.dumps(told, sort_keys=True).encode())
        fact = Fact(
            id=f"{self.state.case_id}#{self.state.version}-{digest:08x}",
            source="caseline",
            type=type_,
            at=self.cause.now,
            actor=actor or self.cause.actor,
            data=told,
        )
        self.send(TellCase(case_id=case_id, fact=fact))

    def ask_for(
        self,
        task: str,
        matter: str,
        due_at: datetime | None = None,
        variant: str = "",
        not_before: datetime | None = None,
        group: Group | None = None,
        proposal: ProposedStep | None = None,
        values: dict[str, str] | None = None,
    ) -> None:
        """Makes a work item, once for each matter; none of a kind that the edition's catalogue has switched off."""
        kind = self.catalogue.tasks[task]
        item_id = work_item_id(self.state.case_id, task, matter)
        if not kind.enabled or any(item.item_id == item_id for item in self.state.work_items):
            return
        item = WorkItem(
            item_id=item_id,
            type=task,
            matter=matter,
            variant=variant,
            group=group or kind.group,
            created_at=self.cause.now,
            not_before=not_before,
            due_at=due_at or self.due(task),
            escalates=kind.escalates,
            proposal=proposal,
            values=values or {},
            worded=values is not None,
            version=self.state.version,
        )
        self.state.work_items.append(item)
        self.tell("work_item.made", f"Task for {item.group}: {kind.title.en}", item_id=item_id, type=task)

    def due(self, task: str) -> datetime:
        """When a task that is made now is due; only its group's working hours count where the catalogue says so."""
        kind = self.catalogue.tasks[task]
        if kind.in_working_hours:
            return self.state.hours.due(kind.group, self.cause.now, kind.within)
        return self.cause.now + kind.within
