"""The permission matrix: every operation of the API, for every role, here and elsewhere."""

import json
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest

from tests.support.people import Company, company
from vedette.api import routes_app
from vedette.api.authorization import RULES
from vedette.model.user import ROLES, Permission, Role

OPERATIONS: dict[str, tuple[str, str, dict[str, Any]]] = {
    operation["operationId"]: (method.upper(), path, operation)
    for path, methods in routes_app(version="x").openapi()["paths"].items()
    for method, operation in methods.items()
}
ENDLESS = {"follow_live"}
"""It streams for as long as somebody listens; refused, it answers like the others."""


@pytest.fixture(scope="module")
def firm() -> Iterator[Company]:
    with company() as firm:
        yield firm


def place(firm: Company, *, elsewhere: bool) -> dict[str, str]:
    """What stands for the parameters of a path, of ours or of theirs."""
    organization = firm.other if elsewhere else firm.organization
    return {
        "project_id": firm.other_project if elsewhere else firm.project,
        "organization_id": organization,
        "key_id": firm.other_key if elsewhere else firm.key,
        "entry_id": f"{organization}:1",
        "trace_id": "1" * 32,
        "span_id": "2" * 16,
        "framework": "soc2",
        "number": "1",
    }


def ask(
    client: httpx2.Client, firm: Company, name: str, *, elsewhere: bool
) -> httpx2.Response:  # fmt: skip
    """Call an operation with ids of ours or of theirs."""
    method, path, operation = OPERATIONS[name]
    known = place(firm, elsewhere=elsewhere)
    query = {}
    for parameter in operation.get("parameters", []):
        if parameter["in"] == "path":
            value = known.get(parameter["name"], "nothing")
            path = path.replace(f"{{{parameter['name']}}}", value)
        elif parameter["name"] == "project":
            query["project"] = known["project_id"]
        elif parameter["name"] == "organization":
            query["organization"] = known["organization_id"]
    if "/audit" in path:
        query.pop("project", None)
    body = {
        "create_key": {"project": known["project_id"], "name": "k"},
        "create_project": {"organization": known["organization_id"], "name": f"p-{name}"},
        "invite_member": {
            "organization": known["organization_id"], "email": "x@example.com", "role": "viewer",
        },
        "place_member": {"role": "viewer"},
    }.get(name, {})  # fmt: skip
    return client.request(method, path, params=query, json=body if method != "GET" else None)


def test_rules_and_operations_fit_each_other() -> None:
    assert set(RULES) <= set(OPERATIONS)
    for rule in RULES.values():
        assert rule.permission is not None or rule.where in ("anybody", "somebody", "inside")


def test_nobody_gets_in_without_a_log_in(firm: Company) -> None:
    client = firm.nobody()
    for name in OPERATIONS:
        rule = RULES.get(name)
        if rule is None or rule.where != "anybody":
            assert ask(client, firm, name, elsewhere=False).status_code == 401, name


def test_an_owner_gets_nothing_of_another_organization(firm: Company) -> None:
    client = firm.user("owner")
    for name in OPERATIONS:
        rule = RULES.get(name)
        if rule is not None and rule.where in ("anybody", "somebody", "somewhere"):
            continue
        answer = ask(client, firm, name, elsewhere=True)
        if name in ("list_organizations", "list_projects", "list_all_policies"):
            assert answer.status_code == 200
            for foreign in (firm.other, firm.other_project, firm.other_key):
                assert foreign not in answer.text
        elif answer.status_code == 400:
            assert answer.json()["code"] == "invalid_body", (name, answer.text)
        else:
            assert answer.json().get("code") in ("forbidden", "not_found"), (name, answer.text)


@pytest.mark.parametrize("role", ROLES)
def test_each_role_may_what_it_may_and_no_more(role: Role) -> None:
    with company() as firm:
        client = firm.user(role)
        # The project goes last: the others need it.
        for name in sorted(set(OPERATIONS) - ENDLESS, key="delete_project".__eq__):
            check(name, role, ask(client, firm, name, elsewhere=False))


