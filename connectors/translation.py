"""What a connector makes of a message: openings, facts and steps, or the reason why it cannot be read.

A platform repeats, drops and mixes up its messages. So everything that is told has an id that follows from the
platform's own ids: told twice, it is one. `before` is the last message about the same subject that was taken in; with
it a translation leaves out what was told before, and sees what changed or was taken back.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict

from domain.events import CloudEvent
from domain.order.opening import OpenOrder
from domain.policy import Platform
from domain.roles import Role
from domain.times import Instant


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True)


@dataclass(frozen=True, slots=True)
class Delivery:
    """An HTTP request of a platform, or the answer to a call of ours.

    Attributes:
        body: as it came, for the signature.
        form: of a form POST.
        query: of the address.
        headers: by lower-case names.
    """

    body: str = ""
    form: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a platform and its shop know each other by.

    Attributes:
        key: the platform's name for the application.
        secret: what both sign with.
        session: what it gave the application for the shop, to be asked by.
        account: its number of the shop or customer, where its calls name that.
    """

    key: str
    secret: str
    session: str = ""
    account: str = ""


@dataclass(frozen=True, slots=True)
class Shop:
    """What of the shop a translation needs to know.

    Attributes:
        platform: the marketplace of its orders, where the connector serves several.
        categories: the platform's category id to ours; those that are not here get `category`.
        carriers: the platform's number of a carrier to ours, where it has numbers and no names.
    """

    platform: Platform
    categories: Mapping[str, str] = field(default_factory=dict)
    category: str = "general"
    carriers: Mapping[str, str] = field(default_factory=dict)


class Message(_Value):
    """One message of a delivery.

    Attributes:
        id: the platform's own, by which it is acknowledged.
        kind: what the content is: a topic, or the name of an answer.
        subject: what it is about (`refund/88`): the next `before` is found by it. Empty: it stands alone.
    """

    id: str
    kind: str
    subject: str = ""
    content: dict[str, Any] = {}


class Unreadable(_Value):
    """A message that cannot be translated, and why, for the person who looks into it."""

    reason: str
    message_id: str = ""


class Step(_Value):
    """A request of a step. Whether it is taken, the case says, by the same rules as anybody's.

    Attributes:
        key: the `Idempotency-Key`; the same step has the same one whenever it is told.
        order: `order/{platform}/{order_id}`.
        request: the platform's name of the after-sale request that the step opens (`request_after_sale`) or is about;
            none for a step of the order.
        role: whose step it is on the platform.
        at: when it was taken there, if the platform says so.
    """

    key: str
    action: str
    input: dict[str, Any] = {}
    order: str
    request: str | None = None
    role: Role
    at: Instant | None = None


class Withdrawn(_Value):
    """A fact told before that the platform no longer stands by: its track was corrected or rolled back."""

    event_id: str
    type: str
    subject: str
    time: Instant | None = None


class StatedTimeout(_Value):
    """A time that the platform itself set. It prevails over the edition's.

    Attributes:
        about: the order's subject, or the platform's name of the request.
        order: the order's subject, where the message names the order too.
        deadline: our name of the deadline: `seller_answer`, `auto_confirm`, …
    """

    about: str
    order: str = ""
    deadline: str
    until: Instant


class RefundFailed(_Value):
    """The platform could not pay what a request was granted.

    Attributes:
        about: the platform's name of the request, `order`: the order's subject.
        version: tells one failure from the next.
    """

    about: str
    order: str
    version: str = ""


class Enquiry(_Value):
    """What is to be asked of the platform next: the message only says that something changed."""

    call: str
    about: str


class Translation(_Value):
    """What a message tells.

    Attributes:
        opening: what to open the order with, if it is not open yet; None: it is not to be, or not by this message.
        references: under which names the platform gives out what it masks or encrypts (`oaid`).
        stale: it is older than `before`, which stays the last one.
        notes: what the platform says and no fact or step of ours can: plain words without personal data.
    """

    opening: OpenOrder | None = None
    facts: tuple[CloudEvent, ...] = ()
    steps: tuple[Step, ...] = ()
    withdrawn: tuple[Withdrawn, ...] = ()
    timeouts: tuple[StatedTimeout, ...] = ()
    refunds_failed: tuple[RefundFailed, ...] = ()
    enquiries: tuple[Enquiry, ...] = ()
    references: dict[str, str] = {}
    stale: bool = False
    notes: tuple[str, ...] = ()


class Answer(_Value):
    """What the platform is answered, as it wants it."""

    body: str
    content_type: str = "application/json"
    status: int = 200


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a delivery's messages, for its acknowledgement.

    Attributes:
        kept: ids of the messages that are kept, those that cannot be read too.
        failed: ids of those that could not be kept, and are to be sent again.
        at: when.
    """

    at: datetime
    kept: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()
