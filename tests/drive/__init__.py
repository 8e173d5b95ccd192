"""A random driver of the API: takes legal and illegal steps and facts, and checks the laws from outside.

`python -m tests.drive --seed N --orders 200`; what it finds names seed, order and the moves that led there.
"""
