"""What every connector is: functions that the intake calls, and the page that says what is known of the platform."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from connectors.calling import Calls, Watching
from connectors.reading import CannotRead
from connectors.tables import Page
from connectors.translation import (
    Answer,
    Credentials,
    Delivery,
    Message,
    Shop,
    Taken,
    Translation,
    Unreadable,
)
from domain.roles import Role

MARKETPLACE = (
    Role.BUYER,
    Role.AGENT,
    Role.WAREHOUSE,
    Role.FINANCE,
    Role.PLATFORM,
    Role.PAYMENT,
    Role.ERP,
    Role.CARRIER,
)
"""Whom a marketplace speaks for: it tells what all of them did there."""
TRACKING = (Role.CARRIER,)
"""Whom a tracking service speaks for."""


@dataclass(frozen=True, slots=True)
class Connector:
    """A platform's messages, translated.

    Attributes:
        name: in addresses, and the `source` of facts.
        split: the messages of a delivery. Raises CannotRead.
        read: one message, and the last about the same subject. Raises CannotRead.
        against: what speaks against a delivery's signature or age; None if nothing does.
        acknowledge: what the platform is answered.
        speaks_as: the roles in which it reports facts and takes steps.
        calls: how the platform is asked for what changed; None: it is not.
        watching: how it is asked to watch parcels; None: it is no tracking service.
    """

    name: str
    split: Callable[[Delivery], list[Message]]
    read: Callable[[Message, Message | None, Shop], Translation]
    against: Callable[[Delivery, Credentials, datetime], str | None]
    acknowledge: Callable[[Delivery, Taken], Answer]
    page: Page
    speaks_as: tuple[Role, ...] = MARKETPLACE
    calls: Calls | None = None
    watching: Watching | None = None

    def messages(self, delivery: Delivery) -> list[Message] | Unreadable:
        """What a delivery holds, or why nobody can tell."""
        try:
            return self.split(delivery)
        except CannotRead as why:
            return Unreadable(reason=str(why))

    def translate(self, message: Message, before: Message | None, shop: Shop) -> Translation | Unreadable:
        """What a message tells, or why it cannot be read: all of it or nothing.

        Args:
            message: of a delivery.
            before: the last message of the same subject that was taken in and was not stale.
            shop: whose it is.
        """
        try:
            return self.read(message, before, shop)
        except CannotRead as why:
            return Unreadable(reason=str(why), message_id=message.id)
