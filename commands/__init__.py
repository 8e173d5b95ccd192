"""What the `caseline` commands do."""
