"""What people see to and say about an order: checks, changes, memos, ratings."""
