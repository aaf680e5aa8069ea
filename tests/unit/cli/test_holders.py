"""What the commands for organizations and projects share."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.commands import Commands, commanding


@pytest.fixture(params=["organizations", "projects"])
def commands(
    request: pytest.FixtureRequest, tmp_path: Path, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Commands]:  # fmt: skip
    with commanding(request.param, tmp_path, capsys, monkeypatch) as found:
        yield found


def test_each_is_found_by_id_and_by_name(commands: Commands) -> None:
    first = commands.run("create", "a").strip()
    assert json.loads(commands.run("show", first)) == json.loads(commands.run("show", "a"))
    assert commands.json("create", "b")["name"] == "b"
    assert sorted(one["name"] for one in commands.json("list"))[:2] == ["a", "b"]


def test_a_change_says_what_is_there_now(commands: Commands) -> None:
    commands.run("create", "a", "--rpm", "5")
    shown = commands.run("change", "a", "--budget", "3/1d", "--name", "z")
    assert ("3/1d/block" in shown, " 5" in shown, " z" in shown) == (True, True, True)
    commands.run("change", "z", code=1)
    assert "--help" in commands.error


def test_what_is_not_there_is_said(commands: Commands) -> None:
    commands.run("show", "nobody", code=1)
    assert "list` shows them" in commands.error
