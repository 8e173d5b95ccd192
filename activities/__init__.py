"""Effects on the world outside a workflow: one class per outside system."""
