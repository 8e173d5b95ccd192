"""The tasks of a hold, by name."""

REFUNDS_OPEN, RELEASE_DUE = "refunds_open", "release_due"
"""The clocks whose tasks are about one time; when that moves, the task is about another."""

HOLD_FOLLOW_UP = "hold_follow_up"
HOLD_RELEASE_DUE = "hold_release_due"
ERP_SILENT = "hold_erp_silent"
LOCK_BY_HAND = "hold_lock_by_hand"
LOCK_DOUBTFUL = "hold_lock_doubtful"
