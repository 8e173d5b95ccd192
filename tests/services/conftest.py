"""The parts of a process, for every test of services that asks for them."""

from tests.services.messages import tells
from tests.services.parts import here, temporal
from tests.services.relaying import no_look

__all__ = ["here", "no_look", "tells", "temporal"]
