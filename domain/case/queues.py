"""Temporal task queues."""

CASES = "cases"
"""Workflows and the writing of records."""

PARTNERS = "partners"
"""Calls to the outside."""
