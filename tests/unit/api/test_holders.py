"""What organizations, projects and allowances have in common over HTTP."""

from typing import Any

import pytest

from tests.support.console import Console

BODIES: dict[str, dict[str, Any]] = {
    "organizations": {"name": "a"},
    "projects": {"name": "a"},
    "allowances": {"scope": "user"},
}


@pytest.mark.parametrize("path", list(BODIES))
def test_each_is_made_shown_changed_by_version_and_deleted(console: Console, path: str) -> None:
    answer = console.client.post(f"/api/v1/{path}", json=BODIES[path])
    place, version = answer.headers["location"], answer.headers["etag"]
    assert place.startswith(f"/api/v1/{path}/")
    assert console.get(place) == answer.json()
    change = {"limits": {"rpm": 3}}
    changed = console.client.patch(place, json=change, headers={"if-match": version})
    assert (changed.json()["limits"]["rpm"], changed.json()["version"]) == (3, 2)
    assert changed.headers["etag"] != version
    late = console.client.patch(place, json=change, headers={"if-match": version})
    assert late.status_code == 412
    assert console.client.patch(place, json={"limits": {"rpm": 0}}).status_code == 400
    assert console.client.delete(place).status_code == 204
    for ask in (console.client.get, console.client.delete):
        assert ask(place).status_code == 404


@pytest.mark.parametrize("path", list(BODIES))
def test_lists_come_in_pages(console: Console, path: str) -> None:
    for number in range(3):
        body = BODIES[path] | {"name": f"n{number}"}
        assert console.client.post(f"/api/v1/{path}", json=body).status_code == 201
    whole = [one["id"] for one in console.get(f"/api/v1/{path}")["items"]]
    found, cursor = [], ""
    while cursor is not None:
        page = console.get(f"/api/v1/{path}", limit="2", cursor=cursor)
        found += [one["id"] for one in page["items"]]
        cursor = page["next_cursor"]
    assert found == whole == sorted(whole)
    assert len(whole) >= 3
