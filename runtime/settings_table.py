"""`python -m runtime.settings_table > docs/settings.md`: the settings as a page to read."""

from __future__ import annotations

from enum import StrEnum

from pydantic.fields import FieldInfo

from runtime.settings import Settings, variable

INTRODUCTION = """\
# Settings

Every setting is an environment variable. A missing or bad one stops the process with one line that names it;
an empty one counts as not set.
"""


def settings_page() -> str:
    """The whole of `docs/settings.md`."""
    return f"{INTRODUCTION}\n{settings_table()}"


def settings_table() -> str:
    """A Markdown table of every setting, its default and what it is for."""
    rows = [f"| `{variable(name)}` | {_default(field)} | {field.description} |" for name, field in _fields()]
    return "\n".join(["| variable | default | what it sets |", "|---|---|---|", *rows, ""])


def _fields() -> list[tuple[str, FieldInfo]]:
    return list(Settings.model_fields.items())


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "required"
    value: object = field.default
    if value is None:
        return "–"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    return f"`{value.value if isinstance(value, StrEnum) else value}`"


if __name__ == "__main__":
    print(settings_page(), end="")  # noqa: T201
