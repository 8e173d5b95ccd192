"""deploy/prometheus: it scrapes what runs, and its alerts read series that exist."""

import re

import pytest

from tests.deploy.monitoring import Alert, alerts, prometheus
from tests.deploy.promql import Read, reads
from tests.deploy.stack import ROOT, compose

SERVICES = compose().services
JOBS = {job.job_name: job for job in prometheus().scrape_configs}
ALERTS = [pytest.param(alert, id=alert.alert) for alert in alerts()]

Scraped = dict[str, frozenset[str]]


def test_each_job_scrapes_the_port_on_which_its_service_answers() -> None:
    """The targets are services of compose.yaml, on the ports of their settings."""
    ports = {
        name: {host: found.port for found in job.dns_sd_configs for host in found.names} for name, job in JOBS.items()
    }
    settings = SERVICES["worker"].variables()
    temporal = SERVICES["temporal"].variables()["PROMETHEUS_ENDPOINT"]
    assert ports == {
        "caseline-api": {"api": int(settings["CASELINE_PORT"])},
        "caseline-worker": {"worker": int(settings["CASELINE_WORKER_METRICS_PORT"])},
        "temporal": {"temporal": int(temporal.rpartition(":")[2])},
    }
    assert {host for hosts in ports.values() for host in hosts} <= set(SERVICES)


def test_prometheus_starts_with_this_configuration() -> None:
    """Its command names the file where the folder is mounted."""
    prometheus_service = SERVICES["prometheus"]
    mounted = next(volume for volume in prometheus_service.volumes if volume.startswith("./prometheus:"))
    folder = mounted.split(":")[1]
    assert prometheus_service.command
    assert f"--config.file={folder}/prometheus.yaml" in prometheus_service.command


@pytest.mark.parametrize("alert", ALERTS)
def test_an_alert_reads_series_that_exist(alert: Alert, scraped: Scraped) -> None:
    """Every series of its expression comes from a real scrape, with every label that the expression names."""
    missing = [read for read in reads(alert.expr) if not read.labels <= scraped.get(read.series, frozenset())]
    assert missing == []


@pytest.mark.parametrize("alert", ALERTS)
def test_an_alert_watches_jobs_that_exist(alert: Alert) -> None:
    """A job that is called otherwise would be missing for ever."""
    assert set(re.findall(r'job="([^"]*)"', alert.expr)) <= set(JOBS)


@pytest.mark.parametrize("alert", ALERTS)
def test_an_alert_names_labels_that_it_keeps(alert: Alert) -> None:
    """Its summary can only name labels that are left after its expression."""
    named = set(re.findall(r"\$labels\.(\w+)", alert.annotations.summary))
    kept = set(re.findall(r"\w+", " ".join(re.findall(r"by \(([^)]*)\)", alert.expr))))
    assert named <= kept


@pytest.mark.parametrize("alert", ALERTS)
def test_an_alert_leads_to_what_to_do(alert: Alert) -> None:
    """Its runbook is a heading of a page that exists."""
    page, _, anchor = alert.annotations.runbook.partition("#")
    headings = re.findall(r"^#+ (.+)$", (ROOT / page).read_text(), flags=re.MULTILINE)
    assert anchor in {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_alerts_have_names_of_their_own() -> None:
    """Two of one name could not be told apart."""
    names = [alert.alert for alert in alerts()]
    assert len(names) == len(set(names))


def test_series_are_found_wherever_they_stand() -> None:
    """In functions, ranges, subqueries and both sides of an operator; labels of every grouping around them count."""
    expression = 'sum by (a) (rate(x_total{b="1"}[$__rate_interval])) / max(y) > min_over_time(max by (c) (z)[1h:1m])'
    assert reads(expression) == {
        Read("x_total", frozenset({"a", "b"})),
        Read("y", frozenset()),
        Read("z", frozenset({"c"})),
    }
