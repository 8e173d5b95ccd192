"""Why a process cannot start or go on, and what passes by itself (`Away`).

StartupError
├── SettingsError     a setting is missing or bad
├── FolderUnusable    a folder cannot be made or written
├── AlreadyRunning    another Caseline holds the data folder
├── CannotListen      the system does not let us listen at an address
├── PortTaken         somebody else listens on a port that we need
├── ServerFailed      an embedded server did not come up
├── ChildFailed       a supervised process dies again and again
├── OtherTables       the database has the tables of a version that this one does not know
└── TemporalAway      no Temporal server answers
"""

from __future__ import annotations

from pathlib import Path


class Away(Exception):
    """Something outside does not answer, or cannot just now; the same again may succeed."""


class StartupError(Exception):
    """Root of them; the text is one sentence for the person at the terminal."""


class SettingsError(StartupError):
    """A setting is missing or bad; the text names its environment variable."""


class FolderUnusable(StartupError):
    """A folder cannot be made or written."""

    def __init__(self, folder: Path, why: str, chosen_by: str) -> None:
        super().__init__(f"cannot write to the folder {folder}: {why}; {chosen_by} chooses another")
        self.folder = folder


class AlreadyRunning(StartupError):
    """Another live Caseline owns the data folder's server."""

    def __init__(self, folder: Path, pid: int) -> None:
        super().__init__(
            f"another Caseline (process {pid}) runs on {folder}; stop it first, "
            "or choose another folder with CASELINE_DATA_DIR"
        )
        self.folder = folder
        self.pid = pid


class PortTaken(StartupError):
    """Somebody else listens on a port that we need.

    Attributes:
        holder: who does, as `name (process pid)`, where the system tells.
    """

    def __init__(self, port: int, holder: str | None, setting: str | None = None) -> None:
        another = f"choose another with {setting}" if setting else "choose another"
        super().__init__(f"port {port} is taken by {holder or 'another process'}; stop it or {another}")
        self.port = port
        self.holder = holder


class CannotListen(StartupError):
    """The system does not let us listen at an address: it is not this machine's, or the port is reserved."""

    def __init__(self, host: str, port: int, why: str) -> None:
        super().__init__(f"cannot listen on {host}, port {port}: {why}")
        self.host = host
        self.port = port


class ServerFailed(StartupError):
    """An embedded server ended or stayed silent while starting."""

    def __init__(self, name: str, why: str, log: Path, lines: str) -> None:
        super().__init__(f"{name} {why}; the end of {log}:\n{lines or '(empty)'}")
        self.name = name


class ChildFailed(StartupError):
    """A supervised process ends again and again soon after its start."""

    def __init__(self, name: str, code: int, log: Path, lines: str) -> None:
        why = f"keeps ending with exit code {code}"
        super().__init__(f"{name} {why}; the end of {log}:\n{lines or '(empty)'}")
        self.name = name
        self.code = code


class OtherTables(StartupError):
    """The database has the tables of a version that this one does not know."""

    def __init__(self, revision: str) -> None:
        super().__init__(
            f"the database has the tables of another version of Caseline ({revision}), which this one does not know; "
            "run that version, or begin with an empty database or data folder"
        )
        self.revision = revision


class TemporalAway(StartupError):
    """No Temporal server answers at the address."""

    def __init__(self, address: str, why: str) -> None:
        super().__init__(f"no Temporal server answers at {address}: {why}")
        self.address = address
