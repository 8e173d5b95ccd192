"""Marketplaces and tracking services as integrators script them: they speak the real shapes, and can misbehave."""
