"""The test clock and the partner systems that integrators script."""
