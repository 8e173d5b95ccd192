"""The work items of an order, by name; what they say stands in the edition's catalogue."""

from domain.after_sale.tasks import OUTLIVING

PAYMENT_REMINDER = "payment_reminder"
CONFIRM_COD = "confirm_cod"
VERIFY_REMITTANCE = "verify_remittance"
REMITTANCE_NOT_FOUND = "remittance_not_found"
CHECK_ORDER = "check_order"
ORDER_AUDIT = "order_audit"
UNSHIPPED_48H = "unshipped_48h"
REPORT_SHIPMENT = "report_shipment"
OFFER_ALTERNATIVE = "offer_alternative"
GUIDE_REFUND = "guide_refund"
SHIP_URGE = "ship_urge"
CONFIRM_PROMISE = "confirm_promise"
PROMISE_MISSED = "promise_missed"
SHIP_AGAIN = "ship_again"
SUSPECTED_FAKE_SHIPMENT = "suspected_fake_shipment"
TRACKING_STALLED = "tracking_stalled"
PARCEL_EXCEPTION = "parcel_exception"
REFUSED_PARCEL = "refused_parcel"
ISSUE_INVOICE = "issue_invoice"
UNHAPPY_RATING = "unhappy_rating"
RATING_REWARD = "rating_reward"
ROUTE_REPORT = "route_report"

TASKS = (
    PAYMENT_REMINDER,
    CONFIRM_COD,
    VERIFY_REMITTANCE,
    REMITTANCE_NOT_FOUND,
    CHECK_ORDER,
    ORDER_AUDIT,
    UNSHIPPED_48H,
    REPORT_SHIPMENT,
    OFFER_ALTERNATIVE,
    GUIDE_REFUND,
    SHIP_URGE,
    CONFIRM_PROMISE,
    PROMISE_MISSED,
    SHIP_AGAIN,
    SUSPECTED_FAKE_SHIPMENT,
    TRACKING_STALLED,
    PARCEL_EXCEPTION,
    REFUSED_PARCEL,
    ISSUE_INVOICE,
    UNHAPPY_RATING,
    RATING_REWARD,
    ROUTE_REPORT,
    *OUTLIVING,
)
