"""Run as processes: what counts is the directory, the PATH and the Python of the process."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ASK = "from vedette.app.command import command; print(command())"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout with an environment in it, as `make run` leaves it."""
    places = tmp_path / "checkout" / ".venv" / "bin"
    places.mkdir(parents=True)
    (places / "python").symlink_to(sys.executable)
    program = places / "vedette"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    return tmp_path / "checkout"


def asked(checkout: Path, here: Path, search: Path) -> str:
    """The command as a process of that environment names it, started `here`."""
    environment = os.environ | {
        "PATH": str(search),
        "PYTHONPATH": os.pathsep.join(entry for entry in sys.path if entry),
    }
    done = subprocess.run(
        [checkout / ".venv" / "bin" / "python", "-c", ASK],
        cwd=here, env=environment, capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    return done.stdout.strip()


def test_below_a_checkout_it_is_the_path_that_works(checkout: Path, tmp_path: Path) -> None:
    told = asked(checkout, checkout, tmp_path)
    assert told == ".venv/bin/vedette"
    assert os.access(checkout / told, os.X_OK)


def test_where_the_shell_finds_it_it_is_its_name(checkout: Path) -> None:
    assert asked(checkout, checkout, checkout / ".venv" / "bin") == "vedette"


def test_other_places_are_not_told(checkout: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    assert asked(checkout, tmp_path / "elsewhere", tmp_path) == "vedette"
