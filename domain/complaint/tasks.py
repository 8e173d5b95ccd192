"""The tasks of a complaint, by name."""

from domain.after_sale.tasks import PAY_REFUND

PAY_COMPENSATION = PAY_REFUND
"""Finance pays a compensation as it pays a refund."""

ANSWER_COMPLAINT = "answer_complaint"
AGREE_WITHDRAWAL = "agree_withdrawal"
