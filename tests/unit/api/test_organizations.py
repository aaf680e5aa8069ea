"""Organizations over HTTP."""

from tests.support.console import Console

PATH = "/api/v1/organizations"


def test_an_organization_is_made_changed_and_deleted(console: Console) -> None:
    made = console.client.post(PATH, json={"name": "Acme", "limits": {"rpm": 60}})
    assert made.status_code == 201
    acme = made.json()
    assert (acme["name"], acme["limits"]["rpm"], acme["version"]) == ("Acme", 60, 1)
    place = f"{PATH}/{acme['id']}"
    assert console.get(place) == acme
    changed = console.client.patch(place, json={"budgets": [{"limit_usd": 5}]}).json()
    assert (changed["name"], changed["limits"]["rpm"]) == ("Acme", 60)
    assert changed["budgets"][0]["limit_usd"] == "5.000000"
    assert console.client.patch(place, json={"limits": None}).json()["limits"]["rpm"] is None
    assert [one["id"] for one in console.get(PATH)["items"]] == ["default", acme["id"]]
    assert console.client.delete(place).status_code == 204
    assert console.problem(place, 404)["code"] == "not_found"


def test_one_that_has_projects_stays(console: Console) -> None:
    acme = console.client.post(PATH, json={"name": "Acme"}).json()
    body = {"name": "a", "organization": acme["id"]}
    project = console.client.post("/api/v1/projects", json=body).json()
    assert project["organization"] == acme["id"]
    assert console.client.delete(f"{PATH}/{acme['id']}").status_code == 409
    assert console.client.post(PATH, json={"name": "Acme"}).status_code == 409
