"""The tasks of an order, each declared where its part of the life is, and those that outlive its requests."""

from domain.after_sale.tasks import STOPPED_IN_VAIN
from domain.case.declare import TaskRule
from domain.order.children.handing_back import SEND_BACK_TASK
from domain.order.children.holds import SHIP_AGAIN_TASK
from domain.order.ending import keeps_open
from domain.order.parcels.problems import PARCEL_TASKS
from domain.order.payment.cash_on_delivery import COD_TASK
from domain.order.payment.difference import CARRIER_DIFFERENCE_TASK
from domain.order.payment.invoices import INVOICE_TASK
from domain.order.payment.reminders import REMINDER_TASK
from domain.order.payment.remittances import REMITTANCE_TASKS
from domain.order.payment.returning import RETURNING_TASKS
from domain.order.payment.reversals import REVERSAL_TASK
from domain.order.payment.unpaid import UNPAID_TASK
from domain.order.people.auditing import AUDIT_TASKS
from domain.order.people.differing import DIFFERENCE_TASK
from domain.order.people.ratings import RATING_TASKS
from domain.order.settling import PAID_BY_HAND_TASK
from domain.order.shipping.hurry import HURRY_TASKS
from domain.order.shipping.ladder import LADDER_TASKS
from domain.order.shipping.urging import URGING_TASKS
from domain.order.state import OrderState

_STOPPED_TASK = TaskRule(name=STOPPED_IN_VAIN, needed=keeps_open, worded=True)

TASKS: tuple[TaskRule[OrderState], ...] = (
    REMINDER_TASK,
    COD_TASK,
    UNPAID_TASK,
    *REMITTANCE_TASKS,
    *AUDIT_TASKS,
    *LADDER_TASKS,
    *HURRY_TASKS,
    *URGING_TASKS,
    CARRIER_DIFFERENCE_TASK,
    SHIP_AGAIN_TASK,
    *PARCEL_TASKS,
    INVOICE_TASK,
    *RETURNING_TASKS,
    REVERSAL_TASK,
    PAID_BY_HAND_TASK,
    *RATING_TASKS,
    DIFFERENCE_TASK,
    _STOPPED_TASK,
    SEND_BACK_TASK,
)
