"""Money to buyers, through the payments partner."""

from temporalio import activity

from activities.partners.connection import PartnerConnection
from domain.partners.refunds import RefundReceipt, RefundRequest


class Payments:
    """Activities on the payments partner."""

    def __init__(self, partner: PartnerConnection) -> None:
        self.partner = partner

    @activity.defn(name="pay_refund")
    async def pay_refund(self, request: RefundRequest) -> RefundReceipt:
        """Pays a refund; asked again for the same refund it answers the same, and pays nothing twice."""
        return await self.partner.post("/refunds", request.refund_id, request, RefundReceipt)
