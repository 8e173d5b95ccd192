"""Calls of a platform: what to ask, how it is signed, what an answer says. Nothing here makes a call."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from connectors.translation import Credentials, Enquiry

Parameters = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of what changed.

    Attributes:
        changed: what is to be asked for, each.
        more: whether another page follows.
        latest: the latest change in it, by the platform's clock; None: it is empty.
    """

    changed: tuple[Enquiry, ...]
    more: bool
    latest: datetime | None


@dataclass(frozen=True, slots=True)
class NotAnswered:
    """Why a call was not answered; `limited`: it was one too many, and may be made again later."""

    why: str
    limited: bool


@dataclass(frozen=True, slots=True)
class Calls:
    """How a platform is called.

    Attributes:
        address: the platform's own gateway.
        lists: the lists of what changed, by their names.
        list_changed: what asks for a page of a list, from and to a time of change.
        ask: what asks for one thing; None: it cannot be asked for.
        sign: the parameters as they are posted: with the application, the shop's session, the time and the signature.
        read: a page of a list. Raises CannotRead.
        not_answered: why a body is no answer; None: it is one.
    """

    address: str
    lists: tuple[str, ...]
    list_changed: Callable[[str, datetime, datetime, int], Parameters]
    ask: Callable[[Enquiry], Parameters | None]
    sign: Callable[[Parameters, Credentials, str, datetime], Parameters]
    read: Callable[[str, str], Listing]
    not_answered: Callable[[str], NotAnswered | None]


@dataclass(frozen=True, slots=True)
class Watching:
    """How a tracking service is asked to watch a parcel.

    Attributes:
        address: the service's own.
        subscribe: what is posted: carrier, waybill, credentials, where pushes go, and the last digits of the buyer's
            number, where the carrier needs them.
        needs_phone: the carriers that do.
        against: why it does not watch the parcel; None: it does.
        not_answered: why a body is no answer to it; None: it is one.
    """

    address: str
    subscribe: Callable[[str, str, Credentials, str, str | None], Parameters]
    needs_phone: frozenset[str]
    against: Callable[[str], str | None]
    not_answered: Callable[[str], NotAnswered | None]
