"""Messages to buyers through the messaging partner."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, StringConstraints, model_validator

from domain.errors import DomainError
from domain.partners.templates import CHANNELS, WORDINGS, Channel, MessageTemplate, places, render
from domain.times import Instant

TemplateValue = Annotated[str, StringConstraints(max_length=60)]


class SendMessage(BaseModel):
    """Tell an order's buyer something, once.

    Attributes:
        message_id: unique for ever; the buyer gets one message for it, however often it is asked.
        values: what fills the template's places: amounts, times; never personal data or free text.
    """

    model_config = ConfigDict(frozen=True)

    message_id: str
    merchant: str
    case_id: str
    order_id: str
    template: MessageTemplate
    values: dict[str, TemplateValue] = {}

    @model_validator(mode="after")
    def _fills_its_template(self) -> Self:
        try:
            render(self.template, self.values)
        except DomainError as lacking:
            raise ValueError(str(lacking)) from None
        return self

    @property
    def channel(self) -> Channel:
        """How it reaches the buyer."""
        return CHANNELS.get(self.template, Channel.CHAT)

    @property
    def wants(self) -> frozenset[str]:
        """The places of its wordings."""
        return frozenset(place for wording in WORDINGS[self.template] for place in places(wording))

    def text(self, of_shop: Mapping[str, str] = MappingProxyType({})) -> str:
        """What the buyer reads; `of_shop` are the shop's own values, as they are when it is sent."""
        return render(self.template, {**self.values, **of_shop})


class OutgoingMessage(BaseModel):
    """The message as the partner gets it; `to` is the buyer's id on the marketplace."""

    model_config = ConfigDict(frozen=True)

    message_id: str
    merchant: str
    order_id: str
    to: str
    channel: Channel = Channel.CHAT
    template: MessageTemplate
    text: str


class MessageSent(BaseModel):
    """The partner took the message; a repeated answer names the same time."""

    model_config = ConfigDict(frozen=True)

    sent_at: Instant
