"""The carriers by the names that people know them by (S2-55)."""

from collections.abc import Mapping
from types import MappingProxyType

NAMES: Mapping[str, str] = MappingProxyType(
    {
        "sf": "顺丰",
        "yto": "圆通",
        "sto": "申通",
        "zto": "中通",
        "yunda": "韵达",
        "ttk": "天天",
        "ems": "EMS",
        "jd": "京东物流",
        "jt": "极兔",
    }
)


def carrier_name(carrier: str) -> str:
    """What buyers and agents call a carrier; one that is not known by name keeps its code."""
    return NAMES.get(carrier, carrier)
