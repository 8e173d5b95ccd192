"""Kdniao: tracking pushes."""
