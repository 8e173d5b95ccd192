"""Calls of platforms: what changed, and what their messages only hinted at. Answers are kept like pushes.

What a platform does not answer holds nothing else up: a refusal for good becomes somebody's task, anything else is
asked for again.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

import httpx
from temporalio import activity
from temporalio.exceptions import ApplicationError

from activities.asking import Unanswered, post
from connectors.calling import WATCH, Call, Calls, NotAnswered, Question, Refused, Watching
from connectors.connector import Connector
from connectors.reading import CannotRead
from connectors.registry import CONNECTORS
from connectors.translation import Credentials, Delivery, Enquiry, Message, Unreadable
from domain.pulling import Ask, ListChanged, Listed, Plan
from runtime.clock import Clock
from store import enquiries, inbound, refusals, sources, watched_parcels
from store.database import Database
from store.enquiries import Wanted
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
PATIENCE = timedelta(minutes=10)
"""How long something new is asked for again and again at once; then it waits for the next look."""
GIVE_UP_AFTER = timedelta(days=1)
"""How long something is asked for of a platform that answers other things; then a person sees to it."""
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
        more = await self._ask_all(signer, connector, calls)
        return Plan(lists=list(calls.lists), every=every, more=more)

    async def _ask_all(self, signer: Signer, connector: Connector, calls: Calls) -> bool:
        """Asks for what is wanted, each by itself; answers whether there is more to ask for at once."""
        failed = _Failed()
        found = await self.db.read(enquiries.wanted, signer.source.source_id, AT_ONCE)
        for wanted in found:
            question = calls.ask(wanted.enquiry)
            try:
                delivery = Delivery(body=await self._call(signer, calls, question) if question else "")
            except Unanswered as none:
                failed.note(none.why, wanted.wanted_at)
                await self._put_off(signer, wanted, none.why)
                continue
            messages = connector.messages(delivery) if question else []
            await self.db.write(_keep_answer, signer, delivery, messages, wanted.seq, await self.clock.now())
        failed.raise_if_new(await self.clock.now())
        return len(found) == AT_ONCE and len(found) > len(failed)

    async def _put_off(self, signer: Signer, wanted: Wanted, why: NotAnswered) -> None:
        """Leaves to a person what is refused for good; anything else is asked for behind the others."""
        now, asked = await self.clock.now(), wanted.enquiry
        if reason := _given_up(asked.call, asked.about, why, now - wanted.wanted_at):
            await self.db.write(_leave, signer, wanted, reason, now)
        else:
            await self.db.write(enquiries.want, signer.source.source_id, [asked], now)

    @activity.defn(name="list_changed")
    async def list_changed(self, request: ListChanged) -> Listed:
        """A page of what changed: kept where it holds all of it, else each thing in it is wanted from now on."""
        signer = await self.db.read(sources.signer, request.source_id, await self.clock.now())
        connector = CONNECTORS.get(signer.source.connector or "") if signer else None
        calls = connector.calls if connector else None
        if signer is None or connector is None or calls is None:
            return Listed()
        question = calls.list_changed(request.name, request.since, request.until, request.page)
        try:
            body = await self._call(signer, calls, question)
            listing = calls.read(request.name, body)
        except CannotRead as why:
            raise ApplicationError(str(why), type=NOT_ANSWERED) from why
        except Unanswered as none:
            reason = refusals.reason(question.method, refusals.LIST, none.why)
            if reason is None:
                raise ApplicationError(none.why.why, type=NOT_ANSWERED) from none
            asked = Enquiry(call=question.method, about=refusals.LIST)
            await self.db.write(refusals.keep, signer.source, asked, reason, await self.clock.now())
            return Listed(refused=True)
        now = await self.clock.now()
        if request.name in calls.whole:
            delivery = Delivery(body=body)
            await self.db.write(_keep, signer, delivery, connector.messages(delivery), now)
        await self.db.write(enquiries.want, request.source_id, listing.changed, now)
        return Listed(more=listing.more, latest=listing.latest)

    async def _call(self, signer: Signer, calls: Calls, question: Question) -> str:
        """The body of an answer. Raises as `_post`."""
        at = datetime.now(UTC)  # noqa: TID251 - signatures have the world's time, not the test clock's
        call = calls.sign(question, _credentials(signer), at)
        return await self._post(signer, calls.address, call, calls.not_answered)

    async def _watch(self, signer: Signer, watching: Watching) -> bool:
        """Has parcels watched that were announced; answers whether there are more."""
        now, callback = await self.clock.now(), (signer.source.connection or {}).get("callback") or ""
        found = await self.db.read(watched_parcels.unwatched, signer.source, now - WATCHED_FOR, AT_ONCE)
        failed = _Failed()
        for one in found:
            phone = _last_digits(one.phone) if one.carrier in watching.needs_phone else None
            posted = watching.subscribe(one.carrier, one.tracking_no, _credentials(signer), callback, phone)
            try:
                body = await self._post(signer, watching.address, Call(form=posted), watching.not_answered)
            except Unanswered as none:
                failed.note(none.why, one.announced_at)
                why = _given_up("subscribing", one.carrier, none.why, now - one.announced_at)
                if why is None:
                    continue
            else:
                why = watching.against(body)
            await self.db.write(_keep_watched, signer, one, why, now)
        failed.raise_if_new(now)
        return len(found) == AT_ONCE and len(found) > len(failed)

    async def _query(self, signer: Signer, connector: Connector, watching: Watching) -> bool:
        """Asks for the tracks of watched parcels of which nothing came; answers whether there are more."""
        if watching.needs_account and not (signer.source.connection or {}).get("account"):
            return False
        now = await self.clock.now()
        since, quiet_since = now - WATCHED_FOR, now - QUIET_FOR
        found = await self.db.read(watched_parcels.quiet, signer.source, since, quiet_since, AT_ONCE)
        unanswered: list[Unwatched] = []
        for one in found:
            phone = _last_digits(one.phone) if one.carrier in watching.needs_phone else None
            call = watching.query(one.carrier, one.tracking_no, _credentials(signer), phone)
            try:
                body = await self._post(signer, watching.query_address, call, watching.query_not_answered)
            except Unanswered as none:
                unanswered.append(one)
                if reason := refusals.reason("asking for a track", one.carrier, none.why):
                    await self.db.write(_keep_refused, signer, one, reason, now)
            else:
                await self.db.write(_keep_track, signer, connector, watching.as_push(body, now), one, now)
        if len(unanswered) < len(found):  # the service is there: these have their turn again when the others have
            for one in unanswered:
                await self.db.write(watched_parcels.queried, signer.source, one, now)
        return len(found) == AT_ONCE and len(found) > len(unanswered)

    async def _post(
        self, signer: Signer, gateway: str, call: Call, not_answered: Callable[[str], NotAnswered | None]
    ) -> str:
        """The body of an answer.

        Raises:
            Unanswered: this call is not answered; the next may be.
            ApplicationError: none is: made again later, after a rest if it was one too many.
        """
        address = f"{self.elsewhere}/{signer.source.connector}" if self.elsewhere else gateway
        try:
            return await post(self.http, address, call, not_answered)
        except Unanswered as none:
            if none.why.refused is Refused.WHO:
                await self._tell_of_connection(signer, none.why)
            elif not none.why.limited:
                raise
            rest = LIMITED_FOR if none.why.limited else PULL_EVERY
            raise ApplicationError(none.why.why, type=NOT_ANSWERED, next_retry_delay=rest) from none
        except httpx.HTTPError as error:
            raise ApplicationError(f"no answer: {type(error).__name__}", type=NOT_ANSWERED) from error

    async def _tell_of_connection(self, signer: Signer, why: NotAnswered) -> None:
        """Somebody gives the source another connection: until then nothing is answered, and nothing is lost."""
        words, known = refusals.reason("", refusals.LIST, why), _credentials(signer)
        by = sha256(f"{known.key}/{known.session}/{known.secret}".encode()).hexdigest()[:8]
        now = await self.clock.now()
        await self.db.write(refusals.keep, signer.source, refusals.ANYTHING, words or why.why, now, by)


class _Failed:
    """What was not answered in one round of calls."""

    def __init__(self) -> None:
        self._each: list[tuple[NotAnswered, datetime]] = []

    def __len__(self) -> int:
        return len(self._each)

    def note(self, why: NotAnswered, since: datetime) -> None:
        """One was not; `since`: when it came to be wanted."""
        self._each.append((why, since))

    def raise_if_new(self, now: datetime) -> None:
        """Raises ApplicationError where something new may be answered if it is asked for again at once."""
        for why, since in self._each:
            if why.refused is None and now - since < PATIENCE:
                raise ApplicationError(why.why, type=NOT_ANSWERED)


def _given_up(call: str, about: str, why: NotAnswered, waited: timedelta) -> str | None:
    """Why somebody is to see to what is not answered; None: it is asked for again."""
    if why.refused is None and waited >= GIVE_UP_AFTER:
        return f"the platform has not answered for a day ({call}: {why.why})"
    return refusals.reason(call, about, why)


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


def _leave(tx: Any, signer: Signer, wanted: Wanted, reason: str, now: datetime) -> None:
    refusals.keep(tx, signer.source, wanted.enquiry, reason, now)
    enquiries.done(tx, wanted.seq)


def _keep_watched(tx: Any, signer: Signer, parcel: Unwatched, refused: str | None, now: datetime) -> None:
    watched_parcels.watch(tx, signer.source, parcel, now, refused)
    if refused:
        _keep_refused(tx, signer, parcel, f"parcels of {parcel.carrier} are not watched: {refused}", now)


def _keep_refused(tx: Any, signer: Signer, parcel: Unwatched, reason: str, now: datetime) -> None:
    """Of all parcels of a carrier that are refused for a reason, somebody sees to one."""
    refusals.keep(tx, signer.source, Enquiry(call=WATCH, about=parcel.carrier), reason, now)


def _keep_track(
    tx: Any, signer: Signer, connector: Connector, delivery: Delivery | None, parcel: Unwatched, now: datetime
) -> None:
    if delivery:
        _keep(tx, signer, delivery, connector.messages(delivery), now)
    watched_parcels.queried(tx, signer.source, parcel, now)


def _keep_answer(tx: Any, signer: Signer, delivery: Delivery, messages: Messages, seq: int, now: datetime) -> None:
    _keep(tx, signer, delivery, messages, now)
    enquiries.done(tx, seq)
