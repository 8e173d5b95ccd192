"""What every test may use: marks, both databases, a running sandbox."""

from tests.profiles import register_profiles

pytest_plugins = [
    "tests.kinds", "tests.rule_marks", "tests.databases", "tests.sandbox_server", "tests.real_servers",
]  # fmt: skip

register_profiles()
