"""Pages, versions, and a console without tenants."""

from dataclasses import replace

import pytest

from tests.support.console import Console, Parts, listening, make_services
from vedette.api.services import ApiSettings
from vedette.api.tenancy import page_of

PATHS = ("/api/v1/organizations", "/api/v1/projects", "/api/v1/keys", "/api/v1/credentials")


def test_pages_are_cut_in_the_order_of_ids() -> None:
    items = [(id, id.upper()) for id in "abcde"]
    assert page_of(items, "", 2) == (("A", "B"), "b")
    assert page_of(items, "b", 3) == (("C", "D", "E"), None)
    assert page_of(items, "z", 3) == ((), None)


@pytest.mark.parametrize("path", PATHS[:3])
def test_lists_are_paged(console: Console, path: str) -> None:
    for number in range(3):
        body = {"name": f"n{number}"} | ({"project": "default"} if "keys" in path else {})
        assert console.client.post(path, json=body).status_code == 201
    whole = console.get(path)["items"]
    first = console.get(path, limit="2")
    rest = console.get(path, limit="2", cursor=first["next_cursor"])
    assert first["items"] + rest["items"] == whole
    assert rest["next_cursor"] is None
    assert console.problem(path, 400, cursor="a b")["errors"][0]["name"] == "cursor"


@pytest.mark.parametrize("path", PATHS[:2])
def test_a_change_says_which_version_it_is_of_where_it_cares(console: Console, path: str) -> None:
    made = console.client.post(path, json={"name": "a"})
    place, tag = made.headers["location"], made.headers["etag"]
    changed = console.client.patch(place, json={"name": "b"}, headers={"if-match": tag})
    assert changed.status_code == 200
    late = console.client.patch(place, json={"name": "c"}, headers={"if-match": tag})
    assert (late.status_code, late.json()["code"]) == (412, "version_differs")
    assert console.client.patch(place, json={"name": "d"}).json()["name"] == "d"


def test_a_console_without_tenants_says_so() -> None:
    import httpx2

    parts = Parts()
    services = replace(make_services(parts, ApiSettings()), access=None, vault=None)
    with listening(services) as port:
        for path in PATHS:
            answer = httpx2.get(f"http://127.0.0.1:{port}{path}")
            assert answer.status_code == 503
            assert answer.json()["code"] in ("access_unavailable", "vault_unavailable")
