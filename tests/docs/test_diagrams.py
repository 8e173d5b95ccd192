"""The diagrams of services are what the declaration of requests says today."""

import pytest

from commands.diagrams.pages import ORDER_PAGE, diagram, service_pages
from commands.diagrams.requests import OTHER_SERVICE, request_edges
from domain.after_sale.life import AFTER_SALE
from domain.after_sale.state import AfterSaleStage
from domain.policy.stage_ways import WAYS
from domain.shop.service import Service
from tests.docs.drawn import DOCS, arrows, check_page, ways_declared, ways_drawn

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]


@pytest.fixture(scope="module")
def made() -> dict[str, str]:
    """Every page as it would be made now."""
    return dict(service_pages())


def test_there_is_a_page_for_the_order_and_one_a_service(made: dict[str, str]) -> None:
    """And none too many."""
    assert set(made) == {f"{service}.md" for service in Service}
    assert {file.name for file in DOCS.glob("*.md")} == {ORDER_PAGE, *made}


@pytest.mark.parametrize("service", Service)
def test_the_page_of_a_service(made: dict[str, str], service: Service) -> None:
    """`caseline diagrams --write docs/services` would change nothing; no stage is a trap."""
    name = f"{service}.md"
    check_page(name, made[name])
    assert OTHER_SERVICE not in {source for source, _ in arrows(made[name])}, "it goes on beyond its own service"


def test_every_stage_is_reached(made: dict[str, str]) -> None:
    """No stage of requests, taken together, is missing from the diagrams."""
    reached = {target for text in made.values() for _, target in arrows(text)}
    assert reached >= {stage.value for stage in AfterSaleStage}


def test_the_ways_that_the_desk_draws_are_those_of_the_rules(made: dict[str, str]) -> None:
    """From stage to stage, of each service."""
    for name, ways in WAYS["after_sale"].items():
        assert ways_declared(ways) == ways_drawn(made[f"{name}.md"]), name


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
