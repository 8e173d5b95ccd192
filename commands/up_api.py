"""The API of `caseline up`: the sandbox's partner systems stand beside it, which `caseline api` does not know."""

from commands.serve import serve_api
from runtime.settings import Settings
from sandbox.partners.mounted import partner_routes


async def serve_up_api(settings: Settings) -> None:
    """Serves until cancelled; of the partners, those that the settings say are the sandbox's."""
    await serve_api(settings, partner_routes)
