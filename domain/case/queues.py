"""Temporal task queues."""

CASES = "cases"
"""Workflows and the writing of records."""
