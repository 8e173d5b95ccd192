"""The sandbox's partner systems as routes of an API process."""

from fastapi import APIRouter

from runtime.partners import SANDBOX_SECRET, sandbox_partners
from sandbox.partners.routes import control_routes
from sandbox.partners.systems import PartnerSystems, system_routes
from services.context import Context


def partner_routes(here: Context) -> tuple[APIRouter, ...]:
    """The partner systems and what scripts them, where the settings say that this very process stands in for them."""
    settings, sandboxes = here.settings, sandbox_partners(here.settings.port)
    ours = [name for name, at in sandboxes.items() if str(getattr(settings, name) or "").rstrip("/") == at]
    if not ours or settings.partner_secret != SANDBOX_SECRET:
        return ()
    systems = PartnerSystems(here.clock)
    return system_routes(systems, SANDBOX_SECRET), control_routes(systems, here.db)
