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
- **Taken back.** A node that a later track no longer has is *withdrawn*: the case hears `parcel.withdrawn` with the id
  of its fact, and stands as if it had not been told; a parcel that was not signed for after all is on its way again.
- **Buyers.** Masked and encrypted names, numbers and addresses are left out; what gives them out (OAID and the like)
  is kept as a reference. Nothing personal is in a fact.
- **Money** is exact to the fen: the parts of an order are what was paid for it.
- **Times that the platform set** are told as such; they prevail over the edition's.

"""

_USE = """
## Setting one up

An owner sets up a source, and has the platform push to its `address`:

```sh
curl -X POST $CASELINE/v1/merchants/demo/connectors/taobao/sources -H "Authorization: Bearer demo-owner" \\
  -d '{"name": "our-shop", "secret": "APP_SECRET", "connection": {"key": "APP_KEY", "session": "…", "pull": true}}'
```

The platform's own signature is checked, and it is answered as it wants to be. Who cannot have it push (JD) hands its
answers on to the same address with a token of the shop. `GET …/sources/{id}/messages` says what became of each message.

- **Kept first.** A message is written before it is acknowledged, and its facts are taken in together or not at all. The
  same id with the same content is one message.
- **Too early.** A refund whose order is not open waits for it, a day at most.
- **Not readable.** It stays as it came, is acknowledged, and is a case of its own (`platform_message`) with the task
  `unreadable_message` and the reason; others with the same reason join it. `try_again` tries all of them, once the
  connection or the connector is mended; `set_aside` deletes what is in them. Nobody tries them again by themselves.
- **Refused.** What a case refuses of a platform's steps is noted with the message (`told.refused`), as it would be
  answered to anybody. Where order or request does not stand as it would after the step, the two differ: the order hears
  `order.differs`, and somebody has the task `platform_differs`. Requests that were opened before the shop came here are
  noted only (`request_not_here`).
- **Refunds.** Orders that a marketplace's messages open have `refunds_by_platform`: it pays what their requests are
  granted, and its word that it has (`confirm_refund_paid`) books it, once. Neither the payments partner nor finance is
  asked; what the shop owes beside it (the freight of a return for quality) goes as elsewhere. What a platform could
  not pay (`refunds_failed`: Douyin, JD; Taobao's states have no such thing) is finance's task, as where the payments
  partner refuses for good.
- **Personal data.** Of each trade or refund the last message is kept, to see what the next one changes; of all that was
  taken in before it, and of pushes, nothing but what became of them.

## Lost pushes

Pushes are hints. With `pull` a workflow a source (`pull:{shop}:{source}` in the Temporal UI) asks the marketplace every
`pull_every` seconds for what changed since its mark, and at once for what a thin message is about. Windows overlap, the
mark is a time by the platform's own clock, pages and rate limits are the platform's; where there are several pages they
are read back once more, for what changes meanwhile moves up. JD pushes nothing that is known, so it lives by this: its
`account` is the shop's number there (商家编号).

What a platform does not answer holds nothing else up. A refusal for good (an order that it does not have, a call that
the application may not make: each platform's table of errors says which) is done with, and a person's task like a
message that cannot be read, with the reason; `try_again` has it asked again, `set_aside` leaves it. The same goes for
what is not answered for a day. Where the platform does not know who asks, or no longer (the shop's session is over),
that is a task too, and all that is wanted waits for another connection. Anything else is asked for again, behind the
others; of a list that is refused the mark stays, and the other lists go on.

With `pull`, Kuaidi100 and Kdniao are asked to watch every parcel that was announced since, each once; `callback` is
where they reach this address from outside. Carriers that need the last four digits of the buyer's number get them.
A parcel on its way of which nothing came for half a day, or that they would not watch, is asked for, every half day at
most, for a month; Kuaidi100 needs the shop's customer number as `account` for that. An answer takes nothing back. A
carrier whose parcels they refuse to watch is one task for each reason; a parcel that Kuaidi100 gave up is subscribed to
again.

## Trying it

`make sandbox` has platforms that speak the real shapes and misbehave as told, by chance from a seed:

```sh
curl -X PUT  $CASELINE/sandbox/platforms/taobao/$SOURCE/script -H "Authorization: Bearer demo-ops" \\
  -d '{"drop": 0.1, "double": 0.1, "reorder": 0.1, "mask": true, "limit": 60, "seed": 1}'
curl -X POST $CASELINE/sandbox/platforms/taobao/$SOURCE/changes -H "Authorization: Bearer demo-ops" \\
  -d '{"topic": "taobao_trade_TradeCreate", "trade": {"tid": "1000", "status": "WAIT_BUYER_PAY", …}}'
```

What changes there is kept as it stands: Taobao's `trade` and `refund`, Douyin's `order` and `aftersale`, JD's `order`,
`refund`, `service` and `money`. It is pushed thin (JD's is not), listed and answered whole by the sandbox's gateways,
as the platform would. Tracks of Kuaidi100 and Kdniao are pushed as their `content`.

`python -m tests.sandbox.day 200 douyin` plays a day of so many orders twice, as the platform tells it with losses and
as CloudEvents, and compares them case by case; without a name it is Taobao's.
"""


def pages() -> Iterator[tuple[str, str]]:
    """Every page with its file name."""
    links = [f"| [{one.page.title}]({name}.md) | {one.page.introduction} |" for name, one in CONNECTORS.items()]
    yield OVERVIEW, _OVERVIEW + "\n".join(["| platform | what it sends |", "|---|---|", *links, ""]) + _USE
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
