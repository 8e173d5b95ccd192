"""The tasks of an interception, by name."""

OFFLINE_INTERCEPT = "offline_intercept"
CARRIER_SILENT = "intercept_unanswered"
CLAIM_RETURN = "claim_intercepted_parcel"
CLAIM_UNPAID = "intercept_claim_unpaid"
