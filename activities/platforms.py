"""Calls of platforms: what changed, and what their messages only hinted at. Answers are kept like pushes."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
from temporalio import activity
from temporalio.exceptions import ApplicationError

from connectors.calling import Call, Calls, NotAnswered, Question, Watching
from connectors.connector import Connector
from connectors.reading import CannotRead
from connectors.registry import CONNECTORS
from connectors.translation import Credentials, Delivery, Message, Unreadable
from domain.pulling import Ask, ListChanged, Listed, Plan
from runtime.clock import Clock
from store import enquiries, inbound, sources, watched_parcels
from store.database import Database
from store.sources import Signer
from store.watched_parcels import Unwatched

AT_ONCE = 50
"""Things that one call of the activity asks for at most."""
LIMITED_FOR = timedelta(minutes=1)
"""How long a platform is left alone that said it was asked too often."""
PULL_EVERY = timedelta(minutes=10)
WATCHED_FOR = timedelta(days=30)
"""How old an announcement may be for its parcel to be watched."""
QUIET_FOR = timedelta(hours=12)
"""How long there is no news of a watched parcel before its track is asked for; and how long until it is again."""
NOT_ANSWERED = "platform_not_answered"

Messages = Sequence[Message] | Unreadable


class Platforms:
    """Activities that ask platforms.

    Attributes:
        elsewhere: where platforms stand in place of their own gateways; None: there.
    """

    def __init__(self, db: Database, clock: Clock, http: httpx.AsyncClient, elsewhere: str | None) -> None:
        self.db, self.clock, self.http, self.elsewhere = db, clock, http, elsewhere

    @activity.defn(name="ask_wanted")
    async def ask_wanted(self, request: Ask) -> Plan:
        """Asks for all that is wanted of a source; each answer is kept, and no longer wanted with it."""
        signer = await self.db.read(sources.signer, request.source_id, await self.clock.now())
        connection = (signer.source.connection if signer else None) or {}
        connector = CONNECTORS.get(signer.source.connector or "") if signer else None
        if signer is None or connector is None or not connection.get("pull"):
            return Plan(over=True)
        every = connection.get("pull_every") or PULL_EVERY.total_seconds()
        if connector.watching:
            more = await self._watch(signer, connector.watching)
            return Plan(every=every, more=more or await self._query(signer, connector, connector.watching))
        calls = connector.calls
        if calls is None:
            return Plan(over=True)
        found = await self.db.read(enquiries.wanted, request.source_id, AT_ONCE)
        for wanted in found:
            question = calls.ask(wanted.enquiry)
            delivery = Delivery(body=await self._call(signer, calls, question) if question else "")
            messages = connector.messages(delivery) if question else []
            await self.db.write(_keep_answer, signer, delivery, messages, wanted.seq, await self.clock.now())
        return Plan(lists=list(calls.lists), every=every, more=len(found) == AT_ONCE)

    @activity.defn(name="list_changed")
    async def list_changed(self, request: ListChanged) -> Listed:
        """A page of what changed: kept where it holds all of it, else each thing in it is wanted from now on."""
        signer = await self.db.read(sources.signer, request.source_id, await self.clock.now())
        connector = CONNECTORS.get(signer.source.connector or "") if signer else None
        calls = connector.calls if connector else None
        if signer is None or connector is None or calls is None:
            return Listed()
        body = await self._call(
            signer, calls, calls.list_changed(request.name, request.since, request.until, request.page)
        )
        try:
            listing = calls.read(request.name, body)
        except CannotRead as why:
            raise ApplicationError(str(why), type=NOT_ANSWERED) from why
        now = await self.clock.now()
        if request.name in calls.whole:
            delivery = Delivery(body=body)
            await self.db.write(_keep, signer, delivery, connector.messages(delivery), now)
        await self.db.write(enquiries.want, request.source_id, listing.changed, now)
        return Listed(more=listing.more, latest=listing.latest)

    async def _call(self, signer: Signer, calls: Calls, question: Question) -> str:
        """The body of an answer. Raises ApplicationError: made again later, after a rest if it was one too many."""
        at = datetime.now(UTC)  # noqa: TID251 - signatures have the world's time, not the test clock's
        call = calls.sign(question, _credentials(signer), at)
        return await self._post(signer, calls.address, call, calls.not_answered)

    async def _watch(self, signer: Signer, watching: Watching) -> bool:
        """Has parcels watched that were announced; answers whether there are more."""
        now, callback = await self.clock.now(), (signer.source.connection or {}).get("callback") or ""
        found = await self.db.read(watched_parcels.unwatched, signer.source, now - WATCHED_FOR, AT_ONCE)
        for one in found:
            phone = _last_digits(one.phone) if one.carrier in watching.needs_phone else None
            posted = watching.subscribe(one.carrier, one.tracking_no, _credentials(signer), callback, phone)
            body = await self._post(signer, watching.address, Call(form=posted), watching.not_answered)
            await self.db.write(watched_parcels.watch, signer.source, one, now, watching.against(body))
        return len(found) == AT_ONCE

    async def _query(self, signer: Signer, connector: Connector, watching: Watching) -> bool:
        """Asks for the tracks of watched parcels of which nothing came; answers whether there are more."""
        if watching.needs_account and not (signer.source.connection or {}).get("account"):
            return False
        now = await self.clock.now()
        since, quiet_since = now - WATCHED_FOR, now - QUIET_FOR
        found = await self.db.read(watched_parcels.quiet, signer.source, since, quiet_since, AT_ONCE)
        for one in found:
            phone = _last_digits(one.phone) if one.carrier in watching.needs_phone else None
            call = watching.query(one.carrier, one.tracking_no, _credentials(signer), phone)
            body = await self._post(signer, watching.query_address, call, watching.query_not_answered)
            await self.db.write(_keep_track, signer, connector, watching.as_push(body, now), one, now)
        return len(found) == AT_ONCE

    async def _post(
        self, signer: Signer, gateway: str, call: Call, not_answered: Callable[[str], NotAnswered | None]
    ) -> str:
        address = f"{self.elsewhere}/{signer.source.connector}" if self.elsewhere else gateway
        try:
            answer = await self.http.post(f"{address}{call.path}", params=dict(call.query), **_posted(call))
            answer.raise_for_status()
        except httpx.HTTPError as error:
            raise ApplicationError(f"no answer: {type(error).__name__}", type=NOT_ANSWERED) from error
        if refused := not_answered(answer.text):
            rest = LIMITED_FOR if refused.limited else None
            raise ApplicationError(refused.why, type=NOT_ANSWERED, next_retry_delay=rest)
        return answer.text


def _posted(call: Call) -> dict[str, Any]:
    """What httpx is given to post."""
    if call.form:
        return {"data": dict(call.form)}
    return {"content": call.body.encode(), "headers": {"content-type": "application/json"}}


def _credentials(signer: Signer) -> Credentials:
    known = signer.source.connection or {}
    return Credentials(
        key=known.get("key") or "",
        secret=signer.secrets[0],
        session=signer.session,
        account=known.get("account") or "",
    )


def _last_digits(phone: str | None) -> str | None:
    """The last four digits of a number; None where it is masked."""
    digits = (phone or "").strip()[-4:]
    return digits if len(digits) == 4 and digits.isdecimal() else None


def _keep(tx: Any, signer: Signer, delivery: Delivery, messages: Messages, now: datetime) -> None:
    if isinstance(messages, Unreadable):
        inbound.keep_delivery(tx, signer.source, delivery, now)
    else:
        inbound.keep(tx, signer.source, messages, now)


def _keep_track(
    tx: Any, signer: Signer, connector: Connector, delivery: Delivery | None, parcel: Unwatched, now: datetime
) -> None:
    if delivery:
        _keep(tx, signer, delivery, connector.messages(delivery), now)
    watched_parcels.queried(tx, signer.source, parcel, now)


def _keep_answer(tx: Any, signer: Signer, delivery: Delivery, messages: Messages, seq: int, now: datetime) -> None:
    _keep(tx, signer, delivery, messages, now)
    enquiries.done(tx, seq)
