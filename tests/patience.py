"""How long what must come true may take: no measure of speed, but where a test that waits in vain ends."""

PATIENCE = 90.0
"""Seconds, on a machine with much else to do; no more than a third of what a test has at all (pyproject.toml)."""
