"""Platforms' messages that nobody can read: the matter that a person sees to, be it about an order or about none."""
