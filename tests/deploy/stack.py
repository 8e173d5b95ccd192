"""What lies in deploy/, read into types; only the parts that the tests look at."""

import os
import re
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, Field

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"

SECRETS = {
    "POSTGRES_PASSWORD": "first1",
    "DATABASE_PASSWORD": "second2",
    "TEMPORAL_DATABASE_PASSWORD": "third3",
    "GRAFANA_PASSWORD": "fourth4",
}
"""What a person would write into .env."""

_VARIABLE = re.compile(r"\$\{(?P<name>[A-Z_]+)(?:(?P<operator>:[-?])(?P<default>[^}]*))?\}")


class Condition(BaseModel):
    """What a service waits for in another."""

    condition: Literal["service_healthy", "service_completed_successfully"]


class Healthcheck(BaseModel):
    """How the engine asks a service whether it is well."""

    test: list[str] = []
    disable: bool = False


class Build(BaseModel):
    """What an image is built from."""

    context: str
    dockerfile: str


class Limits(BaseModel):
    """What a service may take of the machine at most."""

    cpus: str
    memory: str


class Resources(BaseModel):
    """See Limits."""

    limits: Limits


class Deployment(BaseModel):
    """See Limits."""

    resources: Resources


class Service(BaseModel):
    """One service of compose.yaml."""

    image: str
    build: Build | None = None
    entrypoint: list[str] | None = None
    command: list[str] | None = None
    environment: dict[str, str | int] = {}
    volumes: list[str] = []
    ports: list[str] = []
    depends_on: dict[str, Condition] = {}
    healthcheck: Healthcheck | None = None
    restart: str
    profiles: list[str] = []
    deploy: Deployment | None = None
    cap_drop: list[str] = []
    security_opt: list[str] = []
    read_only: bool = False

    @property
    def ours(self) -> bool:
        """Whether it runs this project's image."""
        return self.build is not None

    @property
    def lasting(self) -> bool:
        """Whether it runs until it is stopped; the others do one job and end."""
        return self.restart == "unless-stopped"

    def variables(self) -> dict[str, str]:
        """Its environment, as the process in it would see it."""
        return {name: str(value) for name, value in self.environment.items()}

    def host_files(self) -> list[Path]:
        """The files and folders of deploy/ that are mounted into it."""
        return [DEPLOY / volume.split(":")[0] for volume in self.volumes if volume.startswith(".")]


class Compose(BaseModel):
    """compose.yaml."""

    name: str
    services: dict[str, Service]
    volumes: dict[str, None] = Field(min_length=1)


def compose_text() -> str:
    """compose.yaml as it lies there."""
    return (DEPLOY / "compose.yaml").read_text()


def compose() -> Compose:
    """compose.yaml with the variables of .env filled in."""
    return Compose.model_validate(filled_in(SECRETS))


def filled_in(env: dict[str, str]) -> Any:
    """compose.yaml as plain data, with its variables filled in as Compose does. KeyError: a required one is missing."""

    def value(found: re.Match[str]) -> str:
        name = found["name"]
        if env.get(name):
            return env[name]
        if found["operator"] != ":-":
            raise KeyError(name)
        return found["default"]

    return yaml.safe_load(_VARIABLE.sub(value, compose_text()))


def asked_for() -> dict[str, bool]:
    """The variables that compose.yaml takes from .env, and whether it refuses to start without them."""
    return {found["name"]: found["operator"] != ":-" for found in _VARIABLE.finditer(compose_text())}


def env_example() -> dict[str, str]:
    """.env.example: what a person fills in."""
    lines = (DEPLOY / ".env.example").read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def without_settings() -> dict[str, str]:
    """This process's environment without any setting of ours."""
    return {name: value for name, value in os.environ.items() if not name.startswith("CASELINE_") and name != "PORT"}
