"""The steps, one after another: a file is named after its revision id, which begins with its number."""
