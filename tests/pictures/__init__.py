"""`python -m tests.pictures`: makes the pictures of the documents anew, with a headless Chromium."""
