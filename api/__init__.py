"""The HTTP API: parse, make one call, answer."""
