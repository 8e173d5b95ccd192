"""Locks in the shop's ERP."""

from temporalio import activity

from activities.partners.connection import PartnerConnection
from domain.partners.erp import LockAnswered, LockAsked


class Erp:
    """Activities on the ERP."""

    def __init__(self, partner: PartnerConnection) -> None:
        self.partner = partner

    @activity.defn(name="lock_order")
    async def lock_order(self, asked: LockAsked) -> LockAnswered:
        """Locks or unlocks lines of an order, once for each lock id."""
        path = "/order-locks" if asked.lock else "/order-unlocks"
        return await self.partner.post(path, asked.lock_id, asked, LockAnswered)
