"""Replays recorded order logs: what past orders would have cost under a policy edition."""
