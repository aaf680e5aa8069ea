"""Saved views over HTTP."""

from collections.abc import Iterator
from typing import Any

import httpx2
import pytest

from tests.support.console import Console
from tests.support.people import Company, company

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


@pytest.fixture
def firm() -> Iterator[Company]:
    with company() as firm:
        yield firm


def save_as(client: httpx2.Client, project: str, **more: str) -> dict[str, Any]:
    answer = client.post("/api/v1/views", params={"project": project}, json=BODY | more)
    assert answer.status_code == 201, answer.text
    view: dict[str, Any] = answer.json()
    return view


def names(client: httpx2.Client, project: str) -> list[str]:
    items = client.get("/api/v1/views", params={"project": project}).json()["items"]
    return [item["name"] for item in items]


def test_a_private_view_is_its_owners_alone(firm: Company) -> None:
    ann, bob = firm.user("member"), firm.user("admin")
    view = save_as(ann, firm.project)
    assert (view["visibility"], view["may_change"]) == ("private", True)
    assert names(ann, firm.project) == ["Slow ones"]
    assert names(bob, firm.project) == names(firm.as_user(firm.root.id), firm.project) == []
    path, query = f"/api/v1/views/{view['id']}", {"project": firm.project}
    assert bob.get(path, params=query).status_code == 404
    gone = bob.delete(path, params=query, headers={"if-match": '"1"'})
    assert gone.status_code == 404
    assert ann.delete(path, params=query, headers={"if-match": '"1"'}).status_code == 204


def test_a_shared_view_is_seen_by_the_project_and_changed_by_few(firm: Company) -> None:
    ann, other, viewer = firm.user("member"), firm.user("member"), firm.user("viewer")
    view = save_as(ann, firm.project, visibility="project")
    query = {"project": firm.project}
    path = f"/api/v1/views/{view['id']}"
    seen = viewer.get(path, params=query).json()
    assert (seen["owner"], seen["may_change"]) == (view["owner"], False)
    assert seen["owner"].endswith("@example.com")
    changed = BODY | {"name": "Mine", "visibility": "project"}
    for client in (other, viewer):
        refused = client.put(path, params=query, json=changed, headers={"if-match": '"1"'})
        assert refused.status_code == 403
    admin = firm.user("admin")
    done = admin.put(path, params=query, json=changed, headers={"if-match": '"1"'})
    assert (done.status_code, done.json()["owner"]) == (200, view["owner"])
    assert names(other, firm.project) == ["Mine"]


def test_views_of_a_project_are_not_seen_in_another(firm: Company) -> None:
    ann = firm.user("member")
    view = save_as(ann, firm.project, visibility="project")
    assert ann.get("/api/v1/views", params={"project": firm.other_project}).status_code == 403
    root = firm.as_user(firm.root.id)
    assert names(root, firm.other_project) == []
    there = root.get(f"/api/v1/views/{view['id']}", params={"project": firm.other_project})
    assert there.status_code == 404


def test_what_was_saved_without_an_owner_is_shared(console: Console) -> None:
    records = console.services.records
    records.put("default", "saved_view", "0" * 16, {"name": "Old", "page": "traces"}, version=0)
    (view,) = console.get("/api/v1/views")["items"]
    assert (view["visibility"], view["owner"], view["may_change"]) == ("project", "", True)