def check(name: str, role: Role, answer: httpx2.Response) -> None:
    """Whether an answer is what the rule of its operation says of this role."""
    rule, told = RULES.get(name), (name, role, answer.text)
    if rule is None:
        assert answer.status_code == 403, told
        return
    if rule.permission is None:
        return
    allowed = rule.permission in ROLES[role]
    if rule.where == "project":
        # Without such a parameter it is about the default project, which is another's.
        asked = json.dumps(OPERATIONS[name][2].get("parameters", []))
        allowed = allowed and '"project"' in asked
        assert (answer.status_code == 403) is not allowed, told
    elif not allowed:
        assert answer.status_code in (403, 404 if rule.where in _BY_ID else 403), told
    elif rule.where not in _BY_ID:
        assert answer.status_code not in (401, 403), told


_BY_ID = ("key", "project_id", "organization_id", "entry")


def test_a_place_in_one_project_shows_no_other(firm: Company) -> None:
    client = firm.user("admin", projects=(firm.project,))
    assert client.get("/api/v1/traces", params={"project": firm.project}).status_code == 200
    assert client.get("/api/v1/traces", params={"project": "ours-app"}).status_code == 200
    assert client.get("/api/v1/traces", params={"project": "theirs-app"}).status_code == 403
    assert client.get("/api/v1/traces", params={"project": "never-made"}).status_code == 403
    assert client.get("/api/v1/traces").status_code == 403
    assert [one["id"] for one in client.get("/api/v1/projects").json()["items"]] == [firm.project]
    listed = client.get("/api/v1/members", params={"organization": firm.organization})
    assert listed.status_code == 403


def test_who_belongs_to_a_project_knows_of_it_whatever_he_may_there(firm: Company) -> None:
    budget = {"budgets": [{"limit_usd": 7}]}
    root = firm.as_user(firm.root.id)
    for path in (f"projects/{firm.project}", f"organizations/{firm.organization}"):
        assert root.patch(f"/api/v1/{path}", json=budget).status_code == 200

    def listed(client: httpx2.Client, what: str) -> list[tuple[str, int]]:
        items = client.get(f"/api/v1/{what}").json()["items"]
        return [(one["id"], len(one["budgets"])) for one in items]

    kinds: list[tuple[tuple[Permission, ...], int]] = [
        (("guard.use",), 0), ((), 0), (("usage.read",), 1),
    ]  # fmt: skip
    for permissions, budgets in kinds:
        client = firm.user("custom", permissions=permissions)
        assert listed(client, "projects") == [(firm.project, budgets)]
        assert listed(client, "organizations") == [(firm.organization, budgets)]
    elsewhere = firm.user("custom", projects=("prj_other",), permissions=("guard.use",))
    assert listed(elsewhere, "projects") == []


def test_a_personal_token_may_what_it_names(firm: Company) -> None:
    client = firm.user("admin")
    made = client.post("/api/v1/me/tokens", json={"name": "ci", "permissions": ["calls.read"]})
    program = firm.program(made.json()["text"])
    query = {"project": firm.project}
    assert program.get("/api/v1/traces", params=query).status_code == 200
    assert program.get("/api/v1/keys", params=query).status_code == 403
    assert program.post("/api/v1/me/tokens", json={"name": "more"}).status_code == 403
    root = firm.as_user(firm.root.id)
    made = root.post("/api/v1/me/tokens", json={"name": "all", "permissions": ["calls.read"]})
    program = firm.program(made.json()["text"])
    assert program.get("/api/v1/traces").status_code == 200
    assert program.get("/api/v1/credentials").status_code == 403
    assert program.get("/api/v1/keys", params=query).status_code == 403


def test_who_may_do_everything_does(firm: Company) -> None:
    root = firm.as_user(firm.root.id)
    for path in ("/traces", "/keys", "/users", "/credentials", "/audit", "/usage"):
        assert root.get(f"/api/v1{path}").status_code == 200
