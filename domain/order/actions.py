"""The actions of an order, each declared where its part of the life is."""

from domain.case.declare import AnyAction
from domain.order.children.complaints import FILE_COMPLAINT
from domain.order.children.holds import HOLD_SHIPMENT
from domain.order.children.requests import REQUEST_AFTER_SALE
from domain.order.payment.cash_on_delivery import CONFIRM_BY_BUYER
from domain.order.payment.closing import CLOSE_UNPAID
from domain.order.payment.compensating import COMPENSATE
from domain.order.payment.invoices import INVOICE_ACTIONS
from domain.order.payment.quotes import QUOTE_ACTIONS
from domain.order.payment.remittances import REPORT_REMITTANCE
from domain.order.payment.returning import RETURN
from domain.order.people.changes import CHANGE_ACTIONS
from domain.order.receipt.actions import RECEIPT_ACTIONS
from domain.order.settling import CONFIRM_PAID
from domain.order.shipping.actions import SHIPPING_ACTIONS
from domain.order.shipping.urging import URGING_ACTIONS
from domain.order.state import OrderState

ACTIONS: tuple[AnyAction[OrderState], ...] = (
    *RECEIPT_ACTIONS,
    *SHIPPING_ACTIONS,
    CLOSE_UNPAID,
    *CHANGE_ACTIONS,
    *INVOICE_ACTIONS,
    CONFIRM_BY_BUYER,
    REPORT_REMITTANCE,
    *QUOTE_ACTIONS,
    *URGING_ACTIONS,
    RETURN,
    COMPENSATE,
    CONFIRM_PAID,
    REQUEST_AFTER_SALE,
    HOLD_SHIPMENT,
    FILE_COMPLAINT,
)
