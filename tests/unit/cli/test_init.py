"""The program: commands by name, exit codes, errors without tracebacks."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from vedette.cli import build, command_names, run

LIBRARIES = ("fastapi", "uvicorn", "sqlalchemy", "rich", "yaml", "vedette.app", "vedette.stores")


def program(*arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    """The real program in a process of its own."""
    code = "from vedette.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True, text=True, timeout=50, check=False, env={**os.environ, **env},
    )  # fmt: skip


def test_every_module_with_a_command_is_found() -> None:
    assert {"config", "serve", "traces", "validate", "version"} <= set(command_names())


def test_only_the_wanted_command_is_imported() -> None:
    assert [command.name for command in build(["version"]).registered_commands] == ["version"]
    assert [group.name for group in build(["import"]).registered_groups] == ["import"]
    assert len(build(["no-such-command"]).registered_commands) > 1


def test_a_typing_error_is_answered_with_the_right_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["serv"]) == 2
    assert "Did you mean 'serve'" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [["--help"], ["serve", "--help"], ["validate", "-h"], ["config", "--help"],
     ["config", "show", "--help"], ["traces", "--help"], ["traces", "list", "--help"],
     ["traces", "show", "--help"], ["traces", "export", "--help"], ["version", "--help"]],
)  # fmt: skip
def test_help_is_everywhere(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(arguments) == 0
    assert "Usage:" in capsys.readouterr().out


@pytest.mark.parametrize(
    "command", [["serve"], ["validate"], ["config", "show"], ["traces", "list"]]
)
def test_help_has_examples(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    run([*command, "--help"])
    assert "Examples:" in capsys.readouterr().out


def test_an_error_is_one_message_without_traceback(tmp_path: Path) -> None:
    done = program("validate", "--config", str(tmp_path / "none.yaml"))
    assert done.returncode == 1
    assert done.stderr.startswith("vedette: Cannot read the configuration")
    assert "Traceback" not in done.stderr
    assert not done.stdout


def test_wrong_use_is_exit_code_2() -> None:
    assert program("version", "--loud").returncode == 2


def test_a_reader_that_has_seen_enough_makes_no_noise() -> None:
    code = "from vedette.cli import main; main()"
    show = subprocess.Popen(
        [sys.executable, "-c", code, "config", "show"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert show.stdout is not None
    assert show.stderr is not None
    show.stdout.close()
    errors = show.stderr.read()
    show.stderr.close()
    show.wait(50)
    assert errors == b""


def test_the_version_brings_no_library_of_the_server() -> None:
    code = f"""
import sys
from vedette.cli import run
assert run(["version"]) == 0
print([name for name in {LIBRARIES!r} if name in sys.modules])
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=50, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"
