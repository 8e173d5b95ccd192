"""Which series a PromQL expression reads, and by which labels."""

from dataclasses import dataclass

import promql_parser
from promql_parser import AggregateExpr, Expr, VectorSelector

RATE_INTERVAL = "$__rate_interval"
"""Grafana's own variable: long enough a time for a rate to be computed from."""


@dataclass(frozen=True, slots=True)
class Read:
    """One series of an expression, and every label that the expression needs it to have."""

    series: str
    labels: frozenset[str]


def reads(expression: str) -> set[Read]:
    """Every series that an expression reads. Raises ValueError: it is no PromQL."""
    found: set[Read] = set()
    groupings: list[frozenset[str]] = []

    def enter(node: Expr) -> None:
        if isinstance(node, AggregateExpr):
            groupings.append(frozenset(node.modifier.labels if node.modifier else ()))
        elif isinstance(node, VectorSelector):
            matched = (matcher.name for matcher in node.matchers.matchers)
            found.add(Read(str(node.name), frozenset(matched).union(*groupings)))

    def leave(node: Expr) -> None:
        if isinstance(node, AggregateExpr):
            groupings.pop()

    promql_parser.walk(promql_parser.parse(expression.replace(RATE_INTERVAL, "5m")), enter, leave)
    return found
