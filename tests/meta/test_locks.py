"""What is installed is what was reviewed: hashes for everything, addresses for nothing."""

import json
import re
import tomllib
from typing import Any

import pytest

from tests.meta.tree import ROOT

LOCKS = ("run", "dev", "build")


def locked(name: str) -> set[str]:
    """Names of the distributions in `requirements/<name>.txt`."""
    text = (ROOT / "requirements" / f"{name}.txt").read_text()
    return set(re.findall(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==", text, re.MULTILINE))


def required(*requirements: str) -> set[str]:
    """Bare, normalised names of requirement lines."""
    names = (re.split(r"[\s<>=!~;\[]", line, maxsplit=1)[0] for line in requirements)
    return {re.sub(r"[-_.]+", "-", name).lower() for name in names}


@pytest.mark.parametrize("name", LOCKS)
def test_python_lock_has_hashes_and_no_addresses(name: str) -> None:
    text = (ROOT / "requirements" / f"{name}.txt").read_text()
    entries = re.findall(r"^[a-zA-Z0-9].*$", text, re.MULTILINE)
    assert entries
    assert all("==" in entry and entry.endswith("\\") for entry in entries)
    assert "://" not in text
    assert "--index" not in text
    assert "--find-links" not in text


def test_python_locks_hold_all_that_pyproject_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    run = required(*project["project"]["dependencies"])
    groups = project["dependency-groups"]
    assert run <= locked("run"), "run `make lock`"
    assert run | required(*groups["dev"], *groups["build"]) <= locked("dev"), "run `make lock`"


def console_packages() -> dict[str, dict[str, Any]]:
    """The entries of `ui/package-lock.json` by folder."""
    path = ROOT / "ui" / "package-lock.json"
    if not path.is_file():
        pytest.skip("no ui/ in this checkout")
    packages: dict[str, dict[str, Any]] = json.loads(path.read_text())["packages"]
    return packages


def test_console_lock_has_hashes_and_no_addresses() -> None:
    packages = console_packages()
    addressed = [name for name, entry in packages.items() if "resolved" in entry]
    assert not addressed, "npm install --omit-lockfile-registry-resolved"
    bare = [name for name, entry in packages.items() if name and "integrity" not in entry]
    assert not bare, f"without a hash: {bare}"


def test_console_lock_holds_every_platform() -> None:
    """`npm ci` refuses a lock without the optional packages of other platforms."""
    packages = console_packages()
    missing = [
        f"{name} of {owner}"
        for owner, entry in packages.items()
        for name in entry.get("optionalDependencies", {})
        if f"node_modules/{name}" not in packages and f"{owner}/node_modules/{name}" not in packages
    ]
    assert not missing, f"choose a version that is published for all platforms: {missing}"
