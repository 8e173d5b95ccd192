"""docs/work.md lists every task of the catalogue as it is."""

from pathlib import Path

from domain.policy import policy

PAGE = Path(__file__).parents[2] / "docs" / "work.md"


def test_the_page_lists_every_task() -> None:
    """With its group, what makes it, and how long there is for it."""
    rows = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| `")]
    expected = [
        f"| `{name}` | {task.group} | {task.when} "
        f"| {task.within.text}{', working hours' if task.in_working_hours else ''} |"
        for name, task in policy("taobao-2012").work.tasks.items()
    ]
    assert rows == expected
