"""Diagrams of what can happen to a case, found by trying the declaration of its kind, not drawn by hand."""
