"""The words that people read out, with the newest facts in them: the case's, the carrier's last scan, the shop's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.case.script_values import script_values
from domain.policy import policy
from domain.policy.catalogue import Knowledge, Text
from domain.policy.places import SHOPS
from domain.shop.addresses import Addresses
from domain.shop.settings import ADDRESSES
from domain.times import iso_instant
from services.cases import life_of, state_of
from store import parcels, shop_settings
from store.cases import CaseRecord
from store.database import Transaction
from store.work_items import WorkItemRecord

LAST_SCAN_AT = "last_scan_at"


@dataclass(frozen=True, slots=True)
class Known:
    """A piece of what people need to know at a case's stage, with the case's values in its words."""

    name: str
    piece: Knowledge
    script: Text


def scripts(tx: Transaction, merchant: str, items: Sequence[WorkItemRecord], now: datetime) -> list[Text]:
    """What each of these tasks says to whoever does it now."""
    worded = [(item, policy(item.policy).work, _script(item)) for item in items]
    of_shop = _of_shop(tx, merchant, [words for _, _, words in worded])
    scanned = _scanned(tx, [item.case_id for item, _, words in worded if LAST_SCAN_AT in words.places()])
    return [
        work.fill(words, _newest(item.case_id, item.values, scanned) | of_shop, now) for item, work, words in worded
    ]


def knowledge(tx: Transaction, case: CaseRecord, now: datetime) -> list[Known]:
    """What there is to know at the stage at which the case stands."""
    state, life, edition = state_of(case), life_of(case), policy(case.policy)
    at_stage = {
        name: piece
        for name, piece in edition.work.knowledge.items()
        if piece.kind == case.kind and case.stage in piece.stages
    }
    wanted = [piece.script for piece in at_stage.values()]
    asks = any(LAST_SCAN_AT in words.places() for words in wanted)
    scanned = _scanned(tx, [case.case_id] if asks else [])
    of_shop = _of_shop(tx, case.merchant, wanted)
    values = _newest(case.case_id, script_values(life, state, edition), scanned) | of_shop
    return [Known(name, piece, edition.work.fill(piece.script, values, now)) for name, piece in at_stage.items()]


def _script(item: WorkItemRecord) -> Text:
    return policy(item.policy).work.tasks[item.type].script_for(item.variant)


def _of_shop(tx: Transaction, merchant: str, wanted: Sequence[Text]) -> dict[str, str]:
    """Where goods go back to, as the shop has it now; nothing where no words name it."""
    if not any(SHOPS & words.places() for words in wanted):
        return {}
    return Addresses.model_validate(shop_settings.get(tx, merchant, ADDRESSES)).in_words()


def _scanned(tx: Transaction, case_ids: Sequence[str]) -> Mapping[tuple[str, str, str], str]:
    """The last scans of these cases' parcels, those that did not wake them included."""
    if not case_ids:
        return {}
    newest = parcels.newest_scans(tx, set(case_ids))
    return {parcel: iso_instant(at) for parcel, at in newest.items()}


def _newest(case_id: str, values: Mapping[str, str], scanned: Mapping[tuple[str, str, str], str]) -> dict[str, str]:
    last = scanned.get((case_id, values.get("carrier", ""), values.get("tracking_no", "")))
    return {**values, LAST_SCAN_AT: last} if last else dict(values)
