"""Calls of a platform: what to ask, how it is signed, what an answer says. Nothing here makes a call."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from connectors.reading import CannotRead, Fields, parse_json
from connectors.translation import Credentials, Delivery, Enquiry
from domain.times import CHINA

Parameters = Mapping[str, str]
WATCH = "watch"
"""The call of an enquiry by which a tracking service is asked again to watch: a parcel (`parcel/zto/ZT1`), or all of a
carrier that it would not watch."""


@dataclass(frozen=True, slots=True)
class Question:
    """What a call asks for: the platform's name of it, and its parameters as JSON has them."""

    method: str
    parameters: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Call:
    """A question as it is posted, signed.

    Attributes:
        path: what follows the gateway's address.
        form: what is posted as a form; `body`: what is posted as JSON instead, where there is no form.
    """

    path: str = ""
    query: Parameters = field(default_factory=dict)
    form: Parameters = field(default_factory=dict)
    body: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of what changed.

    Attributes:
        changed: what is to be asked for, each.
        more: whether another page follows.
        latest: the latest change in it, by the platform's clock; None: it is empty, or does not say.
    """

    changed: tuple[Enquiry, ...]
    more: bool
    latest: datetime | None


class Refused(StrEnum):
    """What a platform refuses for good, however often it is asked."""

    THING = "thing"
    """It has no such thing, or not for this shop."""
    CALL = "call"
    """The application may not ask so, or not for this shop."""
    WHO = "who"
    """Whoever asks is not known, or no longer: nothing is answered until the connection is another."""


@dataclass(frozen=True, slots=True)
class NotAnswered:
    """Why a call was not answered; without more it may be made again at any time.

    Attributes:
        limited: it was one too many, and may be made again later.
        refused: it need not be made again as long as nobody changes something.
    """

    why: str
    limited: bool = False
    refused: Refused | None = None


AGAIN, CALL, THING = "asked again", "refused for good: the call", "refused for good: this one"
WHO = "all waits for another connection"
"""What becomes of a call, as the tables of errors say it: where nothing is refused, and for each kind of refusal."""
Refuses = Callable[[str, str], Refused | None]
"""Whether an error is a refusal for good, by its code and what it says more."""


@dataclass(frozen=True, slots=True)
class Calls:
    """How a platform is called.

    Attributes:
        address: the platform's own gateway.
        lists: the lists of what changed, by their names; `whole`: those whose pages hold it all, so that nothing more
            is to be asked for.
        list_changed: what asks for a page of a list, from and to a time of change.
        ask: what asks for one thing; None: it cannot be asked for.
        sign: the call that is made: with the application, the shop's session, the time and the signature.
        read: a page of a list. Raises CannotRead.
        not_answered: why a body is no answer; None: it is one.
    """

    address: str
    lists: tuple[str, ...]
    list_changed: Callable[[str, datetime, datetime, int], Question]
    ask: Callable[[Enquiry], Question | None]
    sign: Callable[[Question, Credentials, datetime], Call]
    read: Callable[[str, str], Listing]
    not_answered: Callable[[str], NotAnswered | None]
    whole: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Watching:
    """How a tracking service is asked to watch a parcel.

    Attributes:
        address: the service's own.
        subscribe: what is posted: carrier, waybill, credentials, where pushes go, and the last digits of the buyer's
            number, where the carrier needs them.
        needs_phone: the carriers that do.
        query: the call that asks for a track now, where no push came: carrier, waybill, credentials, last digits.
        query_address: where it goes; `query_not_answered`: why a body is no answer to it.
        needs_account: whether the connection must name the account that asks; without it nothing is asked for.
        as_push: the answer in the shape of a push, as of a time; None: it has no track.
        against: why it does not watch the parcel; None: it does.
        not_answered: why a body is no answer to it; None: it is one.
    """

    address: str
    subscribe: Callable[[str, str, Credentials, str, str | None], Parameters]
    needs_phone: frozenset[str]
    against: Callable[[str], str | None]
    not_answered: Callable[[str], NotAnswered | None]
    query: Callable[[str, str, Credentials, str | None], Call]
    query_address: str
    query_not_answered: Callable[[str], NotAnswered | None]
    as_push: Callable[[str, datetime], Delivery | None]
    needs_account: bool = False


def china_clock(at: datetime) -> str:
    """As platforms write times."""
    return at.astimezone(CHINA).strftime("%Y-%m-%d %H:%M:%S")


def error_in(
    body: str, limited: str, detail: str, refuses: Refuses, *, within: str | None = None, fine: str | None = None
) -> NotAnswered | None:
    """The error in an answer, by its `code`; what is no JSON answers nothing.

    Args:
        body: the answer.
        limited: the code that says that the call was one too many.
        detail: the field that says more of it.
        refuses: which errors are refusals for good.
        within: the object that an error stands in; None: the answer itself.
        fine: the code that says that all is well; None: an answer without an error has none.
    """
    try:
        answer = Fields(parse_json(body, "the answer"), "the answer")
        error = answer.find_part(within) if within else answer
        code = error.find_text("code") if error else None
        if error is None or code == fine:
            return None
        more = error.find_text(detail) or ""
    except CannotRead as unreadable:
        return NotAnswered(str(unreadable))
    why = f"code {(code or '')[:20]} {more[:60]}".strip()
    if code == limited:
        return NotAnswered(why, limited=True)
    return NotAnswered(why, refused=refuses(code or "", more))
