"""The connections of one worker, as its settings name them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from activities.partners.connection import PartnerConnection
from domain.partners.partner import Partner
from runtime.clock import Clock
from runtime.settings import Settings


@dataclass(frozen=True, slots=True)
class PartnerConnections:
    """One connection a partner; each has a circuit of its own, so that one that is down holds up no other."""

    payment: PartnerConnection
    messaging: PartnerConnection
    erp: PartnerConnection
    carrier: PartnerConnection


@asynccontextmanager
async def partner_connections(settings: Settings, clock: Clock) -> AsyncIterator[PartnerConnections]:
    """Connections for as long as a worker runs; none is opened before its first call."""
    secret = settings.partner_secret
    connections = PartnerConnections(
        payment=PartnerConnection(Partner.PAYMENT, settings.payments_url, secret, clock),
        messaging=PartnerConnection(Partner.MESSAGING, settings.messaging_url, secret, clock),
        erp=PartnerConnection(Partner.ERP, settings.erp_url, secret, clock),
        carrier=PartnerConnection(Partner.CARRIER, settings.carrier_url, secret, clock),
    )
    try:
        yield connections
    finally:
        for connection in (connections.payment, connections.messaging, connections.erp, connections.carrier):
            await connection.close()
