"""The words that people read out, with the newest facts in them: the case's, the carrier's last scan, the shop's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.case.script_values import script_values
from domain.policy import policy
from domain.policy.catalogue import Knowledge, Text
from domain.policy.places import SHOPS
from domain.shop.addresses import Addresses
from domain.shop.settings import ADDRESSES
from domain.times import iso_instant
from services.cases import life_of, state_of
from services.context import Context
from store import parcels, shop_settings
from store.cases import CaseRecord
from store.work_items import WorkItemRecord

LAST_SCAN_AT = "last_scan_at"


@dataclass(frozen=True, slots=True)
class Known:
    """A piece of what people need to know at a case's stage, with the case's values in its words."""

    name: str
    piece: Knowledge
    script: Text


async def scripts(here: Context, merchant: str, items: Sequence[WorkItemRecord]) -> list[Text]:
    """What each of these tasks says to whoever does it now."""
    now = await here.clock.now()
    worded = [(item, policy(item.policy).work, _script(item)) for item in items]
    of_shop = await _of_shop(here, merchant, [words for _, _, words in worded])
    scanned = await _scanned(here, [item.case_id for item, _, words in worded if LAST_SCAN_AT in words.places()])
    return [
        work.fill(words, _newest(item.case_id, item.values, scanned) | of_shop, now) for item, work, words in worded
    ]


async def knowledge(here: Context, case: CaseRecord) -> list[Known]:
    """What there is to know at the stage at which the case stands."""
    now = await here.clock.now()
    state, life, edition = state_of(case), life_of(case), policy(case.policy)
    at_stage = {
        name: piece
        for name, piece in edition.work.knowledge.items()
        if piece.kind == case.kind and case.stage in piece.stages
    }
    wanted = [piece.script for piece in at_stage.values()]
    asks = any(LAST_SCAN_AT in words.places() for words in wanted)
    scanned = await _scanned(here, [case.case_id] if asks else [])
    values = _newest(case.case_id, script_values(life, state, edition), scanned) | await _of_shop(
        here, case.merchant, wanted
    )
    return [Known(name, piece, edition.work.fill(piece.script, values, now)) for name, piece in at_stage.items()]


def _script(item: WorkItemRecord) -> Text:
    return policy(item.policy).work.tasks[item.type].script_for(item.variant)


async def _of_shop(here: Context, merchant: str, wanted: Sequence[Text]) -> dict[str, str]:
    """Where goods go back to, as the shop has it now; nothing where no words name it."""
    if not any(SHOPS & words.places() for words in wanted):
        return {}
    return Addresses.model_validate(await here.db.read(shop_settings.get, merchant, ADDRESSES)).in_words()


async def _scanned(here: Context, case_ids: Sequence[str]) -> Mapping[tuple[str, str, str], str]:
    """The last scans of these cases' parcels, those that did not wake them included."""
    if not case_ids:
        return {}
    newest = await here.db.read(parcels.newest_scans, set(case_ids))
    return {parcel: iso_instant(at) for parcel, at in newest.items()}


def _newest(case_id: str, values: Mapping[str, str], scanned: Mapping[tuple[str, str, str], str]) -> dict[str, str]:
    last = scanned.get((case_id, values.get("carrier", ""), values.get("tracking_no", "")))
    return {**values, LAST_SCAN_AT: last} if last else dict(values)
