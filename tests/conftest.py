"""What every test may use: marks, both databases, a running sandbox."""

from hypothesis import settings

pytest_plugins = [
    "tests.kinds", "tests.rule_marks", "tests.databases", "tests.sandbox_server", "tests.real_servers",
]  # fmt: skip

# How long an example takes depends on the machine; what it shows does not. `make nightly` tries others, and more.
settings.register_profile("caseline", deadline=None, derandomize=True)
settings.register_profile("nightly", deadline=None, max_examples=1000, print_blob=True)
settings.load_profile("caseline")
