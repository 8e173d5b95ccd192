"""What a platform did and the case refused, and what it takes back of parcels, reaches the order."""

import pytest
from sqlalchemy import select

from connectors.translation import Step, Translation, Withdrawn
from domain.events import CloudEvent
from domain.roles import Role
from services.context import Context
from services.taking_in import take_in
from store.tables import INBOX, PARCEL_SCANS, InboxStatus
from tests.services.messages import MEMO, ORDER, SHOP, Tell, another, found, kept_message
from tests.store.looking import rows_of
from tests.store.scenes import NOON, consigned, open_order, order, report, started_order

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


async def test_a_refused_step_is_told_to_its_order(here: Context, tells: Tell) -> None:
    """Its people see where the two stand otherwise; what changes nothing in a case is no difference."""
    await started_order(here.db)
    received = Step(key="T1001/received", action="confirm_receipt", order=ORDER, role=Role.AGENT)
    tells(Translation(steps=(received, MEMO.model_copy(update={"input": {"text": ""}}))))
    source, kept = await kept_message(here)
    await take_in(here, source, SHOP, kept)
    assert len((await found(here, kept.seq)).told["refused"]) == 2
    rows = await here.db.read(rows_of, select(INBOX).where(INBOX.c.type == "order.differs"))
    assert [row.event_id for row in rows] == ["differs/T1001/received"]


async def test_what_is_taken_back_of_a_parcel_reaches_its_case(here: Context, tells: Tell) -> None:
    """Its scan is no longer among those of the parcel; a waybill that was a slip of the pen people see to."""
    await open_order(here.db, order())
    await report(here.db, consigned())
    parcel = "parcel/zto/ZT1"
    scan = {"id": "node-1", "source": "taobao", "type": "parcel.signed", "subject": parcel, "time": NOON.isoformat()}
    tells(Translation(facts=(CloudEvent.model_validate({"specversion": "1.0", "data": {}} | scan),)))
    source, kept = await kept_message(here)
    await take_in(here, source, SHOP, kept)
    assert len(await here.db.read(rows_of, select(PARCEL_SCANS))) == 1
    of_both = (Withdrawn(event_id=id_, type="", subject=about) for id_, about in (("node-1", parcel), ("1", ORDER)))
    tells(Translation(withdrawn=tuple(of_both)))
    await take_in(here, source, SHOP, await another(here, source, "m-2"))
    assert await here.db.read(rows_of, select(PARCEL_SCANS)) == []
    rows = await here.db.read(rows_of, select(INBOX).where(INBOX.c.type == "parcel.withdrawn"))
    assert [(row.case_id, row.status) for row in rows] == [("order:demo:taobao:T1001", InboxStatus.PENDING)]
