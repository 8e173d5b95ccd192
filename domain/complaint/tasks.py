"""The tasks of a complaint, by name."""

ANSWER_COMPLAINT = "answer_complaint"
AGREE_WITHDRAWAL = "agree_withdrawal"
