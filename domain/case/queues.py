"""Temporal task queues."""

CASES = "cases"
"""Workflows and the writing of records."""

PARTNERS = "partners"
"""Calls to the outside."""

WEBHOOKS = "webhooks"
"""Deliveries to receivers, which hold up no partner however slow they are."""
