"""Probes over HTTP."""

from typing import Any

import pytest

from tests.support.console import Console, run_console

BODY = {
    "name": "capital", "models": ["sim/chat"], "prompt": "The capital of France?",
    "expect": {"contains": ["Paris"]},
}  # fmt: skip


def make(console: Console, status: int = 201, **changes: Any) -> Any:
    answer = console.client.post("/api/v1/probes", json=BODY | changes)
    assert answer.status_code == status, answer.text
    return answer.json()


def act(console: Console, deed: str, status: int = 200) -> Any:
    answer = console.client.post(f"/api/v1/probes/capital/{deed}", json={})
    assert answer.status_code == status, answer.text
    return answer.json()


def test_from_creation_to_deletion(console: Console) -> None:
    made = make(console)
    assert made["probe"]["every_minutes"] == 60
    assert (made["origin"], made["version"]) == ("managed", 1)
    assert make(console, 409)["code"] == "conflict"
    listed = console.get("/api/v1/probes")
    assert [one["probe"]["name"] for one in listed["items"]] == ["capital"]
    assert "json" in listed["formats"]
    path = "/api/v1/probes/capital"
    assert console.client.put(path, json=BODY).status_code == 428
    changed = BODY | {"samples": 3}
    assert console.client.put(path, json=changed, headers={"if-match": '"9"'}).status_code == 412
    answer = console.client.put(path, json=changed, headers={"if-match": '"1"'})
    assert answer.json()["probe"]["samples"] == 3
    assert answer.headers["etag"] == '"2"'
    assert not act(console, "pause")["probe"]["enabled"]
    assert act(console, "resume")["probe"]["enabled"]
    assert act(console, "run", 202)["is_running"]
    assert act(console, "rebase")["baseline"] == {"sim/chat": 0}
    assert console.get(f"{path}/runs") == {"items": [], "next_cursor": None}
    assert console.client.delete(path).status_code == 204
    assert console.client.get(path).status_code == 404


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("name", {"name": "a/b"}),
        ("models", {"models": []}),
        ("expect.regex", {"expect": {"regex": "("}}),
        ("samples", {"samples": "many"}),
        ("every_minuets", {"every_minuets": 5}),
        ("expect.containz", {"expect": {"containz": []}}),
        ("prompt", {"prompt": ""}),
    ],
    ids=str,
)
def test_a_wrong_field_is_named(console: Console, field: str, changes: dict[str, Any]) -> None:
    assert make(console, 400, **changes)["errors"][0]["name"] == field


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/probes/nobody", 404),
        ("DELETE", "/probes/nobody", 404),
        ("POST", "/probes/nobody/run", 404),
        ("POST", "/probes/nobody/pause", 404),
        ("POST", "/probes/nobody/rebase", 404),
        ("GET", "/probes/nobody/runs", 404),
        ("GET", "/probes/capital/runs/x", 404),
        ("GET", "/probes/capital/runs?limit=0", 400),
        ("GET", "/probes?project=*", 400),
    ],
    ids=str,
)
def test_what_is_not_there(console: Console, method: str, path: str, status: int) -> None:
    make(console)
    assert console.client.request(method, f"/api/v1{path}").status_code == status


def test_projects_do_not_see_each_other(console: Console) -> None:
    make(console)
    assert console.get("/api/v1/probes", project="other")["items"] == []
    assert console.client.get("/api/v1/probes/capital?project=other").status_code == 404


def test_names_may_hold_anything_but_slashes() -> None:
    with run_console() as console:
        make(console, name="größe 100 %?")
        found = console.get("/api/v1/probes/gr%C3%B6%C3%9Fe%20100%20%25%3F")
        assert found["probe"]["name"] == "größe 100 %?"
