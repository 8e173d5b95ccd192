"""Where reported facts go: to the case they name, or to every case whose parcel they are about. Sends no SQL.

Carriers give a waybill number again after months (`store/numbers.py` says whose parcel it is when).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from domain.case.fact import Fact
from domain.events import Reported
from domain.lives import ANNOUNCING, EXCEPTIONS, SCANS
from domain.parcels.facts import WITHDRAWN
from domain.parcels.scans import wakes
from store.memos import Memo, memo_of
from store.numbers import CaseOfParcel, hearing, is_of_parcel
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


def scan_row(case_id: str, fact: Fact, recorded_at: datetime, *, woke: bool) -> dict[str, Any]:
    """A scan, as it is kept for a case."""
    return {
        "case_id": case_id,
        **parcel_in(fact)._asdict(),
        "type": fact.type,
        "at": fact.at,
        "recorded_at": recorded_at,
        "location": fact.data.get("location"),
        "event_key": fact.key,
        "woke": woke,
    }


@dataclass(slots=True)
class Announced:
    """A parcel of one case, as far as scans are concerned.

    Attributes:
        at: when its case says that it left.
        watched_since: since when no scan has reached the case, which waits for one; `told`: as the store has it.
    """

    at: datetime
    watched_since: datetime | None = None
    first_scan_at: datetime | None = None
    told: datetime | None = None

    def is_awaited(self, scanned_at: datetime) -> bool:
        """Whether its case waits for any sign of life, and the scan is one."""
        return self.watched_since is not None and scanned_at > self.watched_since


@dataclass(frozen=True, slots=True)
class ParcelFact:
    """A fact that was told of a parcel; `seq` is its row's, if it is parked there, `case_id` who heard it, if not."""

    fact: Fact
    received_at: datetime
    seq: int | None = None
    case_id: str | None = None


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
        owners: the cases that are open or were, by their ids.
        plain: those of them that show a scan that they were not woken for.
        rows: for the inbox, in the order in which each case must hear them.
        withdrawn: scans that were taken back, by case and the key of their fact.
        taken_up: rows parked for a parcel that has now been announced; they are written anew, behind the announcement.
            What is older than the order, or was parked for too long, is another parcel's of that number, and stays.
        found: the case that a parked text's parcel turned out to belong to, by `parcel/zto/ZT1`.
    """

    merchant: str
    now: datetime
    seen: set[tuple[str, str]]
    owners: Mapping[str, CaseOfParcel]
    parcels: dict[ParcelKey, KnownParcel]
    rows: list[dict[str, Any]] = field(default_factory=list)
    scans: list[dict[str, Any]] = field(default_factory=list)
    announced: list[dict[str, Any]] = field(default_factory=list)
    withdrawn: list[dict[str, str]] = field(default_factory=list)
    plain: set[str] = field(default_factory=set)
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
            self.parcels[key].facts[fact.key] = ParcelFact(fact, self.now, case_id=targets[0] if targets else None)
        for case_id in targets:
            self._add(case_id, fact, self.now)
        if not targets:
            self._add_row(fact, self.now, reported.target, "", InboxStatus.PARKED)
        if key and fact.type in ANNOUNCING:
            self._announce(reported.target, key, fact)
        return Status.ACCEPTED if any(case_id in self.owners for case_id in targets) else Status.PARKED

    def watched(self) -> list[dict[str, Any]]:
        """The parcels that wait for a scan now and did not before, or did and do not any more."""
        return [
            {"of_case": case_id, "of_carrier": key.carrier, "of_number": key.tracking_no, "since": parcel.watched_since}
            for key, known in self.parcels.items()
            for case_id, parcel in known.cases.items()
            if parcel.watched_since != parcel.told
        ]

    def to_deliver(self) -> list[str]:
        """The cases that have something to hear now."""
        return list(dict.fromkeys(row["case_id"] for row in self.rows if row["status"] is InboxStatus.PENDING))

    def _targets(self, reported: Reported) -> Sequence[str]:
        if reported.target.startswith("parcel/"):
            key = parcel_key(reported)
            announced = {case_id: one.at for case_id, one in self.parcels[key].cases.items()} if key else {}
            return hearing(announced, self.owners, reported.fact.at)
        return [reported.target]

    def _announce(self, case_id: str, key: ParcelKey, fact: Fact) -> None:
        """From here on the case hears of the parcel, first of all what was told of it before."""
        known = self.parcels[key]
        if case_id in known.cases:
            return
        heard = [told for told in known.facts.values() if self._is_of(case_id, told)]
        self._unpark(case_id, key, heard)
        known.cases[case_id] = Announced(fact.at)
        self.announced.append(
            {
                "case_id": case_id,
                **key._asdict(),
                "merchant": self.merchant,
                "announced_at": fact.at,
                "version": 0,
            }
        )
        for told in heard:
            self._add(case_id, told.fact, told.received_at)

    def _is_of(self, case_id: str, told: ParcelFact) -> bool:
        """Whether what was told of a number before is about the parcel that the case announces now."""
        heard_by = self.owners.get(told.case_id) if told.case_id else None
        return is_of_parcel(self.owners.get(case_id), heard_by, told.fact.at, told.received_at, self.now)

    def _unpark(self, case_id: str, key: ParcelKey, heard: Sequence[ParcelFact]) -> None:
        """What was parked for the parcel is written anew; its texts move to the case."""
        parked = [told for told in heard if told.case_id is None]
        self.taken_up += [told.seq for told in parked if told.seq is not None]
        now = {(told.fact.source, told.fact.id) for told in parked if told.seq is None}
        if now:
            self.rows = [
                row
                for row in self.rows
                if row["waits_for"] != key.target or (row["source"], row["event_id"]) not in now
            ]
            self.memos = [replace(m, case_id=case_id) if m.case_id == key.target else m for m in self.memos]
        if parked:
            self.found[key.target] = case_id

    def _add(self, case_id: str, fact: Fact, received_at: datetime) -> None:
        if fact.type == WITHDRAWN:
            self.withdrawn.append({"of_case": case_id, "of_fact": f"{fact.source}/{fact.data['event_id']}"})
        exists = InboxStatus.PENDING if case_id in self.owners else InboxStatus.PARKED
        status = exists if self._wakes(case_id, fact) else InboxStatus.RECORDED
        self._add_row(fact, received_at, case_id, case_id, status)

    def _wakes(self, case_id: str, fact: Fact) -> bool:
        if fact.type not in SCANS | EXCEPTIONS:
            return True
        key = parcel_in(fact)
        parcel = self.parcels[key].cases[case_id]
        if fact.type in EXCEPTIONS:
            parcel.watched_since = max(parcel.watched_since or fact.at, fact.at)
            return True
        first = parcel.first_scan_at is None or fact.at < parcel.first_scan_at
        awaited = parcel.is_awaited(fact.at)
        woke = wakes(fact.type, first_scan=first, watched=awaited)
        if first:
            parcel.first_scan_at = fact.at
        if awaited:
            parcel.watched_since = None
        if not woke:
            self.plain.add(case_id)
        self.scans.append(scan_row(case_id, fact, self.now, woke=woke))
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
