"""Messages to buyers, through the messaging partner."""

from temporalio import activity

from activities.partners.connection import PartnerConnection
from activities.partners.failures import refused
from domain.partners.messages import MessageSent, OutgoingMessage, SendMessage
from domain.policy.places import SHOPS
from domain.shop.addresses import Addresses
from domain.shop.settings import ADDRESSES
from store import messages, shop_settings
from store.buyers import buyer
from store.database import Database
from store.messages import Message


class Messaging:
    """Activities on the messaging partner."""

    def __init__(self, partner: PartnerConnection, db: Database) -> None:
        self.partner, self.db = partner, db

    @activity.defn(name="send_message")
    async def send_message(self, request: SendMessage) -> MessageSent:
        """Sends a message and keeps it with what was sent, once each.

        Sent first, kept after: what is kept was really sent. A crash between the two sends it again under the same
        id, which the partner answers as before.
        """
        kept = await self.db.read(messages.find, request.message_id)
        if kept:
            return MessageSent(sent_at=kept.at)
        recipient = await self.db.read(buyer, request.case_id)
        if recipient is None:
            raise refused(self.partner.partner, "no_recipient")
        message = OutgoingMessage(
            message_id=request.message_id,
            merchant=request.merchant,
            order_id=request.order_id,
            to=recipient.buyer_id,
            channel=request.channel,
            template=request.template,
            text=request.text(await self._of_shop(request)),
        )
        sent = await self.partner.post("/messages", request.message_id, message, MessageSent)
        await self.db.write(messages.keep, _kept(request, message, sent))
        return sent

    async def _of_shop(self, request: SendMessage) -> dict[str, str]:
        """Where goods go back to, as the shop has it now, for messages that say so."""
        if not SHOPS & request.wants:
            return {}
        return Addresses.model_validate(await self.db.read(shop_settings.get, request.merchant, ADDRESSES)).in_words()


def _kept(request: SendMessage, message: OutgoingMessage, sent: MessageSent) -> Message:
    return Message(
        message_id=request.message_id,
        case_id=request.case_id,
        merchant=request.merchant,
        order_id=request.order_id,
        recipient=message.to,
        channel=message.channel,
        template=message.template,
        text=message.text,
        at=sent.sent_at,
    )
