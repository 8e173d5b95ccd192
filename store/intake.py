"""Where reported facts go: to the case they name, or to every case that announced their parcel. Sends no SQL."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from domain.case.fact import Fact
from domain.events import Reported
from domain.lives import ANNOUNCING, SCANS
from domain.parcels.scans import wakes
from store.memos import Memo, memo_of
from store.tables import InboxStatus


class Status(StrEnum):
    """What the reporter is told: taken in, known already, or kept until its case opens or its parcel is announced."""

    ACCEPTED = "accepted"
    DUPLICATE = "duplicate"
    PARKED = "parked"


class ParcelKey(NamedTuple):
    """A parcel of a shop."""

    carrier: str
    tracking_no: str

    @property
    def target(self) -> str:
        """`parcel/zto/ZT1`: how facts name it."""
        return f"parcel/{self.carrier}/{self.tracking_no}"


def parcel_key(reported: Reported) -> ParcelKey | None:
    """The parcel that a fact is about or announces."""
    if reported.target.startswith("parcel/"):
        _, carrier, tracking_no = reported.target.split("/", 2)
        return ParcelKey(carrier, tracking_no)
    return parcel_in(reported.fact) if reported.fact.type in ANNOUNCING else None


def parcel_in(fact: Fact) -> ParcelKey:
    """The parcel that a fact's data names."""
    return ParcelKey(fact.data["carrier"], fact.data["tracking_no"])


@dataclass(slots=True)
class Announced:
    """A parcel of one case, as far as scans are concerned."""

    watched: bool = False
    first_scan_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ParcelFact:
    """A fact that was told of a parcel; `seq` is its row's, if it is parked there."""

    fact: Fact
    received_at: datetime
    seq: int | None = None


@dataclass(slots=True)
class KnownParcel:
    """What the store knows of a parcel: the cases that announced it, and facts that a further case must hear."""

    cases: dict[str, Announced] = field(default_factory=dict)
    facts: dict[str, ParcelFact] = field(default_factory=dict)


@dataclass(slots=True)
class Intake:
    """Takes in facts one after another and collects the rows to write.

    Attributes:
        seen: source and id of the facts that the shop reported before.
        exist: ids of the cases that are open or were.
        rows: for the inbox, in the order in which each case must hear them.
        taken_up: rows parked for a parcel that has now been announced; they are written anew, behind the announcement.
        found: the case that a parked text's parcel turned out to belong to, by `parcel/zto/ZT1`.
    """

    merchant: str
    now: datetime
    seen: set[tuple[str, str]]
    exist: Collection[str]
    parcels: dict[ParcelKey, KnownParcel]
    rows: list[dict[str, Any]] = field(default_factory=list)
    scans: list[dict[str, Any]] = field(default_factory=list)
    announced: list[dict[str, Any]] = field(default_factory=list)
    memos: list[Memo] = field(default_factory=list)
    taken_up: list[int] = field(default_factory=list)
    found: dict[str, str] = field(default_factory=dict)

    def take_in(self, reported: Reported) -> Status:
        """One fact; tells what became of it."""
        fact = reported.fact
        if (fact.source, fact.id) in self.seen:
            return Status.DUPLICATE
        self.seen.add((fact.source, fact.id))
        targets = self._targets(reported)
        self._keep_texts(reported, targets[0] if targets else reported.target)
        key = parcel_key(reported)
        if key and fact.type not in ANNOUNCING:
            self.parcels[key].facts[fact.key] = ParcelFact(fact, self.now)
        for case_id in targets:
            self._add(case_id, fact, self.now)
        if not targets:
            self._add_row(fact, self.now, reported.target, "", InboxStatus.PARKED)
        if key and fact.type in ANNOUNCING:
            self._announce(reported.target, key, fact)
        return Status.ACCEPTED if any(case_id in self.exist for case_id in targets) else Status.PARKED

    def to_deliver(self) -> list[str]:
        """The cases that have something to hear now."""
        return list(dict.fromkeys(row["case_id"] for row in self.rows if row["status"] is InboxStatus.PENDING))

    def waiting_for_cases(self) -> list[str]:
        """The cases that facts were parked for."""
        return list(dict.fromkeys(row["case_id"] for row in self.rows if row["status"] is InboxStatus.PARKED))

    def _targets(self, reported: Reported) -> Sequence[str]:
        if reported.target.startswith("parcel/"):
            key = parcel_key(reported)
            return list(self.parcels[key].cases) if key else []
        return [reported.target]

    def _announce(self, case_id: str, key: ParcelKey, fact: Fact) -> None:
        """From here on the case hears of the parcel, first of all what was told of it before."""
        known = self.parcels[key]
        if case_id in known.cases:
            return
        if not known.cases:
            self._unpark(case_id, key, known)
        known.cases[case_id] = Announced()
        self.announced.append(
            {
                "case_id": case_id,
                **key._asdict(),
                "merchant": self.merchant,
                "announced_at": fact.at,
                "watched": False,
                "version": 0,
            }
        )
        for heard in known.facts.values():
            self._add(case_id, heard.fact, heard.received_at)

    def _unpark(self, case_id: str, key: ParcelKey, known: KnownParcel) -> None:
        """What was parked for the parcel is written anew; its texts move to the case."""
        self.taken_up += [heard.seq for heard in known.facts.values() if heard.seq is not None]
        if any(heard.seq is None for heard in known.facts.values()):
            self.rows = [row for row in self.rows if row["waits_for"] != key.target]
            self.memos = [replace(m, case_id=case_id) if m.case_id == key.target else m for m in self.memos]
        if known.facts:
            self.found[key.target] = case_id

    def _add(self, case_id: str, fact: Fact, received_at: datetime) -> None:
        exists = InboxStatus.PENDING if case_id in self.exist else InboxStatus.PARKED
        status = exists if self._wakes(case_id, fact) else InboxStatus.RECORDED
        self._add_row(fact, received_at, case_id, case_id, status)

    def _wakes(self, case_id: str, fact: Fact) -> bool:
        if fact.type not in SCANS:
            return True
        key = parcel_in(fact)
        parcel = self.parcels[key].cases[case_id]
        first = parcel.first_scan_at is None or fact.at < parcel.first_scan_at
        woke = wakes(fact.type, first_scan=first, watched=parcel.watched)
        if first:
            parcel.first_scan_at = fact.at
        self.scans.append(
            {
                "case_id": case_id,
                **key._asdict(),
                "type": fact.type,
                "at": fact.at,
                "recorded_at": self.now,
                "location": fact.data.get("location"),
                "event_key": fact.key,
                "woke": woke,
            }
        )
        return woke

    def _add_row(self, fact: Fact, received_at: datetime, waits_for: str, case_id: str, status: InboxStatus) -> None:
        self.rows.append(
            {
                "merchant": self.merchant,
                "source": fact.source,
                "event_id": fact.id,
                "type": fact.type,
                "waits_for": waits_for,
                "case_id": case_id,
                "status": status,
                "received_at": received_at,
                "leased_until": None,
                "delivered_at": None,
                "fact": fact.model_dump(mode="json"),
            }
        )

    def _keep_texts(self, reported: Reported, case_id: str) -> None:
        fact = reported.fact
        self.memos += [memo_of(kept, case_id, self.merchant, fact.actor, fact.at) for kept in reported.texts]
