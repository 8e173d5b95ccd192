"""Settings from the environment, and the one line that a bad one gives."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from runtime.errors import SettingsError
from runtime.partners import PARTNER_PATHS, SANDBOX_SECRET
from runtime.settings import LogLevel, Settings, load_settings
from runtime.settings_table import settings_page, settings_table

DOCS = Path(__file__).resolve().parents[2] / "docs" / "settings.md"
DATABASE = "postgresql://caseline:geheim@db/caseline"


@pytest.fixture
def production(environment: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """The least that a production process is told."""
    environment.setenv("CASELINE_DATABASE_URL", DATABASE)
    environment.setenv("CASELINE_TEMPORAL_ADDRESS", "temporal.example.com:7233")
    return environment


def complaint() -> str:
    """The one line that loading the settings stops with."""
    with pytest.raises(SettingsError) as caught:
        load_settings()
    return str(caught.value)


def test_the_environment_sets_what_the_defaults_leave(production: pytest.MonkeyPatch) -> None:
    """Required settings come from the environment, the others have defaults that it overrides."""
    production.setenv("CASELINE_LOG_LEVEL", "warning")
    settings = load_settings()
    assert settings.database_url == DATABASE
    assert settings.log_level is LogLevel.WARNING
    assert settings.port == 8080


@pytest.mark.parametrize("name", ["CASELINE_DATABASE_URL", "CASELINE_TEMPORAL_ADDRESS"])
def test_a_missing_setting_is_named(production: pytest.MonkeyPatch, name: str) -> None:
    """Without a required variable the line says which one, and what it is."""
    production.delenv(name)
    line = complaint()
    assert line.startswith(f"{name} is not set: `")
    assert "\n" not in line


def test_an_empty_setting_is_not_set(production: pytest.MonkeyPatch) -> None:
    """Compose files pass unset variables on as empty ones."""
    production.setenv("CASELINE_DATABASE_URL", "")
    assert complaint().startswith("CASELINE_DATABASE_URL is not set")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("CASELINE_PORT", "eighty"),
        ("CASELINE_PORT", "99999"),
        ("CASELINE_TEMPORAL_ADDRESS", "http://temporal"),
        ("CASELINE_LOG_FORMAT", "xml"),
        ("CASELINE_POLICIES_DIR", "/no/such/folder"),
        ("CASELINE_WORKFLOW_SANDBOX", "perhaps"),
        ("CASELINE_UPDATE_TIMEOUT", "0"),
    ],
)
def test_a_bad_setting_is_named_with_its_value(production: pytest.MonkeyPatch, name: str, value: str) -> None:
    """The line names the variable and repeats what was found."""
    production.setenv(name, value)
    line = complaint()
    assert line.startswith(f"{name} is bad: ")
    assert line.endswith(f"found '{value}'")
    assert "\n" not in line


def test_every_bad_setting_is_told_at_once(production: pytest.MonkeyPatch) -> None:
    """Two mistakes are one line, not two starts."""
    production.setenv("CASELINE_PORT", "0")
    production.delenv("CASELINE_DATABASE_URL")
    line = complaint()
    assert "CASELINE_PORT is bad" in line
    assert "CASELINE_DATABASE_URL is not set" in line
    assert "\n" not in line


def test_a_bad_database_address_is_not_repeated(production: pytest.MonkeyPatch) -> None:
    """It may hold a password, and the line may go to a log."""
    production.setenv("CASELINE_DATABASE_URL", "mysql://caseline:geheim@db/caseline")
    line = complaint()
    assert line.startswith("CASELINE_DATABASE_URL is bad: must look like postgresql://")
    assert "geheim" not in line


@pytest.mark.parametrize("address", ["erp.example.com", "https://caseline:geheim@erp.example.com"])
def test_a_bad_partner_address_is_not_repeated(production: pytest.MonkeyPatch, address: str) -> None:
    """Nor is a partner's, where somebody may have put a password."""
    production.setenv("CASELINE_ERP_URL", address)
    assert complaint().startswith("CASELINE_ERP_URL is bad: must look like https://")
    assert address not in complaint()


def test_printed_settings_hold_no_password(production: pytest.MonkeyPatch) -> None:
    """Neither the database's password nor the API key shows when settings are printed."""
    production.setenv("CASELINE_TEMPORAL_API_KEY", "schluessel")
    printed = repr(load_settings())
    assert "geheim" not in printed
    assert "schluessel" not in printed


@pytest.mark.parametrize("secret", ["geheim", "whsec_Z2VoZWlt", "whsec_geheim", "Y2FzZWxpbmUtc2FuZGJveC1wYXJ0bmVycw=="])
def test_a_bad_signing_secret_is_not_repeated(production: pytest.MonkeyPatch, secret: str) -> None:
    """A secret of the wrong form or length stops the process, and does not reach a log."""
    production.setenv("CASELINE_PARTNER_SECRET", secret)
    assert (
        complaint() == "CASELINE_PARTNER_SECRET is bad: must look like whsec_ and the base64 of 24 to 64 random bytes"
    )


@pytest.mark.parametrize("name", PARTNER_PATHS)
def test_a_partner_needs_a_secret(production: pytest.MonkeyPatch, name: str) -> None:
    """Without one its calls could not be signed; the line names both variables."""
    production.setenv(f"CASELINE_{name.upper()}", "https://partner.example.com")
    assert complaint() == f"CASELINE_PARTNER_SECRET is not set, and CASELINE_{name.upper()} needs it"


def test_no_partner_is_connected_unless_named(production: pytest.MonkeyPatch) -> None:
    """In production nothing is called that nobody named."""
    settings = load_settings()
    assert {getattr(settings, name) for name in PARTNER_PATHS} == {None}


