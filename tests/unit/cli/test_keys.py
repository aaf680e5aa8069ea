"""`vedette keys`."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.commands import Commands, commanding
from vedette.cli.keys import key_id


@pytest.fixture
def keys(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Commands]:
    with commanding("keys", tmp_path, capsys, monkeypatch) as commands:
        yield commands


def test_a_key_stands_alone_on_stdout_once(keys: Commands) -> None:
    printed = keys.run(
        "create", "ci", "--model", "gpt-*", "--model", "o3", "--endpoint", "/v1/chat/*",
        "--ip", "10.0.0.0/8", "--route", "fast", "--budget", "5/1d", "--rpm", "60",
        "--expires-in", "30d", "--owner", "ada", "--metadata", "team=x",
    )  # fmt: skip
    key = printed.strip()
    assert key.startswith("vdt_")
    assert "\n" not in key
    shown = keys.run("show", key)
    for text in ("ci", "ada", "gpt-*, o3", "/v1/chat/*", "10.0.0.0/8", "fast", "5/1d/block",
                 "team=x", "active"):  # fmt: skip
        assert text in shown
    assert key not in shown
    asjson = keys.json("show", key_id(key))
    assert asjson["models"] == ["gpt-*", "o3"]
    assert asjson["expires_at"] is not None
    assert key.rpartition("_")[2] not in keys.run("list")


def test_keys_are_listed_by_what_is_known_of_them(keys: Commands) -> None:
    one = keys.json("create", "one", "--owner", "ada")["id"]
    two = keys.json("create", "two")["id"]
    assert {key["id"] for key in keys.json("list")} == {one, two}
    assert [key["id"] for key in keys.json("list", "--search", "ADA")] == [one]
    assert [key["id"] for key in keys.json("list", "--prefix", f"vdt_{two}")] == [two]
    assert keys.json("list", "--project", "default", "--search", "none") == []
    assert one in keys.run("list")


def test_keys_are_found_by_owner_metadata_and_status(keys: Commands) -> None:
    one = keys.json("create", "one", "--owner", "ada", "--metadata", "team=x")["id"]
    keys.json("create", "two", "--metadata", "team=y")
    for options in (("--owner", "ada"), ("--metadata", "team=x"), ("--search", "X")):
        assert [key["id"] for key in keys.json("list", *options)] == [one]
    assert len(keys.json("list", "--metadata", "team")) == 2
    keys.run("disable", one)
    assert [key["id"] for key in keys.json("list", "--status", "disabled")] == [one]
    keys.run("list", "--status", "lost", code=1)
    assert "one of active, disabled" in keys.error


def test_a_key_is_changed_where_that_is_said(keys: Commands) -> None:
    key = keys.json("create", "k", "--rpm", "5", "--model", "a", "--owner", "ada")["id"]
    shown = keys.run(
        "change", key, "--tpm", "9", "--name", "new", "--clear", "models",
        "--budget", "1/1d/reroute:small", "--on-failure", "closed",
    )  # fmt: skip
    assert "new" in shown
    assert "1/1d/reroute:small" in shown
    changed = keys.json("show", key)
    assert (changed["models"], changed["owner"], changed["on_failure"]) == ([], "ada", "closed")
    assert (changed["limits"]["rpm"], changed["limits"]["tpm"]) == (5, 9)
    keys.run("change", key, code=1)
    assert "--help" in keys.error


def test_what_a_key_used_is_told(keys: Commands) -> None:
    key = keys.json("create", "k", "--budget", "5/1d")["id"]
    shown = keys.run("usage", key)
    assert "budget 1d         0.000000 of 5.000000 (block)" in shown
    assert keys.json("usage", key)["requests"] == 0


def test_a_key_is_disabled_enabled_rotated_and_deleted(keys: Commands) -> None:
    key = keys.json("create", "k")["id"]
    assert "is disabled" in keys.run("disable", key)
    keys.run("rotate", key, code=1)
    assert "disabled" in keys.error
    assert "is active" in keys.run("enable", key)
    fresh = keys.run("rotate", key, "--overlap", "1h").strip()
    assert fresh.startswith("vdt_")
    assert f"replaced_by   {key_id(fresh)}" in keys.run("show", key)
    assert f"replaces      {key}" in keys.run("show", fresh)
    keys.run("open", code=1)
    assert "There are 2 keys" in keys.error
    for each in (key, fresh):
        keys.run("delete", each)
    assert keys.run("delete", key, code=1) == ""
    assert "There is no key" in keys.error
    assert "asks for a key only where" in keys.run("open")


def test_what_is_wrong_is_named(keys: Commands) -> None:
    for option, value, told in (
        ("--budget", "5/2h", "budgets[0].window"),
        ("--budget", "x", "--budget"),
        ("--project", "none", "project"),
        ("--ip", "here", "ips[0]"),
        ("--expires-in", "soon", "--expires-in"),
    ):
        keys.run("create", "k", option, value, code=1)
        assert told in keys.error


def test_the_secret_of_a_key_is_not_sent() -> None:
    assert key_id("vdt_abc_secret") == key_id("vdt_abc") == key_id("abc") == "abc"
