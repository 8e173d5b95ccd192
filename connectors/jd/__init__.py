"""JD: orders, refunds before receipt, service orders after it."""
