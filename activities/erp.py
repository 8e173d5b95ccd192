"""Locks in the shop's ERP."""

from temporalio import activity

from activities.partners.connection import PartnerConnection
from domain.partners.erp import LockAnswer, LockRequest


class Erp:
    """Activities on the ERP."""

    def __init__(self, partner: PartnerConnection) -> None:
        self.partner = partner

    @activity.defn(name="lock_order")
    async def lock_order(self, request: LockRequest) -> LockAnswer:
        """Locks or unlocks lines of an order, once for each lock id."""
        path = "/order-locks" if request.lock else "/order-unlocks"
        return await self.partner.post(path, request.lock_id, request, LockAnswer)
