"""docs/ops.md and README.md: they know every name that operators meet, and every command they name exists."""

import re

import pytest
import typer
from typer.core import TyperGroup

import cli
from domain.after_sale.state import AfterSaleOutcome, AfterSaleStage
from domain.case.queues import CASES, PARTNERS
from domain.complaint.state import ComplaintOutcome, ComplaintStage
from domain.hold.state import HoldStage
from domain.intercept.state import InterceptStage
from domain.lives import FACTS, LIVES
from domain.order.state import OrderOutcome, OrderStage
from runtime.settings import Settings, variable
from runtime.temporal import SEARCH_ATTRIBUTES
from tests.deploy.monitoring import Alert, alerts
from tests.deploy.stack import DEPLOY, ROOT, compose
from workflows import calls
from workflows.errands import WORKFLOWS

PAGE = (ROOT / "docs" / "ops.md").read_text()
README = (DEPLOY / "README.md").read_text()
QUERIES = {"state", "deadlines", "rebuild"}
STAGES = {*OrderStage, *AfterSaleStage, *HoldStage, *InterceptStage, *ComplaintStage}
OUTCOMES = {*OrderOutcome, *AfterSaleOutcome, *ComplaintOutcome}
ACTIVITIES = {
    name
    for call in vars(calls).values()
    if (name := getattr(getattr(call, "__temporal_activity_definition", None), "name", None))
}


def section(heading: str) -> str:
    """The part of the page under one heading of the third level."""
    return PAGE.partition(f"\n### {heading}\n")[2].partition("\n### ")[0]


def test_the_page_knows_every_name() -> None:
    """Facts, steps, stages, outcomes, workflow types, activities, queues, queries and search attributes."""
    actions = {action.name for life in LIVES.values() for action in life.actions}
    assert ACTIVITIES
    names = {*FACTS, *actions, *STAGES, *OUTCOMES, *QUERIES, *WORKFLOWS.values(), *ACTIVITIES, CASES, PARTNERS}
    assert {name for name in names if f"`{name}`" not in PAGE} == set()
    assert {name for name in SEARCH_ATTRIBUTES if not re.search(rf"`[^`]*\b{name}\b", PAGE)} == set()


@pytest.mark.parametrize("alert", [pytest.param(alert, id=alert.alert) for alert in alerts()])
def test_an_alert_is_explained_where_it_leads(alert: Alert) -> None:
    """Its section names it, how bad it is and how long it waits, and gives its expression as it is evaluated."""
    anchor = alert.annotations.runbook.partition("#")[2]
    heading = next(
        h for h in re.findall(r"^### (.+)$", PAGE, flags=re.MULTILINE) if h.lower().replace(" ", "-") == anchor
    )
    text = section(heading)
    blocks = re.findall(r"```promql\n(.*?)```", text, flags=re.DOTALL)
    wait = f", after {alert.wait.removesuffix('m')} minutes" if alert.wait != "0s" else ""
    assert " ".join(alert.expr.split()) in {" ".join(block.split()) for block in blocks}
    assert re.search(rf"`{alert.alert}`\s\({alert.labels.severity}{wait}[;)]", text)


@pytest.mark.parametrize("text", [pytest.param(PAGE, id="ops.md"), pytest.param(README, id="README.md")])
def test_the_commands_of_a_page_exist(text: str) -> None:
    """Every `caseline …`, and every `docker compose run --rm api …`, is a command of this version."""
    known = typer.main.get_command(cli.app)
    assert isinstance(known, TyperGroup)
    named = re.findall(r"(?:`caseline|run --rm api) ([a-z]+)(?: ([a-z]+))?", " ".join(text.split()))
    assert named
    for command, sub in named:
        inner = known.commands[command]
        assert not isinstance(inner, TyperGroup) or sub in inner.commands


@pytest.mark.parametrize("text", [pytest.param(PAGE, id="ops.md"), pytest.param(README, id="README.md")])
def test_the_services_of_a_page_exist(text: str) -> None:
    """Whatever people are told to run or stop is a service of compose.yaml."""
    words = r"(?:run|stop|exec)(?: --rm| -T| --no-deps| --entrypoint [a-z]+)*"
    named = set(re.findall(rf"docker compose {words} ([a-z]+(?:-[a-z]+)?)", text))
    assert named
    assert named <= set(compose().services)


@pytest.mark.parametrize("text", [pytest.param(PAGE, id="ops.md"), pytest.param(README, id="README.md")])
def test_the_settings_of_a_page_exist(text: str) -> None:
    """A variable that is called otherwise by now would be set in vain."""
    assert set(re.findall(r"CASELINE_[A-Z_]+", text)) <= {variable(name) for name in Settings.model_fields}
