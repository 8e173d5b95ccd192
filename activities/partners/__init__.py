"""How Caseline calls partner systems: connections, their circuits, and what failed calls become."""
