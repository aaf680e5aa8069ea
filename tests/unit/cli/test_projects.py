"""`vedette projects`."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.commands import Commands, commanding


@pytest.fixture
def projects(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Commands]:
    with commanding("projects", tmp_path, capsys, monkeypatch) as commands:
        yield commands


def test_a_project_is_made_and_listed(projects: Commands) -> None:
    id = projects.run("create", "search", "--budget", "100/month", "--rpm", "600").strip()
    assert id.startswith("prj_")
    listed = projects.run("list")
    assert id in listed
    assert "100/month/block" in listed
    (_, made) = projects.json("list")
    assert (made["name"], made["limits"]["rpm"]) == ("search", 600)
    assert projects.json("create", "other")["name"] == "other"
    projects.run("create", "search", code=1)
    assert "There is a project 'search' already" in projects.error


def test_one_with_keys_is_deleted_when_that_is_meant(projects: Commands) -> None:
    id = projects.run("create", "search").strip()
    body = {"project": "search", "name": "k"}
    assert projects.console.client.post("/api/v1/keys", json=body).status_code == 201
    projects.run("delete", "search", code=1)
    assert "--yes" in projects.error
    assert f"({id}) and 1 keys" in projects.run("delete", "search", "--yes")
    projects.run("delete", "search", code=1)
    assert "projects list" in projects.error
    other = projects.run("create", "other").strip()
    assert "and 0 keys" in projects.run("delete", other)


def test_a_project_is_changed(projects: Commands) -> None:
    projects.run("create", "search", "--rpm", "5", "--budget", "3")
    shown = projects.run("change", "search", "--tpm", "7", "--name", "find", "--clear", "budgets")
    assert "find" in shown
    found = json.loads(projects.run("show", "find"))
    assert (found["limits"]["rpm"], found["limits"]["tpm"], found["budgets"]) == (5, 7, [])


def test_spans_are_kept_as_long_as_a_project_says(projects: Commands) -> None:
    projects.run("create", "search", "--retention-days", "30")
    assert "30 days" in projects.run("list")
    assert "14 days" in projects.run("change", "search", "--retention-days", "14")
    projects.run("change", "search", "--rpm", "3")
    assert json.loads(projects.run("show", "search"))["retention_days"] == 14
    projects.run("change", "search", "--clear", "retention_days")
    assert json.loads(projects.run("show", "search"))["retention_days"] is None
    projects.run("create", "other", "--retention-days", "40000", code=1)
    assert "36500" in projects.error


def test_a_name_of_several_is_no_name(projects: Commands) -> None:
    made = projects.console.client.post("/api/v1/organizations", json={"name": "o"}).json()
    projects.run("create", "a")
    projects.run("create", "a", "--organization", made["id"])
    projects.run("delete", "a", code=1)
    assert "Several projects" in projects.error
