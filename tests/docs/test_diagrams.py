"""The diagrams of `docs/services` are what the declarations of orders and requests say today."""

import re
from pathlib import Path

import pytest

from commands.diagrams.pages import ORDER_PAGE, diagram, pages
from commands.diagrams.requests import OTHER_SERVICE, request_edges
from domain.after_sale.life import AFTER_SALE
from domain.after_sale.state import AfterSaleStage
from domain.order.state import OrderStage
from domain.policy.stage_ways import ANY, WAYS
from domain.shop.service import Service

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

DOCS = Path(__file__).parents[2] / "docs" / "services"
STATE = r"\[\*\]|[a-z_]+"
ARROW = re.compile(rf"    ({STATE}) --> ({STATE})(?: : [^:;%#]+(?:: [^:;%#]+)*)?")


@pytest.fixture(scope="module")
def made() -> dict[str, str]:
    """Every page as it would be made now."""
    return dict(pages())


def test_the_pages_are_current(made: dict[str, str]) -> None:
    """`caseline diagrams --write docs/services` would change nothing, and there is no page too many."""
    kept = {file.name: file.read_text(encoding="utf-8") for file in DOCS.glob("*.md")}
    assert sorted(kept) == sorted(made), "run `caseline diagrams --write docs/services`"
    for name, text in made.items():
        assert kept[name] == text, f"{name} is out of date: run `caseline diagrams --write docs/services`"


def test_there_is_a_page_for_the_order_and_one_a_service(made: dict[str, str]) -> None:
    """Six services, one order."""
    assert set(made) == {ORDER_PAGE} | {f"{service}.md" for service in Service}


def test_every_stage_is_reached(made: dict[str, str]) -> None:
    """No stage of an order, nor of requests taken together, is missing from the diagrams."""
    arrows = {name: _arrows(text) for name, text in made.items()}
    assert {target for _, target in arrows.pop(ORDER_PAGE)} >= {stage.value for stage in OrderStage}
    reached = {target for found in arrows.values() for _, target in found}
    assert reached >= {stage.value for stage in AfterSaleStage}
    for name, found in arrows.items():
        assert not {source for source, _ in found} & {OTHER_SERVICE}, f"{name} goes on beyond its own service"


def test_no_stage_is_a_trap(made: dict[str, str]) -> None:
    """From every stage drawn there is a way to the end of the case, or into another service's diagram."""
    for name, text in made.items():
        arrows = _arrows(text)
        ends = {END, OTHER_SERVICE}
        while more := {source for source, target in arrows if target in ends} - ends - {END}:
            ends |= more
        assert {source for source, _ in arrows} <= ends, name


def test_the_ways_that_the_desk_draws_are_those_of_the_rules(made: dict[str, str]) -> None:
    """From stage to stage, of an order and of each service."""
    declared = {ORDER_PAGE: WAYS["order"][ANY]} | {f"{name}.md": ways for name, ways in WAYS["after_sale"].items()}
    for name, text in made.items():
        drawn = {(source, target) for source, target in _arrows(text) if not {source, target} & {END, OTHER_SERVICE}}
        assert {(source, target) for source, targets in declared[name].items() for target in targets} == drawn, name


def test_every_action_and_clock_of_requests_is_tried(made: dict[str, str]) -> None:
    """What the declaration offers is found somewhere in the pages; an interception needs a shop that has signed."""
    text = "\n".join(made.values())
    actions = {action.name for action in AFTER_SALE.actions} - {"intercept_parcels"}
    assert {name for name in actions if f"{name} (" not in text and f"{name}, " not in text} == set()
    assert {clock.kind for clock in AFTER_SALE.clocks if f"clock {clock.kind}" not in text} == set()


def test_the_diagram_says_who_may_do_what() -> None:
    """An unshipped refund: the seller agrees, or the clock does; then the money goes."""
    drawn = diagram(request_edges(Service.REFUND_ONLY), {"awaiting_seller": "asked for"}).splitlines()
    assert drawn[0] == "stateDiagram-v2"
    (granted,) = [line for line in drawn if line.startswith("    awaiting_seller --> refunding")]
    assert "agree (seller)" in granted
    assert "clock seller_answer" in granted
    assert "    succeeded --> [*]" in drawn


def test_every_line_is_mermaid(made: dict[str, str]) -> None:
    """Each line of a diagram is an arrow between plain names, with a label that Mermaid can read."""
    for name, text in made.items():
        first, *lines = _mermaid(text)
        assert first == "stateDiagram-v2"
        assert [line for line in lines if not ARROW.fullmatch(line)] == [], name


END = "[*]"


def _mermaid(text: str) -> list[str]:
    return text.split("```mermaid\n")[1].split("\n```")[0].splitlines()


def _arrows(text: str) -> list[tuple[str, str]]:
    found = [re.match(rf"    ({STATE}) --> ({STATE})", line) for line in _mermaid(text)]
    return [(match[1], match[2]) for match in found if match]
