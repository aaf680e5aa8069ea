"""Virtual keys over HTTP."""

import re
from typing import Any

from tests.support.console import Console

PATH = "/api/v1/keys"


def make(console: Console, **body: Any) -> dict[str, str]:
    answer = console.client.post(PATH, json={"project": "default", "name": "k"} | body)
    assert answer.status_code == 201, answer.text
    assert answer.headers["cache-control"] == "no-store"
    issued: dict[str, str] = answer.json()
    assert answer.headers["location"] == f"{PATH}/{issued['id']}"
    return issued


def test_a_key_is_shown_once(console: Console) -> None:
    issued = make(console)
    assert set(issued) == {"id", "key"}
    assert re.fullmatch(rf"vdt_{issued['id']}_[0-9a-f]{{48}}", issued["key"])
    secret = issued["key"].rpartition("_")[2]
    for path in (PATH, f"{PATH}/{issued['id']}"):
        assert secret not in console.client.get(path).text


def test_what_was_said_of_a_key_is_shown(console: Console) -> None:
    body = {
        "models": ["gpt-*"], "routes": ["fast"], "endpoints": ["/v1/chat/*"],
        "ips": ["10.0.0.0/8"], "owner": "ada", "metadata": {"team": "x"},
        "expires_at": "2030-01-01T00:00:00Z",
        "limits": {"rpm": 60, "tpm": 1000, "concurrency": 4},
        "budgets": [{"limit_usd": 2.5, "window": "30d", "action": "reroute"}],
    }  # fmt: skip
    shown = console.get(f"{PATH}/{make(console, **body)['id']}")
    for name in ("models", "routes", "endpoints", "ips", "owner", "metadata"):
        assert shown[name] == body[name]
    assert shown["expires_at"] == "2030-01-01T00:00:00.000000Z"
    assert shown["limits"] == {
        "rpm": 60, "tpm": 1000, "concurrency": 4, "usd_per_minute": None,
    }  # fmt: skip
    assert shown["budgets"] == [{
        "limit_usd": "2.500000", "window": "30d", "action": "reroute", "soft": [0.8],
        "timezone": "UTC", "reroute_to": "",
    }]  # fmt: skip
    assert (shown["project"], shown["status"], shown["prefix"]) == (
        "default", "active", f"vdt_{shown['id']}",
    )  # fmt: skip


def test_null_is_nothing(console: Console) -> None:
    fields = ("models", "routes", "endpoints", "ips", "budgets", "limits", "expires_at", "owner",
              "metadata")  # fmt: skip
    place = f"{PATH}/{make(console, **dict.fromkeys(fields))['id']}"
    assert console.get(place)["models"] == console.get(place)["budgets"] == []
    console.client.patch(place, json={"models": ["m"], "budgets": [{"limit_usd": 1}]})
    cleared = console.client.patch(place, json={"models": None, "budgets": None}).json()
    assert (cleared["models"], cleared["budgets"]) == ([], [])


def test_keys_are_found(console: Console) -> None:
    project = console.client.post("/api/v1/projects", json={"name": "a"}).json()
    one, other = make(console, name="one"), make(console, name="other", project="a", owner="Ada")

    def found(**query: str) -> set[str]:
        return {key["id"] for key in console.get(PATH, **query)["items"]}

    assert found() == {one["id"], other["id"]}
    assert found(project="a") == found(project=project["id"]) == {other["id"]}
    assert found(prefix=one["key"][:16]) == found(prefix=one["id"]) == {one["id"]}
    assert found(q="ada") == {other["id"]}
    assert found(project="default", q="ada") == set()
    assert console.problem(PATH, 404, project="none")["code"] == "not_found"
    assert console.problem(PATH, 400, name="x")["code"] == "unknown_parameter"


def test_keys_are_paged_newest_first(console: Console) -> None:
    made = [make(console, name=f"k{n}")["id"] for n in range(5)]
    seen, cursor = [], ""
    while cursor is not None:
        page = console.get(f"{PATH}?limit=2&cursor={cursor}")
        seen += [key["id"] for key in page["items"]]
        cursor = page["next_cursor"]
    assert sorted(seen) == sorted(made)
    times = [console.get(f"{PATH}/{id}")["created_time"] for id in seen]
    assert times == sorted(times, reverse=True)
    for bad in ("abc", made[0], "1.", ".x", f"-1.{made[0]}", "9" * 30 + ".a"):
        answer = console.client.get(f"{PATH}?cursor={bad}")
        assert answer.status_code == 400, bad
        assert "next_cursor" in answer.json()["detail"]


def test_a_key_is_changed_disabled_and_enabled(console: Console) -> None:
    place = f"{PATH}/{make(console, models=['a'], expires_at='2030-01-01T00:00:00Z')['id']}"
    changed = console.client.patch(place, json={"disabled": True, "ips": ["::1"]}).json()
    assert (changed["status"], changed["disabled"]) == ("disabled", True)
    assert (changed["models"], changed["ips"]) == (["a"], ["::1"])
    assert changed["expires_at"] is not None
    body = {"disabled": False, "expires_at": None, "budgets": [{"limit_usd": "1"}], "name": "n"}
    again = console.client.patch(place, json=body).json()
    assert (again["status"], again["expires_at"], again["name"]) == ("active", None, "n")
    assert again["version"] == 3
    empty = console.client.patch(place, json={"budgets": [], "models": [], "owner": "o"}).json()
    assert (empty["budgets"], empty["models"], empty["owner"]) == ([], [], "o")
    wrong = console.client.patch(place, json={"expires_at": "soon"})
    assert wrong.json()["errors"][0]["name"] == "expires_at"
    assert console.client.patch(place, json={"id": "x"}).json()["errors"][0]["name"] == "id"
    late = console.client.patch(place, json={"name": "x"}, headers={"if-match": '"1"'})
    assert late.status_code == 412
    assert console.client.patch(f"{PATH}/none", json={}).status_code == 404


def test_a_key_is_rotated_with_an_overlap(console: Console) -> None:
    old = make(console, models=["m"])
    answer = console.client.post(f"{PATH}/{old['id']}/rotate", json={"overlap_s": 60})
    assert answer.status_code == 201
    new = answer.json()
    assert set(new) == {"id", "key"}
    shown = console.get(f"{PATH}/{old['id']}")
    assert (shown["status"], shown["replaced_by"]) == ("replaced", new["id"])
    console.parts.clock.advance(60)
    assert console.get(f"{PATH}/{old['id']}")["status"] == "expired"
    fresh = console.get(f"{PATH}/{new['id']}")
    assert (fresh["models"], fresh["replaces"], fresh["status"]) == (["m"], old["id"], "active")
    again = console.client.post(f"{PATH}/{old['id']}/rotate", json={})
    assert again.status_code == 409
    wrong = console.client.post(f"{PATH}/{new['id']}/rotate", json={"overlap_s": -1})
    assert wrong.json()["errors"][0]["name"] == "overlap_s"
    assert console.client.post(f"{PATH}/none/rotate", json={}).status_code == 404


def test_a_deleted_key_is_gone_and_the_door_stays_shut_until_told(console: Console) -> None:
    issued = make(console)
    assert console.client.post(f"{PATH}/open").status_code == 409
    assert console.client.delete(f"{PATH}/{issued['id']}").status_code == 204
    assert console.client.delete(f"{PATH}/{issued['id']}").status_code == 404
    console.problem(f"{PATH}/{issued['id']}", 404)
    access = console.services.access
    assert access is not None
    assert access.book.closed
    assert console.client.post(f"{PATH}/open").status_code == 204
    assert not access.book.closed
