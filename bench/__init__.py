"""What Caseline costs: against a minimal workflow, `python -m bench`; with many open tasks, `python -m bench inbox`."""
