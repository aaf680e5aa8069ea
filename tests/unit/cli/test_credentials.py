"""`vedette credentials`, in its file."""

import base64
import json
import os
from pathlib import Path

import pytest

from tests.support.served import COMMAND, environment
from vedette import cli
from vedette.access.vault import Vault
from vedette.clock import SystemClock

SECRET = "sk-very-secret"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("VEDETTE_MASTER_KEY", raising=False)
    monkeypatch.delenv("VEDETTE_NEXT_MASTER_KEY", raising=False)
    return tmp_path


def kept(folder: Path, given: bytes = b"") -> Vault:
    return Vault(folder / "vedette-data", SystemClock(), given=given)


def run(*arguments: str) -> int:
    return cli.run(["credentials", *arguments])


def test_a_credential_comes_from_the_environment(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MY_KEY", SECRET)
    assert run("set", "openai", "--env", "MY_KEY") == 0
    assert "api_key: vault:openai" in capsys.readouterr().out
    assert run("list") == 0
    assert run("list", "--json") == 0
    printed = capsys.readouterr()
    assert "openai" in printed.out
    assert SECRET not in printed.out + printed.err
    assert kept(folder).get("openai") == SECRET
    assert run("delete", "openai") == 0
    assert run("delete", "openai") == 1
    assert run("set", "openai", "--env", "NOT_THERE") == 1
    assert "NOT_THERE" in capsys.readouterr().err


def test_a_credential_comes_from_a_pipe(folder: Path) -> None:
    import subprocess

    done = subprocess.run(
        [*COMMAND, "credentials", "set", "openai"], cwd=folder, env=environment(),
        input=f"{SECRET}\n", capture_output=True, text=True, timeout=40, check=True,
    )  # fmt: skip
    assert SECRET not in done.stdout + done.stderr
    assert kept(folder).get("openai") == SECRET


def test_a_wrong_credential_is_not_shown(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MY_KEY", "two words")
    assert run("set", "openai", "--env", "MY_KEY") == 1
    printed = capsys.readouterr()
    assert "(hidden)" in printed.err
    assert "two words" not in printed.err


def test_the_master_key_changes(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    kept(folder).set("a", SECRET)
    assert run("rekey") == 0
    assert "1 credentials are encrypted anew" in capsys.readouterr().out
    assert kept(folder).get("a") == SECRET
    given = os.urandom(32)
    monkeypatch.setenv("VEDETTE_NEXT_MASTER_KEY", "wrong")
    assert run("rekey") == 1
    assert "VEDETTE_NEXT_MASTER_KEY is no master key" in capsys.readouterr().err
    monkeypatch.setenv("VEDETTE_NEXT_MASTER_KEY", base64.b64encode(given).decode())
    assert run("rekey") == 0
    assert kept(folder, given).get("a") == SECRET
    monkeypatch.setenv("VEDETTE_MASTER_KEY", base64.b64encode(given).decode())
    monkeypatch.setenv("MY_KEY", "sk-b")
    assert run("set", "b", "--env", "MY_KEY") == 0
    assert kept(folder, given).get("b") == "sk-b"
    assert json.loads(kept(folder).path.read_bytes())["master"]
