"""`vedette config get`, `set` and `list`."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from vedette.cli import run

FILE = """\
gateway:
  listen: 127.0.0.1:4000 # ours
console: {token: hunter2}
providers:
  - {name: a, kind: openai, api_key: hunter2}
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "f.yaml"
    path.write_text(FILE)
    path.chmod(0o640)
    return path


@pytest.fixture
def config(file: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    def ran(*arguments: str, code: int = 0) -> str:
        assert run(["config", *arguments, "--config", str(file)]) == code
        captured = capsys.readouterr()
        return captured.out + captured.err

    return ran


def test_one_value(config: Callable[..., str]) -> None:
    assert config("get", "gateway.listen") == "127.0.0.1:4000\n"
    assert config("get", "cache.enabled") == "false\n"
    assert config("get", "providers[0].api_key") == "********\n"
    assert json.loads(config("get", "console", "--json"))["token"] == "********"


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("gateway.listne", "gateway: Unknown setting 'listne'. Did you mean 'listen'?"),
        ("providers[3]", "providers: has 1 entries: need a position, such as providers[0]"),
        ("cache.enabled.x", "cache.enabled: Unknown setting 'x'"),
        ("", "need a key such as cache.ttl_s"),
    ],
    ids=str,
)
def test_what_is_not_there(config: Callable[..., str], key: str, said: str) -> None:
    assert said in config("get", key, code=1)


def test_all_values(config: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VEDETTE_LOGGING__LEVEL", "debug")
    listed = config("list")
    assert "hunter2" not in listed
    assert "providers[0].name" in listed
    below = json.loads(config("list", "logging", "--json"))
    assert below == [
        {"key": "logging.level", "value": "debug", "origin": "environment VEDETTE_LOGGING__LEVEL"},
        {"key": "logging.format", "value": "console", "origin": "default"},
    ]
    changed = [one["key"] for one in json.loads(config("list", "--changed", "--json"))]
    assert "gateway.listen" in changed
    assert "logging.format" not in changed


def test_a_value_is_set_in_place(config: Callable[..., str], file: Path) -> None:
    assert config("set", "gateway.listen", "127.0.0.1:8080") == (
        "gateway.listen is 127.0.0.1:8080\n"
    )
    assert "cache.enabled is true" in config("set", "cache.enabled", "true")
    assert "providers[0].api_key is ********" in config("set", "providers[0].api_key", "hunter3")
    assert file.read_text() == FILE.replace("4000 #", "8080 #").replace(
        "api_key: hunter2", "api_key: hunter3"
    ) + "cache:\n  enabled: true\n"  # fmt: skip
    assert file.stat().st_mode & 0o777 == 0o640
    assert os.listdir(file.parent) == ["f.yaml"]


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("cache.enabled", "perhaps", "cache.enabled: value 'perhaps': expected true or false"),
        ("cache.ttl_s", "-1", "cache.ttl_s: value -1: expected a number greater than 0"),
        ("cahce.enabled", "true", "Unknown key 'cahce'. Did you mean 'cache'?"),
        ("console.token", "two words", "console.token: value (hidden)"),
        ("providers[0].kind", "opnai", "Did you mean 'openai'"),
        ("providers[2].name", "x", "there are 1 entries"),
        ("gateway.listen", "${NOBODY_SETS_THIS}", "NOBODY_SETS_THIS is not set"),
    ],
    ids=str,
)
def test_what_cannot_be_is_not_written(
    config: Callable[..., str], file: Path, key: str, value: str, said: str
) -> None:
    found = config("set", key, value, code=1)
    assert said in found
    assert ".trial" not in found
    assert file.read_text() == FILE
    assert os.listdir(file.parent) == ["f.yaml"]


def test_numbers_and_words_may_be_names(config: Callable[..., str], file: Path) -> None:
    config("set", "providers[0].name", "true")
    assert 'name: "true"' in file.read_text()
    config("set", "providers[0].models", "[m1, m2]")
    assert "models: [m1, m2]" in file.read_text()


def test_who_wins_is_told(config: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VEDETTE_LOGGING__LEVEL", "debug")
    assert "VEDETTE_LOGGING__LEVEL is set and wins" in config("set", "logging.level", "error")


def test_a_link_stays_one(config: Callable[..., str], file: Path) -> None:
    real = file.with_name("real.yaml")
    file.rename(real)
    file.symlink_to(real)
    config("set", "cache.enabled", "true")
    assert file.is_symlink()
    assert "enabled: true" in real.read_text()


def test_a_new_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("VEDETTE_CONFIG", raising=False)
    assert run(["config", "set", "cache.enabled", "true"]) == 0
    assert "vedette.yaml is new" in capsys.readouterr().out
    assert (tmp_path / "vedette.yaml").stat().st_mode & 0o777 == 0o600


def test_what_cannot_be_read_or_written(
    config: Callable[..., str], file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file.write_bytes(b"\xff\xfe\x00")
    assert "Cannot read" in config("set", "cache.enabled", "true", code=1)
    nowhere = file.parent / "no" / "f.yaml"
    assert run(["config", "set", "cache.enabled", "true", "--config", str(nowhere)]) == 1
    assert "Cannot write" in capsys.readouterr().err
