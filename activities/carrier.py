"""Interceptions by carriers."""

from temporalio import activity

from activities.partners.connection import PartnerConnection
from domain.partners.carrier import InterceptAnswer, InterceptRequest


class Carrier:
    """Activities on the carriers."""

    def __init__(self, partner: PartnerConnection) -> None:
        self.partner = partner

    @activity.defn(name="ask_carrier")
    async def ask_carrier(self, request: InterceptRequest) -> InterceptAnswer:
        """Asks the carrier to bring a parcel back, once for each intercept id."""
        return await self.partner.post("/interceptions", request.intercept_id, request, InterceptAnswer)
