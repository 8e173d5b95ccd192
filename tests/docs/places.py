"""What pages say of the tree: the paths that they name, and the names that stand in those files."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
_MARKED = re.compile(r"`([^`\n]+)`")
_PATH = re.compile(r"[\w.-]+(?:/[\w.-]+)*/?")
_FILE = re.compile(r"(?<![\w./-])(?:[\w-]+/)*[\w.-]+\.(?:py|toml|md|yaml|json)(?![\w/])")
_LINK = re.compile(r"\[[^\]]*\]\(([^)#:]+)(?:#[^)]*)?\)")
_NAME = re.compile(r"[A-Za-z_][\w.]*")


def paths_in(text: str) -> list[str]:
    """The files and folders of the tree that a text names, wherever it does."""
    folders = [word for word in _MARKED.findall(text) if _PATH.fullmatch(word) and word.endswith("/")]
    return [*_FILE.findall(_LINK.sub("", text)), *folders]


def links_in(text: str) -> list[str]:
    """What a page links to within the project."""
    return _LINK.findall(text)


def names_in(text: str) -> list[str]:
    """The marked words of a text that are names of the code, not paths."""
    return [word for word in _MARKED.findall(text) if _NAME.fullmatch(word) and not _FILE.fullmatch(word)]


def rows_of(page: str) -> list[str]:
    """The rows of a page's tables."""
    return [line for line in page.splitlines() if line.startswith("| ")]


def lost_paths(page: str, folder: Path) -> list[str]:
    """The paths and links of a page of that folder that lead nowhere."""
    named = [path for path in paths_in(page) if not (ROOT / path).exists()]
    return named + [link for link in links_in(page) if not (folder / link).exists()]


def lost_names(text: str) -> list[str]:
    """The names of a row or a list's item that stand in none of the files that it names."""
    files = [ROOT / path for path in paths_in(text)]
    words = "\n".join(file.read_text(encoding="utf-8") for file in files if file.is_file())
    return [name for name in names_in(text) if files and not re.search(rf"(?<!\w){re.escape(name)}(?!\w)", words)]
