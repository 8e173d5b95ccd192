"""The desk in a headless Chromium, on a real sandbox."""
