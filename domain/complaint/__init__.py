"""Complaints: what a buyer holds against the seller before the platform, in six types (S2-79)."""
