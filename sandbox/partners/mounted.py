"""The sandbox's partner systems as routes of an API process."""

from fastapi import APIRouter

from runtime.clock import Clock
from runtime.settings import SANDBOX_SECRET, Settings, sandbox_partners
from sandbox.partners.routes import control_routes
from sandbox.partners.systems import PartnerSystems, system_routes
from store.database import Database


def partner_routes(settings: Settings, db: Database, clock: Clock) -> tuple[APIRouter, ...]:
    """The partner systems and what scripts them, where the settings say that this very process stands in for them."""
    here = sandbox_partners(settings.port)
    ours = [name for name, address in here.items() if str(getattr(settings, name) or "").rstrip("/") == address]
    if not ours or settings.partner_secret != SANDBOX_SECRET:
        return ()
    systems = PartnerSystems(clock)
    return system_routes(systems, SANDBOX_SECRET), control_routes(systems, db)
