"""deploy/grafana: dashboards that are found, can be laid out, and read series that exist."""

from urllib.parse import urlsplit

import pytest

from tests.deploy.monitoring import Dashboard, Panel, dashboard_folders, dashboards, datasources
from tests.deploy.promql import reads
from tests.deploy.stack import compose

SERVICES = compose().services
DASHBOARDS = [pytest.param(dashboard, id=dashboard.uid) for dashboard in dashboards()]
PANELS = [
    pytest.param(panel, id=f"{dashboard.uid} {panel.title}") for dashboard in dashboards() for panel in dashboard.panels
]

ASKED_FOR = {
    "caseline_open_cases",
    "caseline_overdue_deadlines",
    "caseline_undelivered_events",
    "caseline_backlog",
    "caseline_slowed_openings_total",
    "caseline_refused_actions_total",
    "caseline_events_total",
    "http_request_duration_highr_seconds_bucket",
    "http_requests_total",
    "temporal_worker_task_slots_used",
    "temporal_workflow_task_execution_latency_seconds_bucket",
    "temporal_workflow_task_schedule_to_start_latency_seconds_bucket",
    "temporal_workflow_task_execution_failed_total",
}


@pytest.mark.parametrize("panel", PANELS)
def test_a_panel_reads_series_that_exist(panel: Panel, scraped: dict[str, frozenset[str]]) -> None:
    """Every series of its queries comes from a real scrape, with every label that the query names."""
    needed = [read for query in panel.targets for read in reads(query.expr)]
    assert [read for read in needed if not read.labels <= scraped.get(read.series, frozenset())] == []


@pytest.mark.parametrize("panel", PANELS)
def test_a_panel_asks_the_data_source_that_there_is(panel: Panel) -> None:
    """Its data source is the one that Grafana is given."""
    assert (panel.datasource.type, panel.datasource.uid) in [(given["type"], given["uid"]) for given in datasources()]


@pytest.mark.parametrize("dashboard", DASHBOARDS)
def test_panels_have_places_of_their_own(dashboard: Dashboard) -> None:
    """No two lie over each other, none reaches beyond the grid, each has its own id."""
    taken = [cell for panel in dashboard.panels for cell in panel.place.cells()]
    assert len(taken) == len(set(taken))
    assert all(x < 24 for x, _ in taken)
    assert len({panel.id for panel in dashboard.panels}) == len(dashboard.panels)


def test_what_operators_need_is_shown() -> None:
    """Open cases, what is late, events, refusals, calls, and how the workers do are on some dashboard."""
    shown = {
        read.series
        for dashboard in dashboards()
        for panel in dashboard.panels
        for query in panel.targets
        for read in reads(query.expr)
    }
    assert shown >= ASKED_FOR


def test_the_data_source_is_our_prometheus() -> None:
    """Its address is the service's name, on the port on which its own health check asks it."""
    address = urlsplit(datasources()[0]["url"])
    healthcheck = SERVICES["prometheus"].healthcheck
    assert address.hostname == "prometheus"
    assert healthcheck
    assert urlsplit(healthcheck.test[-1]).port == address.port


def test_grafana_looks_where_the_dashboards_are_mounted() -> None:
    """Folder and first page are inside what compose.yaml mounts."""
    grafana = SERVICES["grafana"]
    mounts = {volume.split(":")[0]: volume.split(":")[1] for volume in grafana.volumes}
    folder = mounts["./grafana/dashboards"]
    assert dashboard_folders() == [folder]
    assert mounts["./grafana/provisioning"] == "/etc/grafana/provisioning"
    assert grafana.variables()["GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH"] == f"{folder}/cases.json"
