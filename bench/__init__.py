"""Caseline against a minimal workflow, side by side on one embedded server: `python -m bench`."""
