"""The program: commands by name, exit codes, errors without tracebacks."""

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from vedette.cli import build, command_names, run
from vedette.clock import SystemClock
from vedette.stores.spans.sqlite import SqliteSpanStore

LIBRARIES = ("fastapi", "uvicorn", "sqlalchemy", "rich", "yaml", "vedette.app", "vedette.stores")


PROGRAM = "from vedette.__main__ import main; main()"


def program(*arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    """The real program in a process of its own."""
    return subprocess.run(
        [sys.executable, "-c", PROGRAM, *arguments],
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
    show = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, "config", "show"],
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


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["version"], "vedette: no space left on device\n"),
        (["config", "show"], "vedette: no space left on device\n"),
        (["no-such-command"], ""),
    ],
    ids=["version", "config", "usage"],
)
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device here")
def test_output_that_nobody_takes_is_said_once(arguments: list[str], complaint: str) -> None:
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM, *arguments], stdout=full, stderr=subprocess.PIPE,
            text=True, timeout=50, check=False,
        )  # fmt: skip
    assert done.returncode == (1 if complaint else 2)
    assert "Exception ignored" not in done.stderr
    assert done.stderr == complaint or not complaint


def test_closed_streams_are_no_trouble() -> None:
    shell = f"exec {shlex.quote(sys.executable)} -c {shlex.quote(PROGRAM)} version <&- >&- 2>&-"
    assert subprocess.run(shell, shell=True, timeout=50, check=False).returncode == 0


def test_a_file_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    SqliteSpanStore(tmp_path / "data", SystemClock()).close()
    there = {"VEDETTE_STORAGE__PATH": str(tmp_path / "data")}
    done = program("traces", "export", "--output", str(tmp_path / "none" / "x"), **there)
    assert done.returncode == 1
    assert done.stderr == f"vedette: {tmp_path}/none/x.part: no such file or directory\n"


def test_characters_that_the_terminal_does_not_know_are_written_in_ascii() -> None:
    code = "from vedette.cli.output import prepare_streams; prepare_streams(); print('日')"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, timeout=50, check=False,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
    )  # fmt: skip
    assert done.stdout == b"\\u65e5\n"