def test_a_client_certificate_needs_its_key(production: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Half of mutual TLS is a mistake that names both variables."""
    certificate = tmp_path / "client.pem"
    certificate.touch()
    production.setenv("CASELINE_TEMPORAL_TLS_CERT", str(certificate))
    line = complaint()
    assert "CASELINE_TEMPORAL_TLS_CERT" in line
    assert "CASELINE_TEMPORAL_TLS_KEY" in line


def test_plain_port_is_read_too(production: pytest.MonkeyPatch) -> None:
    """`PORT` sets the API's port, and our own variable prevails over it."""
    production.setenv("PORT", "8081")
    assert load_settings().port == 8081
    production.setenv("CASELINE_PORT", "8082")
    assert load_settings().port == 8082


def test_a_bad_plain_port_is_named(production: pytest.MonkeyPatch) -> None:
    """The line names the variable under which the mistake was made."""
    production.setenv("PORT", "eighty")
    assert complaint().startswith("PORT is bad: ")


def test_embedded_settings_leave_production_alone(production: pytest.MonkeyPatch) -> None:
    """A demo started amid production's variables uses its own Temporal and database, on this machine only."""
    production.setenv("CASELINE_TEMPORAL_API_KEY", "schluessel")
    production.setenv("CASELINE_HOST", "0.0.0.0")
    production.setenv("CASELINE_TEMPORAL_PORT", "7300")
    settings = load_settings(embedded=True)
    assert settings.database_url == f"sqlite:///{Path.cwd()}/.caseline/caseline.db"
    assert settings.temporal_address == "127.0.0.1:7300"
    assert settings.temporal_api_key is None
    assert settings.host == "127.0.0.1"


def test_embedded_settings_call_partners_of_this_machine_only(production: pytest.MonkeyPatch) -> None:
    """The sandbox's own, or an integrator's on this machine; never production's, even amid its variables."""
    production.setenv("CASELINE_PAYMENTS_URL", "https://payments.example.com")
    production.setenv("CASELINE_MESSAGING_URL", "http://localhost:9000/messages")
    production.setenv("CASELINE_ERP_URL", "http://127.0.0.1.example.com")
    production.setenv("CASELINE_PARTNER_SECRET", "whsec_cHJvZHVjdGlvbi1zZWNyZXQtb2YtdGhlLXNob3A=")
    production.setenv("PORT", "8081")
    settings = load_settings(embedded=True)
    assert settings.payments_url == "http://127.0.0.1:8081/sandbox/partner-systems/payment"
    assert settings.messaging_url == "http://localhost:9000/messages"
    assert settings.erp_url == "http://127.0.0.1:8081/sandbox/partner-systems/erp"
    assert settings.carrier_url == "http://127.0.0.1:8081/sandbox/partner-systems/carrier"
    assert settings.partner_secret == SANDBOX_SECRET


def test_embedded_settings_let_webhooks_call_this_machine(production: pytest.MonkeyPatch) -> None:
    """A programmer's first receiver stands there; in production, and where somebody says so, it may not."""
    assert load_settings(embedded=True).webhooks_private
    assert not load_settings().webhooks_private
    production.setenv("CASELINE_WEBHOOKS_PRIVATE", "false")
    assert not load_settings(embedded=True).webhooks_private


def test_embedded_settings_need_nothing_set(environment: pytest.MonkeyPatch) -> None:
    """`make run` works in an empty environment, and a mistake is still named."""
    assert load_settings(embedded=True).temporal_address == "127.0.0.1:7233"
    environment.setenv("CASELINE_TEMPORAL_PORT", "many")
    with pytest.raises(SettingsError, match=r"^CASELINE_TEMPORAL_PORT is bad: .* found 'many'$"):
        load_settings(embedded=True)


def test_another_process_reads_the_same_settings(production: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What a supervisor hands to its children gives them its own settings, secrets and all."""
    production.setenv("CASELINE_TEMPORAL_API_KEY", "schluessel")
    production.setenv("CASELINE_PARTNER_SECRET", SANDBOX_SECRET.get_secret_value())
    production.setenv("CASELINE_PAYMENTS_URL", "https://payments.example.com/")
    production.setenv("CASELINE_WORKFLOW_SANDBOX", "false")
    production.setenv("CASELINE_POLICIES_DIR", str(tmp_path))
    production.setenv("PORT", "8081")
    settings = load_settings()
    for name in (
        "CASELINE_PARTNER_SECRET",
        "CASELINE_PAYMENTS_URL",
        "CASELINE_TEMPORAL_API_KEY",
        "CASELINE_WORKFLOW_SANDBOX",
        "CASELINE_POLICIES_DIR",
        "PORT",
    ):
        production.delenv(name)
    for name, value in settings.as_environment().items():
        production.setenv(name, value)
    assert load_settings() == settings


def test_settings_do_not_change(production: pytest.MonkeyPatch) -> None:
    """A setting is read once and for all."""
    settings = load_settings()
    with pytest.raises(ValidationError):
        settings.port = 1  # type: ignore[misc]  # that it is read-only is the point


def test_the_page_of_settings_is_current() -> None:
    """`python -m runtime.settings_table > docs/settings.md` after a change of the settings."""
    assert DOCS.read_text() == settings_page()


def test_the_table_has_a_row_with_a_text_for_each_setting() -> None:
    """Every setting is described."""
    rows = settings_table().splitlines()[2:]
    assert len(rows) == len(Settings.model_fields)
    assert all(field.description for field in Settings.model_fields.values())
    assert "| `CASELINE_WORKFLOW_SANDBOX` | `true` | Run workflow code" in settings_table()
