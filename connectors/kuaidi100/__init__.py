"""Kuaidi100: tracking pushes."""
