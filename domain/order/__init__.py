"""The order: its facts, actions and clocks; `life.py` tells it from top to bottom."""
