"""All settings: environment variables that begin with CASELINE_.

`docs/settings.md` is made from this file by `python -m runtime.settings_table`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Self

from pydantic import (
    AliasChoices,
    DirectoryPath,
    Field,
    FilePath,
    NonNegativeInt,
    PositiveFloat,
    PositiveInt,
    SecretStr,
    ValidationError,
    model_validator,
)
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict

from runtime.errors import SettingsError
from runtime.forms import (
    FORMS,
    PARTNER_FORM,
    Address,
    DatabaseUrl,
    FilesUrl,
    PartnerSecret,
    PartnerUrl,
    Port,
    PortOrOff,
)
from runtime.partners import PARTNER_PATHS, SANDBOX_SECRET, on_this_machine, sandbox_partners

PREFIX = "CASELINE_"
PLAIN_PORT = "PORT"
MEBIBYTE = 1024 * 1024
CACHED_CASES = 1000
_FORMS = {**FORMS, **dict.fromkeys(PARTNER_PATHS, PARTNER_FORM)}


class LogLevel(StrEnum):
    """The least important lines that are still written."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class LogFormat(StrEnum):
    """How a log line looks."""

    JSON = "json"
    CONSOLE = "console"


class EmbeddedSettings(BaseSettings):
    """Where the embedded servers keep their data and listen."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_ignore_empty=True, extra="ignore", frozen=True, validate_by_name=True
    )

    data_dir: Path = Field(Path(".caseline"), description="Folder of the embedded servers' data, process ids and logs.")
    temporal_port: Port = Field(7233, description="Port of the embedded Temporal server.")
    temporal_ui_port: PortOrOff = Field(8233, description="Port of the embedded Temporal UI; 0 = no UI.")


class DatabaseSettings(EmbeddedSettings):
    """What a command needs that works on the database alone."""

    database_url: DatabaseUrl = Field(
        repr=False,
        description="`postgresql://user:password@host/name` or `sqlite:///file.db`. "
        "`caseline up` and `caseline sandbox` set their own.",
    )
    log_level: LogLevel = Field(LogLevel.INFO, description="`debug`, `info`, `warning` or `error`.")


class Settings(DatabaseSettings):
    """Everything that a process can be told from outside."""

    temporal_address: Address = Field(
        description="`host:port` of the Temporal server. `caseline up` and `caseline sandbox` set their own."
    )
    temporal_namespace: str = Field("default", min_length=1, description="Namespace that holds the cases.")
    temporal_api_key: SecretStr | None = Field(None, description="API key of Temporal Cloud; turns TLS on.")
    temporal_ui_url: PartnerUrl | None = Field(
        None,
        description="Address of the Temporal UI as people open it; the desk then leads operators and owners from a "
        "case to its workflow.",
    )
    temporal_tls: bool = Field(False, description="Use TLS to reach Temporal.")
    temporal_tls_ca: FilePath | None = Field(
        None, description="PEM file of the authority behind the server's certificate; none = the system's."
    )
    temporal_tls_cert: FilePath | None = Field(None, description="PEM file of our certificate, for mutual TLS.")
    temporal_tls_key: FilePath | None = Field(None, description="PEM file of that certificate's key.")

    files_url: FilesUrl | None = Field(
        None,
        description="Where photos and documents of evidence are kept: `file:///folder`, which all API processes share, "
        "or `s3://bucket/folder` (any S3: `AWS_ACCESS_KEY_ID`, `AWS_ENDPOINT_URL` and the like are read as its tools "
        "do, one without TLS needs `AWS_ALLOW_HTTP=true`), `gs://…`, `az://…`; none = no files are taken. "
        "`caseline up` and `caseline sandbox` set their own.",
    )

    host: str = Field("127.0.0.1", min_length=1, description="Address that the API and the worker's metrics listen on.")
    port: Port = Field(
        8080,
        validation_alias=AliasChoices(f"{PREFIX}PORT", PLAIN_PORT),
        description="Port of the API. Plain `PORT` is read too.",
    )
    worker_metrics_port: PortOrOff = Field(
        9464,
        description="Port of the worker's Prometheus metrics; 0 = off. The API has its own at `/metrics`.",
    )
    max_body_bytes: PositiveInt = Field(
        2 * MEBIBYTE, description="Largest request body, in bytes; the default holds a batch of 1,000 events."
    )
    opening_backlog: NonNegativeInt = Field(
        20,
        description="When so many new orders, paid or overdue, have waited over half a second for a worker, openings "
        "are answered 429 with `Retry-After`, and nothing else is; 0 = never.",
    )
    update_timeout: PositiveFloat = Field(
        10.0, description="Seconds that the API waits for a case to carry out an action, before a 503."
    )
    fact_lease: PositiveFloat = Field(
        20.0,
        description="Seconds after which facts that a killed API process was bringing to their cases are brought by "
        "another, or by itself once it is back.",
    )

    workflow_sandbox: bool = Field(
        True,
        description="Run workflow code in the SDK's sandbox, which catches code that would not replay. "
        "Off saves a tenth of a worker's CPU.",
    )
    worker_cached_cases: PositiveInt = Field(
        CACHED_CASES,
        description="Running cases that a worker keeps in memory, about 0.2 MiB each beside some 210 MiB (500: 300 MiB "
        "in all, however many are open); another one is first replayed from its history when something happens to it.",
    )
    policies_dir: DirectoryPath | None = Field(
        None, description="Folder of a shop's own policy editions (TOML), read beside the ones that ship."
    )

    payments_url: PartnerUrl | None = Field(
        None,
        repr=False,
        description="Where the payments partner stands (`docs/partners/payments.yaml`); none = refunds are paid by "
        "hand. `caseline up` and `caseline sandbox` call partners on this machine only, else their own sandbox's.",
    )
    messaging_url: PartnerUrl | None = Field(
        None,
        repr=False,
        description="Where the messaging partner stands (`docs/partners/messaging.yaml`); none = nobody tells buyers.",
    )
    erp_url: PartnerUrl | None = Field(
        None,
        repr=False,
        description="Where the shop's ERP stands (`docs/partners/erp.yaml`); none = it is told by hand.",
    )
    carrier_url: PartnerUrl | None = Field(
        None, repr=False, description="Where the carriers stand; none = they are told by hand."
    )
    platforms_url: PartnerUrl | None = Field(
        None,
        repr=False,
        description="Where marketplaces' platforms are called in place of their own gateways; none = there. "
        "`caseline sandbox` calls its own.",
    )
    partner_secret: PartnerSecret | None = Field(
        None,
        repr=False,
        description="Signs what partners are sent (Standard Webhooks): `whsec_` and the base64 of 24 to 64 random "
        "bytes. Required with a partner. `caseline up` and `caseline sandbox` sign with "
        f"`{SANDBOX_SECRET.get_secret_value()}`.",
    )

    webhooks_private: bool = Field(
        False,
        description="Deliver webhooks to addresses that are not public, too: to receivers in one's own network. "
        "`caseline up` and `caseline sandbox` do unless it is `false`.",
    )

    log_format: LogFormat = Field(LogFormat.JSON, description="`json` for machines, `console` for people.")

    @model_validator(mode="after")
    def _certificate_has_its_key(self) -> Self:
        if (self.temporal_tls_cert is None) != (self.temporal_tls_key is None):
            pair = f"{variable('temporal_tls_cert')} and {variable('temporal_tls_key')}"
            raise ValueError(f"{pair} go together: set both or none")
        return self

    @model_validator(mode="after")
    def _partners_know_us(self) -> Self:
        if self.partner_secret is None:
            for name in PARTNER_PATHS:
                if getattr(self, name):
                    raise ValueError(f"{variable('partner_secret')} is not set, and {variable(name)} needs it")
        return self

    def as_environment(self) -> dict[str, str]:
        """The variables with which another process reads the same settings; secrets in the clear."""
        texts: dict[str, str] = {}
        for name in type(self).model_fields:
            value = getattr(self, name)
            if value is not None:
                texts[variable(name)] = value.get_secret_value() if isinstance(value, SecretStr) else str(value)
        return texts


def load_settings(*, embedded: bool = False) -> Settings:
    """Read the settings from the environment.

    Args:
        embedded: for a process that brings its own Temporal server and SQLite file. Whatever the environment
            says of an outside Temporal, database or partner is then left alone: a demo never touches production.

    Raises:
        SettingsError: one line that names each variable that is missing or bad.
    """
    with _complaining():
        if not embedded:
            return Settings()
        local = EmbeddedSettings()
        settings = Settings(
            temporal_address=f"127.0.0.1:{local.temporal_port}",
            temporal_namespace="default",
            temporal_api_key=None,
            temporal_ui_url=f"http://127.0.0.1:{local.temporal_ui_port}" if local.temporal_ui_port else None,
            temporal_tls=False,
            temporal_tls_ca=None,
            temporal_tls_cert=None,
            temporal_tls_key=None,
            database_url=f"sqlite:///{local.data_dir.absolute()}/caseline.db",
            files_url=f"file://{local.data_dir.absolute()}/files",
            host="127.0.0.1",
            partner_secret=SANDBOX_SECRET,
        )
        return settings.model_copy(update=_found_here(settings))


def load_database_settings() -> DatabaseSettings:
    """Where the database is; where the environment names none, that of the embedded mode. Raises SettingsError."""
    with _complaining():
        return DatabaseSettings() if names_database() else load_settings(embedded=True)


def names_database() -> bool:
    """Whether the environment says where the database is."""
    return variable("database_url") in os.environ


@contextmanager
def _complaining() -> Iterator[None]:
    """Bad settings as one line that names each variable."""
    try:
        yield
    except ValidationError as error:
        raise SettingsError("; ".join(_complaint(problem) for problem in error.errors())) from None


def _found_here(settings: Settings) -> dict[str, str | bool]:
    """Of an embedded process: partners, an integrator's own or the sandbox's; and that its webhooks may come here."""
    own = {name: url for name in PARTNER_PATHS if (url := getattr(settings, name)) and on_this_machine(url)}
    receivers = {} if "webhooks_private" in settings.model_fields_set else {"webhooks_private": True}
    return sandbox_partners(settings.port) | own | receivers


def variable(name: str) -> str:
    """The environment variable of a setting."""
    return PREFIX + name.upper()


def _complaint(problem: ErrorDetails) -> str:
    if not problem["loc"]:
        return problem["msg"].removeprefix("Value error, ")
    name = str(problem["loc"][0]).removeprefix(PREFIX).lower()
    field = Settings.model_fields[name]
    if problem["type"] == "missing":
        return f"{variable(name)} is not set: {field.description}"
    # A bad address or secret is not repeated: it may hold a password.
    at_fault = PLAIN_PORT if name == "port" and not os.environ.get(variable(name)) else variable(name)
    found = f", found {problem['input']!r}" if field.repr and field.annotation != (SecretStr | None) else ""
    return f"{at_fault} is bad: {_FORMS.get(name, problem['msg'])}{found}"
