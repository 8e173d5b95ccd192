"""Holds on shipping: goods that are not to leave until their buyer can ask for a refund (S0)."""
