"""The program from its first moment on, as a process of its own."""

import os
import signal
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BY_CTRL_C = {-signal.SIGINT, 130}
IMPORTING = """
import os, signal, sys

class CtrlC:
    @staticmethod
    def find_spec(name, path, target=None):
        if name == os.environ["CTRL_C_AT"]:
            os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, CtrlC)
from vedette.__main__ import main
main()
"""


def program(
    *arguments: str, folder: Path, ctrl_c_at: str = ""
) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, *arguments], cwd=folder, capture_output=True, text=True, timeout=50,
        check=False, env={**os.environ, "CTRL_C_AT": ctrl_c_at},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("module", "arguments"),
    [
        ("vedette.cli", ["version"]),
        ("typer", ["version"]),
        ("vedette.cli.version", ["version"]),
        ("vedette.cli.serve", ["serve"]),
        ("vedette.app.snapshot", ["serve"]),
        ("vedette.app.supervisor", ["serve"]),
        ("uvloop", ["serve"]),
    ],
    ids=["program", "library", "command", "serve", "configuration", "supervisor", "loop"],
)
def test_ctrl_c_while_it_starts_ends_it_without_a_word(
    module: str, arguments: list[str], tmp_path: Path
) -> None:
    (tmp_path / "vedette.yaml").write_text("providers: []\n")
    done = program("-c", IMPORTING, *arguments, folder=tmp_path, ctrl_c_at=module)
    assert done.returncode in BY_CTRL_C
    said = done.stdout + done.stderr
    assert "Traceback" not in said
    assert "KeyboardInterrupt" not in said


def test_it_can_be_run_as_a_module(tmp_path: Path) -> None:
    done = program("-m", "vedette", "version", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("vedette ")


def test_the_installed_command_begins_here() -> None:
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["scripts"]
    assert scripts == {"vedette": "vedette.__main__:main"}
