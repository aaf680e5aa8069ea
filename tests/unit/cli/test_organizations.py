"""`vedette organizations`."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.commands import Commands, commanding


@pytest.fixture
def organizations(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Commands]:
    with commanding("organizations", tmp_path, capsys, monkeypatch) as commands:
        yield commands


def test_an_organization_is_made_changed_and_deleted(organizations: Commands) -> None:
    id = organizations.run("create", "acme", "--budget", "100/month").strip()
    assert id.startswith("org_")
    assert "100/month/block" in organizations.run("list")
    assert [one["id"] for one in organizations.json("list")] == ["default", id]
    assert organizations.json("create", "other")["name"] == "other"
    organizations.run("change", "acme", "--rpm", "60", "--name", "Acme")
    found = json.loads(organizations.run("show", id))
    assert (found["name"], found["limits"]["rpm"]) == ("Acme", 60)
    assert found["budgets"][0]["limit_usd"] == "100.000000"
    assert f"Deleted Acme ({id})" in organizations.run("delete", "Acme")
    organizations.run("show", "Acme", code=1)
    assert "organizations list" in organizations.error


def test_one_that_has_projects_stays(organizations: Commands) -> None:
    id = organizations.run("create", "acme").strip()
    body = {"name": "p", "organization": id}
    assert organizations.console.client.post("/api/v1/projects", json=body).status_code == 201
    organizations.run("delete", "acme", code=1)
    assert "has projects" in organizations.error
