"""The cases that an order starts, and what it and they tell each other."""
