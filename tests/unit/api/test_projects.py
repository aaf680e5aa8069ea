"""Projects over HTTP."""

from tests.support.console import Console

PATH = "/api/v1/projects"


def test_a_project_is_made_with_a_name_alone(console: Console) -> None:
    made = console.client.post(PATH, json={"name": "Search"})
    assert made.status_code == 201
    project = made.json()
    assert made.headers["location"] == f"{PATH}/{project['id']}"
    assert (project["name"], project["organization"], project["budgets"]) == (
        "Search", "default", [],
    )  # fmt: skip
    assert console.get(f"{PATH}/{project['id']}") == project
    assert [one["id"] for one in console.get(PATH)["items"]] == ["default", project["id"]]


def test_a_name_is_given_once_in_an_organization(console: Console) -> None:
    console.client.post(PATH, json={"name": "Search"})
    assert console.client.post(PATH, json={"name": "Search"}).status_code == 409
    wrong = console.client.post(PATH, json={"name": "x", "organization": "org_none"})
    assert wrong.json()["errors"][0]["name"] == "organization"


def test_a_deleted_project_takes_its_keys_along(console: Console) -> None:
    project = console.client.post(PATH, json={"name": "Search"}).json()
    key = console.client.post("/api/v1/keys", json={"project": "Search", "name": "k"}).json()
    assert console.client.delete(f"{PATH}/{project['id']}").status_code == 204
    console.problem(f"/api/v1/keys/{key['id']}", 404)
    console.problem(f"{PATH}/{project['id']}", 404)
    assert console.client.delete(f"{PATH}/default").status_code == 409


def test_a_change_is_of_what_was_sent_only(console: Console) -> None:
    body = {"name": "a", "limits": {"rpm": 1, "tpm": 2}, "budgets": [{"limit_usd": 1}]}
    project = console.client.post(PATH, json=body).json()
    changed = console.client.patch(f"{PATH}/{project['id']}", json={"name": "b"}).json()
    assert (changed["limits"], changed["budgets"]) == (project["limits"], project["budgets"])
    assert changed["version"] == 2
    assert console.client.patch(f"{PATH}/prj_none", json={}).status_code == 404


def test_spans_are_kept_for_days_of_its_own(console: Console) -> None:
    body = {"name": "a", "retention_days": 30}
    project = console.client.post(PATH, json=body).json()
    assert project["retention_days"] == 30
    path = f"{PATH}/{project['id']}"
    assert console.client.patch(path, json={"name": "b"}).json()["retention_days"] == 30
    assert console.client.patch(path, json={"retention_days": 0}).status_code == 400
    assert console.client.patch(path, json={"retention_days": 7}).json()["retention_days"] == 7
    assert (
        console.client.patch(path, json={"retention_days": None}).json()["retention_days"] is None
    )
