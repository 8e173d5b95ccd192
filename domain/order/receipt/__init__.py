"""Receiving: confirmed by the buyer or by timeout, and the return window after it."""
