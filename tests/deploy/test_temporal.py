"""deploy/temporal: the scripts that prepare Temporal, run for real as far as its tools are here."""

import os
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
import yaml
from temporalio.api.enums.v1 import IndexedValueType
from temporalio.api.operatorservice.v1 import ListSearchAttributesRequest
from temporalio.api.workflowservice.v1 import DescribeNamespaceRequest
from temporalio.client import Client

from runtime.embedded import DevServer
from runtime.temporal import SEARCH_ATTRIBUTES
from tests.deploy.conftest import prepare_namespace
from tests.deploy.stack import DEPLOY

pytestmark = pytest.mark.slow


async def test_the_namespace_is_prepared_again_and_again(temporal_server: DevServer) -> None:
    """It keeps ended cases as long as it is told, the last time counts, and it knows every search attribute."""
    for retention in ("30d", "90d"):
        prepare_namespace(temporal_server.address, "shop", retention)
    client = await Client.connect(temporal_server.address)
    described = await client.workflow_service.describe_namespace(DescribeNamespaceRequest(namespace="shop"))
    known = await client.operator_service.list_search_attributes(ListSearchAttributesRequest(namespace="shop"))
    assert described.config.workflow_execution_retention_ttl.ToTimedelta() == timedelta(days=90)
    assert dict(known.custom_attributes) == SEARCH_ATTRIBUTES
    assert IndexedValueType.INDEXED_VALUE_TYPE_INT in known.custom_attributes.values()


FAKE_TOOL = """#!/bin/sh
echo "$SQL_DATABASE $*" >> "$CALLS"
[ "$SQL_DATABASE $1" != "$FAILS" ]
"""


@pytest.fixture
def calls(tmp_path: Path) -> Path:
    """What the script asked of Temporal's SQL tool, which is not here: another program stands for it."""
    tool = tmp_path / "temporal-sql-tool"
    tool.write_text(FAKE_TOOL)
    tool.chmod(0o755)
    return tmp_path / "calls"


def make_schema(calls: Path, fails: str = "") -> int:
    """Runs the script; its exit code."""
    path = f"{calls.parent}{os.pathsep}{os.environ['PATH']}"
    env = os.environ | {"PATH": path, "CALLS": str(calls), "FAILS": fails}
    return subprocess.run(["sh", DEPLOY / "temporal" / "schema.sh"], env=env, check=False).returncode


def test_both_databases_get_their_tables(calls: Path) -> None:
    """The store of histories and that of visibility, each from its own folder."""
    tables = "/etc/temporal/schema/postgresql/v12"
    assert make_schema(calls) == 0
    assert calls.read_text().splitlines() == [
        "temporal setup-schema -v 0.0",
        f"temporal update-schema --schema-dir {tables}/temporal/versioned",
        "temporal_visibility setup-schema -v 0.0",
        f"temporal_visibility update-schema --schema-dir {tables}/visibility/versioned",
    ]


def test_a_failure_stops_the_schema(calls: Path) -> None:
    """The server must not start on half a schema."""
    assert make_schema(calls, fails="temporal update-schema") != 0
    assert "temporal_visibility" not in calls.read_text()


def test_shops_are_served_in_turn() -> None:
    """Every case carries its shop as fairness key; a server heeds it only when told to."""
    config = yaml.safe_load((DEPLOY / "temporal" / "dynamicconfig.yaml").read_text())
    assert config["matching.enableFairness"] == [{"value": True}]
