"""Paying for an order: its clock, calls about it, remittances, prices, the door, invoices."""
