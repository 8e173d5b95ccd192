"""What every test may use: marks, both databases, a running sandbox."""

from hypothesis import settings

pytest_plugins = [
    "tests.kinds", "tests.rule_marks", "tests.databases", "tests.sandbox_server", "tests.real_servers",
]  # fmt: skip

# How long an example takes depends on the machine; what it shows does not.
settings.register_profile("caseline", deadline=None, derandomize=True)
settings.load_profile("caseline")
