"""What every test may use: rule marks, both databases, a running sandbox."""

pytest_plugins = ["tests.rule_marks", "tests.databases", "tests.sandbox_server", "tests.real_servers"]
