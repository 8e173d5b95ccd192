"""The configuration of Prometheus and Grafana, read into types. A misspelt key is an error, as it is for them."""

import json
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

from tests.deploy.stack import DEPLOY


class Strict(BaseModel):
    """Knows every key."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class Named(Strict):
    """Targets found by name: one for each address behind it."""

    names: list[str]
    type: Literal["A"]
    port: int
    refresh_interval: str


class Job(Strict):
    """What is scraped alike."""

    job_name: str
    metrics_path: str
    dns_sd_configs: list[Named]


class Intervals(Strict):
    """How often Prometheus scrapes and evaluates."""

    scrape_interval: str
    evaluation_interval: str


class Prometheus(Strict):
    """prometheus.yaml."""

    everywhere: Intervals = Field(alias="global")
    rule_files: list[str]
    scrape_configs: list[Job]


class Severity(Strict):
    """`critical` wakes somebody, `warning` waits for the morning."""

    severity: Literal["critical", "warning"]


class Told(Strict):
    """What an alert says, and where the page begins that says what to do."""

    summary: str
    runbook: str


class Alert(Strict):
    """One alert."""

    alert: str
    expr: str
    wait: str = Field("0s", alias="for")
    labels: Severity
    annotations: Told


class Alerts(Strict):
    """Alerts that are evaluated together."""

    name: str
    rules: list[Alert]


class Datasource(BaseModel):
    """Where a panel's series come from."""

    type: str
    uid: str


class Place(Strict):
    """Where a panel lies on Grafana's grid, which is 24 wide."""

    x: int = Field(ge=0)
    y: int = Field(ge=0)
    w: int = Field(ge=1, le=24)
    h: int = Field(ge=1)

    def cells(self) -> set[tuple[int, int]]:
        """The cells that it covers."""
        return {(x, y) for x in range(self.x, self.x + self.w) for y in range(self.y, self.y + self.h)}


class Query(BaseModel):
    """One expression of a panel, and how its series are called."""

    expr: str
    legend: str = Field(alias="legendFormat", min_length=1)
    ref: str = Field(alias="refId")


class Panel(BaseModel):
    """One panel."""

    id: int
    type: Literal["stat", "timeseries"]
    title: str = Field(min_length=1)
    description: str = Field(min_length=1)
    datasource: Datasource
    place: Place = Field(alias="gridPos")
    targets: list[Query] = Field(min_length=1)


class Dashboard(BaseModel):
    """One dashboard."""

    uid: str
    title: str
    panels: list[Panel] = Field(min_length=1)


def prometheus() -> Prometheus:
    """prometheus.yaml."""
    return Prometheus.model_validate(_yaml("prometheus/prometheus.yaml"))


def alerts() -> list[Alert]:
    """Every alert of every rule file that Prometheus reads."""
    groups = [group for file in prometheus().rule_files for group in _yaml(f"prometheus/{file}")["groups"]]
    return [alert for group in groups for alert in Alerts.model_validate(group).rules]


def dashboards() -> list[Dashboard]:
    """Every dashboard that Grafana finds."""
    files = sorted((DEPLOY / "grafana" / "dashboards").glob("*.json"))
    return [Dashboard.model_validate(json.loads(file.read_text())) for file in files]


def datasources() -> list[dict[str, Any]]:
    """The data sources that Grafana is given."""
    found: list[dict[str, Any]] = _yaml("grafana/provisioning/datasources/prometheus.yaml")["datasources"]
    return found


def dashboard_folders() -> list[str]:
    """The folders, in Grafana's container, in which it looks for dashboards."""
    providers = _yaml("grafana/provisioning/dashboards/caseline.yaml")["providers"]
    return [provider["options"]["path"] for provider in providers]


def _yaml(name: str) -> Any:
    return yaml.safe_load((DEPLOY / name).read_text())
