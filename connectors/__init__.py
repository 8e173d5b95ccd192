"""Connectors: what platforms send, translated into openings, facts and steps; they decide nothing.

One folder a platform. A translation is a pure function of a message and of the last one about the same thing that was
taken in. What was found out about a platform's fields stands in its tables with public sources; `docs/connectors` is
made from them.
"""
