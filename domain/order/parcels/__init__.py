"""The parcels of an order on their way: scans, silence, and what goes wrong."""
