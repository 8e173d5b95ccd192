"""Webhooks: which changes a receiver is told, in which words, and when it counts as failing."""
