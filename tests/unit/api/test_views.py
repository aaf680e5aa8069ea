"""Saved views over HTTP."""

from typing import Any

from tests.support.console import Console

BODY = {"name": "Slow ones", "page": "traces", "query": {"min_latency_ms": "1000"}}


def save(console: Console, **changes: str) -> dict[str, Any]:
    answer = console.client.post("/api/v1/views", json=BODY | changes)
    assert answer.status_code == 201
    view: dict[str, Any] = answer.json()
    assert answer.headers["location"] == f"/api/v1/views/{view['id']}"
    return view


def test_a_saved_view_is_listed_and_shown(console: Console) -> None:
    view = save(console)
    assert view["query"] == {"min_latency_ms": "1000"}
    assert view["version"] == 1
    assert console.get("/api/v1/views")["items"] == [view]
    assert console.get(f"/api/v1/views/{view['id']}") == view


def test_views_are_listed_oldest_first_in_pages(console: Console) -> None:
    names = [f"view {number}" for number in range(5)]
    for name in names:
        save(console, name=name)
        console.parts.clock.advance(1)
    first = console.get("/api/v1/views", limit="3")
    rest = console.get("/api/v1/views", limit="3", cursor=first["next_cursor"])
    assert [view["name"] for view in first["items"] + rest["items"]] == names
    assert rest["next_cursor"] is None


def test_a_view_is_replaced_by_who_has_seen_it(console: Console) -> None:
    view = save(console)
    path = f"/api/v1/views/{view['id']}"
    etag = console.client.get(path).headers["etag"]
    changed = console.client.put(path, json=BODY | {"name": "New"}, headers={"if-match": etag})
    assert changed.status_code == 200
    assert changed.json()["name"] == "New"
    assert changed.headers["etag"] == '"2"'
    late = console.client.put(path, json=BODY, headers={"if-match": etag})
    assert late.status_code == 412
    assert late.json()["code"] == "version_differs"
    assert console.get(path)["name"] == "New"


def test_without_the_version_nothing_is_changed(console: Console) -> None:
    path = f"/api/v1/views/{save(console)['id']}"
    assert console.client.put(path, json=BODY).status_code == 428
    assert console.client.delete(path).json()["code"] == "if_match_required"
    answer = console.client.delete(path, headers={"if-match": "*"})
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["name"] == "If-Match"


def test_a_deleted_view_is_gone(console: Console) -> None:
    path = f"/api/v1/views/{save(console)['id']}"
    assert console.client.delete(path, headers={"if-match": '"2"'}).status_code == 412
    assert console.client.delete(path, headers={"if-match": '"1"'}).status_code == 204
    console.problem(path, 404)
    assert console.client.delete(path, headers={"if-match": '"1"'}).status_code == 404
    gone = console.client.put(path, json=BODY, headers={"if-match": '"1"'})
    assert gone.status_code == 404


def test_ids_that_cannot_be_are_not_found(console: Console) -> None:
    console.problem("/api/v1/views/..%2f..%2fetc", 404)
    console.problem("/api/v1/views/nonsense", 404)
