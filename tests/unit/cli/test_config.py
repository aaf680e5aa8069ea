"""`vedette config show`."""

import json
from pathlib import Path

import pytest

from vedette.cli import run
from vedette.config.tree import plain, read_yaml

FILE = """\
gateway: {api_keys: [hunter2]}
console: {token: hunter2}
providers:
  - {name: a, kind: openai, api_key: hunter2, headers: {x-team: hunter2}, models: ["m*", "yes"]}
  - {name: "b", kind: sim}
routes:
  - {model: "null", targets: [{provider: a, model: "1"}]}
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "f.yaml"
    path.write_text(FILE)
    return path


def show(file: Path, capsys: pytest.CaptureFixture[str], *options: str) -> str:
    assert run(["config", "show", "--config", str(file), *options]) == 0
    return capsys.readouterr().out


def test_secrets_are_masked(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for options in ((), ("--json",)):
        out = show(file, capsys, *options)
        assert "hunter2" not in out
        assert out.count("********") == 4


def test_both_forms_hold_the_same_tree(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    yaml = plain(read_yaml(show(file, capsys).encode(), "shown"))
    assert yaml == json.loads(show(file, capsys, "--json"))


def test_values_say_where_they_come_from(
    file: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VEDETTE_LOGGING__LEVEL", "debug")
    lines = show(file, capsys).splitlines()
    assert lines[0] == f"# {file}"
    assert f"  - name: a  # {file}:4" in lines
    assert "  level: debug  # environment VEDETTE_LOGGING__LEVEL" in lines
    assert "  format: console" in lines


def test_a_bad_file_is_not_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "f.yaml"
    path.write_text("gateway: {token: hunter2}")
    assert run(["config", "show", "--config", str(path)]) == 1
    captured = capsys.readouterr()
    assert "Unknown key 'token'" in captured.err
    assert "hunter2" not in captured.err
