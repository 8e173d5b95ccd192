"""`python -m connectors.pages docs/connectors`: a page for each platform, made from its tables."""

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from connectors.registry import CONNECTORS
from connectors.tables import Page, Row, Source, Table

ONE_SOURCE = "†"
OVERVIEW = "README.md"

INTRODUCTION = f"""\
Made by `python -m connectors.pages docs/connectors` from the platform's tables; a test checks that it is current.
{ONE_SOURCE} marks what was seen in one source only. An empty last column: nothing is made of it.
"""

_OVERVIEW = """\
# Connectors

What platforms send is translated into openings, facts and steps (`connectors/`), by functions without a clock, a store
or a call: the same message tells the same. They decide nothing: what a platform says about a refund becomes requests
and facts, by the same rules as anybody's. A message that cannot be translated is told with the reason, never half.

- **Twice, late, out of order.** Ids of facts and keys of steps follow from the platform's own ids: what is told again
  is the same fact. The last message about the same subject is known to the next: an older one tells nothing.
- **Taken back.** A node that a later track no longer has is *withdrawn*: named by the id of its fact.
- **Buyers.** Masked and encrypted names, numbers and addresses are left out; what gives them out (OAID and the like)
  is kept as a reference. Nothing personal is in a fact.
- **Money** is exact to the fen: the parts of an order are what was paid for it.
- **Times that the platform set** are told as such; they prevail over the edition's.

"""


def pages() -> Iterator[tuple[str, str]]:
    """Every page with its file name."""
    links = [f"| [{one.page.title}]({name}.md) | {one.page.introduction} |" for name, one in CONNECTORS.items()]
    yield OVERVIEW, _OVERVIEW + "\n".join(["| platform | what it sends |", "|---|---|", *links, ""])
    for name, connector in CONNECTORS.items():
        yield f"{name}.md", page(connector.page)


def page(known: Page) -> str:
    """All that is known of a platform; its sources are numbered in the order in which they come."""
    sources = {source: number for number, source in enumerate(_sources(known), 1)}
    notes = "".join(f"- {note}\n" for note in known.notes)
    tables = "\n".join(_table(table, sources) for table in known.tables)
    listed = "".join(f"{number}. [{source.label}]({source.url})\n" for source, number in sources.items())
    links = "".join(f"[{number}]: {source.url}\n" for source, number in sources.items())
    head = f"# {known.title}\n\n{known.introduction}\n\n{INTRODUCTION}\n{notes}"
    return f"{head}\n{tables}\n## Sources\n\n{listed}\n{links}"


def _sources(known: Page) -> dict[Source, None]:
    return dict.fromkeys(source for table in known.tables for row in table.rows for source in row.sources)


def _table(table: Table, sources: Mapping[Source, int]) -> str:
    lines = [f"## {table.title}", "", "| theirs | meaning | here | seen in |", "|---|---|---|---|"]
    return "\n".join([*lines, *(_line(row, sources) for row in table.rows), ""])


def _line(row: Row, sources: Mapping[Source, int]) -> str:
    seen = ", ".join(f"[{sources[source]}]" for source in row.sources)
    mark = f" {ONE_SOURCE}" if len(row.sources) == 1 else ""
    return f"| `{row.name}`{mark} | {row.meaning} | {row.ours} | {seen} |"


def write(folder: Path) -> None:
    """Writes every page."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
