"""`vedette users`."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.commands import Commands, commanding
from tests.support.console import make_span

PASSWORD = "correct horse battery"


@pytest.fixture
def users(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Commands]:
    with commanding("users", tmp_path, capsys, monkeypatch) as commands:
        yield commands


def test_a_user_sets_his_password_by_a_link(
    users: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = users.run("create", "ann@example.com").strip()
    assert link.startswith(f"{users.console.url}/login?reset=")
    client = users.console.client
    body = {"token": link.partition("reset=")[2], "password": PASSWORD}
    assert client.post("/api/v1/password/reset", json=body).status_code == 200
    login = {"email": "ann@example.com", "password": PASSWORD}
    assert client.post("/api/v1/session", json=login).status_code == 200
    made = client.post("/api/v1/me/tokens", json={"name": "cli"}).json()
    users.run("list", code=1)
    monkeypatch.setenv("VEDETTE_TOKEN", made["text"])
    assert "ann@example.com" in users.run("list")
    assert users.json("list")[0]["is_root"] is True
    assert "/login?reset=" in users.run("create", "bob@example.com", "--name", "Bob")
    invited = users.run("invite", "carl@example.com", "--role", "member").strip()
    assert "/login?invitation=" in invited
    assert "/login?reset=" in users.run("reset", "bob@example.com")
    users.run("reset", "nobody@example.com", code=1)
    users.run("delete", "bob@example.com", code=1)
    assert "--yes" in users.error
    assert "Deleted" in users.run("delete", "bob@example.com", "--yes")


def test_an_end_user_is_forgotten_with_proof(users: Commands) -> None:
    users.console.services.store.write_batch([
        make_span(1, user_id="ada/1"), make_span(2, user_id="bob"),
    ])  # fmt: skip
    users.run("forget", "ada/1", code=1)
    assert "--yes" in users.error
    proof = users.json("forget", "ada/1", "--yes")
    assert (proof["before"]["spans"], proof["after"]["spans"], proof["verified"]) == (1, 0, True)
    users.run("forget", "ada/1", "--yes", code=1)
    assert "Nothing is kept" in users.error
    shown = users.run("forget", "bob", "--yes", "--project", "default")
    assert "IS LEFT" in shown
    assert "Nothing of bob is left" in users.error
