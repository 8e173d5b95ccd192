"""The rules: pure functions of state, policy and time."""
