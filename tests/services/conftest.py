"""The parts of a process, for every test of services that asks for them."""

from tests.services.parts import here, temporal

__all__ = ["here", "temporal"]
