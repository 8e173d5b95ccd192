"""`caseline replay`, from the file to the report."""
