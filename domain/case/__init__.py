"""What every kind of case has: facts, actions, clocks, ledger, tasks, and how they are declared."""
