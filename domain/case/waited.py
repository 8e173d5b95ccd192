"""The parties that a case may wait for."""

from enum import StrEnum


class Awaited(StrEnum):
    """A party that can act in a case. `partner`: an outside system that Caseline has asked for something."""

    SELLER = "seller"
    BUYER = "buyer"
    WAREHOUSE = "warehouse"
    FINANCE = "finance"
    CARRIER = "carrier"
    PLATFORM = "platform"
    PARTNER = "partner"
