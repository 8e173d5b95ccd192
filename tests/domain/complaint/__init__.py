"""Complaints, lived together with their order."""
