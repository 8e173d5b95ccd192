"""The carriers by the names that people know them by (S2-55)."""

from domain.policy.labels import in_chinese


def carrier_name(carrier: str) -> str:
    """What buyers and agents call a carrier; one that is not known by name keeps its code."""
    return in_chinese("carrier", carrier)
