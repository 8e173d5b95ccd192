"""The services a buyer can ask a shop for; imports nothing, so that settings and cases can both name them."""

from enum import StrEnum


class Service(StrEnum):
    """What a buyer can ask for after the sale (S3-04)."""

    REFUND_ONLY = "refund_only"
    RETURN_REFUND = "return_refund"
    EXCHANGE = "exchange"
    REPAIR = "repair"
    RESHIP = "reship"
    PRICE_PROTECTION = "price_protection"
    TRIAL_USE = "trial_use"


ON_OFFER = (Service.TRIAL_USE,)
"""Those that no rule makes a shop render: it offers them, or does not (`domain/shop/offers.py`)."""
