"""`caseline diagrams`: a page for the order and one a service, each with its diagram in Mermaid."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from rich.console import Console

from commands.diagrams.orders import order_edges
from commands.diagrams.requests import OTHER_SERVICE, request_edges
from commands.diagrams.walk import Edge, role_names
from domain.after_sale.services import SERVICES
from domain.after_sale.state import AfterSaleStage
from domain.order.children.requests import REQUEST_AFTER_SALE
from domain.order.state import OrderStage
from runtime.folders import usable_folder

START = "[*]"
ORDER_PAGE = "order.md"
ORDER_OPENINGS: Mapping[str, str] = {
    OrderStage.AWAITING_PAYMENT: "opened",
    OrderStage.AWAITING_SHIPMENT: "opened, cash on delivery",
}

READING = """\
Made by `caseline diagrams --write docs/services`, which tries every action, clock and fact of the declaration from
every state it can reach; a test checks that it is current. `action (roles)` is a step that these roles may take;
*seller* means agent, supervisor and owner. `task type, outcome` is what came of a person's task. `clock kind` is a
deadline that passes. Anything else is reported, or comes of something.
"""
ANOTHER = "`another_service`: the request becomes one for another service and goes on in that one's diagram.\n"


def pages() -> Iterator[tuple[str, str]]:
    """Every page with its file name, one after another: each takes some seconds."""
    yield ORDER_PAGE, order_page()
    yield from service_pages()


def order_page(*, thorough: bool = False) -> str:
    """The page of an order."""
    edges = order_edges(thorough=thorough)
    return page("order: from placing to the end of its return window", edges, ORDER_OPENINGS)


def service_pages() -> Iterator[tuple[str, str]]:
    """A page for each service, with its file name."""
    asked_for: Mapping[str, str] = {
        AfterSaleStage.AWAITING_SELLER: f"{REQUEST_AFTER_SALE.name} ({role_names(REQUEST_AFTER_SALE.roles)})"
    }
    for service, rule in SERVICES.items():
        yield f"{service}.md", page(f"{service}: {rule.title}", request_edges(service), asked_for)


def page(title: str, edges: list[Edge], openings: Mapping[str, str]) -> str:
    """A diagram of what moves the case, and a list of what leaves it where it is."""
    another = ANOTHER if any(edge.target == OTHER_SERVICE for edge in edges) else ""
    staying = _staying(edges)
    return f"# {title}\n\n{READING}{another}\n```mermaid\n{diagram(edges, openings)}\n```\n{staying}"


def diagram(edges: list[Edge], openings: Mapping[str, str]) -> str:
    """The state diagram; what leads from one stage to the same other is one arrow."""
    labels: dict[tuple[str, str], dict[str, None]] = {(START, stage): {by: None} for stage, by in openings.items()}
    for edge in edges:
        if edge.source != edge.target:
            labels.setdefault((edge.source, edge.target), {})[edge.label] = None
            if edge.ends:
                labels.setdefault((edge.target, START), {})
        elif edge.ends:
            labels.setdefault((edge.source, START), {})[edge.label] = None
    lines = [_arrow(source, target, texts) for (source, target), texts in labels.items()]
    return "\n".join(["stateDiagram-v2", *(f"    {line}" for line in lines)])


def _arrow(source: str, target: str, labels: Iterable[str]) -> str:
    text = "<br>".join(labels)
    return f"{source} --> {target}" + (f" : {text}" if text else "")


def _staying(edges: list[Edge]) -> str:
    """Steps and clocks that leave the case at its stage."""
    there: dict[str, dict[str, None]] = {}
    for edge in edges:
        if edge.source == edge.target and not edge.ends and not edge.by_itself:
            there.setdefault(edge.source, {})[edge.label] = None
    if not there:
        return ""
    rows = [f"| {stage} | {', '.join(f'`{label}`' for label in sorted(labels))} |" for stage, labels in there.items()]
    return "\n".join(["\nWhat leaves it where it is:\n", "| stage | steps and clocks |", "|---|---|", *rows, ""])


def show_diagrams(folder: Path | None, console: Console) -> None:
    """Writes every page into a folder, or prints them all.

    Raises:
        FolderUnusable: the folder cannot be written; said before the first page is made.
    """
    if folder:
        usable_folder(folder, chosen_by="--write")
        console.print("Trying everything that can happen; this takes a minute or two.")
    for name, text in pages():
        if folder is None:
            console.print(text, soft_wrap=True, highlight=False)
            continue
        (folder / name).write_text(text, encoding="utf-8")
        console.print(f"{folder / name}", soft_wrap=True, highlight=False)
