"""`vedette allowances`."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.commands import Commands, commanding


@pytest.fixture
def allowances(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Commands]:
    with commanding("allowances", tmp_path, capsys, monkeypatch) as commands:
        yield commands


def test_an_allowance_is_made_listed_changed_and_deleted(allowances: Commands) -> None:
    id = allowances.run("create", "user", "--budget", "5/1d", "--rpm", "60").strip()
    assert id.startswith("alw_")
    row = allowances.run("list").splitlines()[1].split()
    assert row == [id, "user", "*", "all", "each", "5/1d/block", "60", "rpm"]
    shown = allowances.run("change", id, "--tpm", "9", "--clear", "budgets")
    assert "60 rpm, 9 tpm" in shown
    (kept,) = allowances.json("list")
    assert (kept["budgets"], kept["limits"]["tpm"]) == ([], 9)
    assert f"Deleted {id}" in allowances.run("delete", id)
    allowances.run("delete", id, code=1)
    assert "There is no allowance" in allowances.error


def test_what_is_wrong_is_named(allowances: Commands) -> None:
    allowances.run("create", "colour", "--rpm", "1", code=1)
    assert "one of key, model, organization, project" in allowances.error
    made = allowances.json("create", "tag", "batch-*", "--together", "--project", "default")
    assert (made["together"], made["project"]) == (True, "default")
    allowances.run("create", "tag", "batch-*", "--project", "default", code=1)
    assert made["id"] in allowances.error
