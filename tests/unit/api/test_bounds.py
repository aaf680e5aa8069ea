"""What belongs to a project or an organization is for its people, and the rest for nobody else."""

from collections.abc import Iterator
from typing import Any

import httpx2
import pytest

from tests.support.people import Company, company
from vedette.api.bounds import Bounds
from vedette.api.errors import Forbidden
from vedette.model.policy import Policy, Rule, Scope
from vedette.model.tenant import Allowance
from vedette.model.user import Membership, Principal


@pytest.fixture
def firm() -> Iterator[Company]:
    with company() as firm:
        yield firm


def ask(client: httpx2.Client, method: str, path: str, status: int, **body: Any) -> Any:
    headers = body.pop("headers", {})
    query = body.pop("query", {})
    sent = body if method in ("POST", "PUT", "PATCH") else None
    answer = client.request(method, f"/api/v1{path}", json=sent, params=query, headers=headers)
    assert answer.status_code == status, (method, path, answer.text)
    return answer.json() if answer.content else None


def policy(name: str, **scope: Any) -> dict[str, Any]:
    return {"name": name, "rules": [{"name": "pii", "detector": "pii"}], "scope": scope}


def test_an_admin_keeps_policies_of_the_own_organization(firm: Company) -> None:
    admin, viewer = firm.user("admin"), firm.user("viewer")
    mine = policy("mine", projects=["ours-app"])
    made = ask(admin, "POST", "/policies", 201, policy=mine)
    assert made["policy"]["scope"]["projects"] == [firm.project]
    ask(admin, "POST", "/policies/mine/publish", 200)
    ask(admin, "PUT", "/policies/mine", 200, policy=mine, headers={"if-match": '"1"'})
    ask(admin, "POST", "/policies/mine/mode", 200, mode="shadow")
    ask(admin, "POST", "/policies/mine/rollback", 200, version=1)
    listed = ask(viewer, "GET", "/policies", 200)["items"]
    assert [one["name"] for one in listed if one["origin"] != "bundled"] == ["mine"]
    assert ask(viewer, "GET", "/policies/mine", 200)["policy"]["name"] == "mine"
    # The draft that was not published is kept beside what is in force, in shadow as well.
    assert len(ask(viewer, "GET", "/policies/mine/versions", 200)["items"]) == 5
    ask(viewer, "GET", "/policies/mine/diff", 200)
    ask(viewer, "PUT", "/policies/mine", 403, policy=mine)
    ask(viewer, "POST", "/policies/mine/publish", 404)
    ask(viewer, "DELETE", "/policies/mine", 404)
    ask(admin, "POST", "/policies/mine/unpublish", 200)
    ask(admin, "DELETE", "/policies/mine", 204)


def test_policies_of_others_and_of_all_are_not_found(firm: Company) -> None:
    root, admin = firm.as_user(firm.root.id), firm.user("owner")
    for name, scope in (
        ("theirs", {"projects": [firm.other_project]}), ("all", {}),
        ("both", {"projects": [firm.project, firm.other_project]}),
        ("tagged", {"tags": ["x"]}),
    ):  # fmt: skip
        ask(root, "POST", "/policies", 201, policy=policy(name, **scope))
        ask(root, "POST", f"/policies/{name}/publish", 200)
        for method, path, body in (
            ("GET", "", {}), ("GET", "/versions", {}), ("GET", "/versions/1", {}),
            ("GET", "/diff", {}), ("POST", "/publish", {}), ("POST", "/unpublish", {}),
            ("POST", "/rollback", {"version": 1}), ("POST", "/mode", {"mode": "shadow"}),
            ("DELETE", "", {}),
        ):  # fmt: skip
            ask(admin, method, f"/policies/{name}{path}", 404, **body)
        taken = policy(name, projects=[firm.project])
        ask(admin, "PUT", f"/policies/{name}", 409, policy=taken)
        ask(admin, "POST", "/policies", 409, policy=taken)
        ask(admin, "POST", "/guard/evaluate", 404, text="x", policy=name)
    names = {one["name"] for one in ask(admin, "GET", "/policies", 200)["items"]}
    names |= {one["name"] for one in ask(admin, "GET", "/guard/policies", 200)["items"]}
    assert not names & {"theirs", "all", "both", "tagged"}


def test_an_old_version_that_was_for_others_stays_theirs(firm: Company) -> None:
    root, admin = firm.as_user(firm.root.id), firm.user("admin")
    ask(root, "POST", "/policies", 201, policy=policy("p", projects=[firm.other_project]))
    ask(root, "PUT", "/policies/p", 200, policy=policy("p", projects=[firm.project]))
    assert [v["version"] for v in ask(admin, "GET", "/policies/p/versions", 200)["items"]] == [2]
    ask(admin, "GET", "/policies/p/versions/1", 404)
    ask(admin, "GET", "/policies/p/diff", 404, query={"from": "1", "to": "2"})
    ask(admin, "POST", "/policies/p/publish", 404, version=1)
    ask(admin, "POST", "/policies/p/rollback", 404, version=1)


def test_no_policy_is_kept_for_others(firm: Company) -> None:
    admin = firm.user("admin")
    narrow = firm.user("admin", projects=(firm.project,))
    foreign = [
        {}, {"tags": ["x"]}, {"projects": [firm.other_project]}, {"projects": ["theirs-app"]},
        {"projects": [firm.project, firm.other_project]}, {"projects": ["never-made"]},
        {"organizations": [firm.other]}, {"organizations": ["theirs"]},
        {"keys": [firm.other_key]}, {"projects": ["default"]},
    ]  # fmt: skip
    for scope in foreign:
        ask(admin, "POST", "/policies", 403, policy=policy("p", **scope))
    inner = policy("p", projects=[firm.project])
    inner["rules"][0]["scope"] = {"projects": [firm.other_project]}
    ask(admin, "POST", "/policies", 403, policy=inner)
    ask(narrow, "POST", "/policies", 403, policy=policy("p", organizations=[firm.organization]))
    ask(narrow, "POST", "/policies", 201, policy=policy("p", keys=[firm.key]))
    ask(admin, "POST", "/policies", 201, policy=policy("q", organizations=["ours"]))


def test_a_project_with_the_name_of_anothers_id_is_ones_own(firm: Company) -> None:
    mine = firm.desk.projects.create("default", firm.organization, Allowance()).value.id
    admin = firm.user("admin")
    made = ask(admin, "POST", "/policies", 201, policy=policy("p", projects=["default"]))
    assert made["policy"]["scope"]["projects"] == [mine]
    rule = ask(admin, "POST", "/allowances", 201, scope="user", project="default")
    assert rule["project"] == mine


def test_a_preview_is_paid_by_the_own_project(firm: Company) -> None:
    admin, member = firm.user("admin"), firm.user("member")
    tried = policy("p")
    ask(admin, "POST", "/policies/preview", 200, policy=tried)
    ask(admin, "POST", "/policies/preview", 200, policy=tried, text="x", project=firm.project)
    for project in ("", firm.other_project, "theirs-app", "default"):
        ask(admin, "POST", "/policies/preview", 403, policy=tried, text="x", project=project)
    ask(member, "POST", "/policies/preview", 403, policy=tried)


def test_texts_are_judged_in_the_name_of_the_own_project(firm: Company) -> None:
    root, member = firm.as_user(firm.root.id), firm.user("member")
    judge = {"name": "j", "detector": "judge", "options": {"model": "m"}}
    kept = {"name": "asking", "rules": [judge], "scope": {"projects": [firm.project]}}
    ask(member, "POST", "/guard/evaluate", 200, text="x")
    ask(member, "POST", "/guard/evaluate", 200, text="x", project=firm.project)
    ask(member, "POST", "/guard/evaluate", 403, text="x", project=firm.other_project)
    ask(root, "POST", "/policies", 201, policy=kept)
    ask(root, "POST", "/policies/asking/publish", 200)
    ask(member, "POST", "/guard/evaluate", 403, text="x", policy="asking")
    ask(member, "POST", "/guard/evaluate", 200, text="x", policy="asking", project=firm.project)


def test_exceptions_are_seen_in_their_project_and_made_by_the_operator(firm: Company) -> None:
    """An entry would switch off rules of the policies above."""
    root, owner, viewer = firm.as_user(firm.root.id), firm.user("owner"), firm.user("viewer")
    entry = {"kind": "value", "value": "a@b.org"}
    ask(root, "POST", "/guard/allowed", 201, **entry, project=firm.other_project)
    ask(root, "POST", "/guard/allowed", 201, **entry)
    mine = ask(root, "POST", "/guard/allowed", 201, **entry, project=firm.project)["id"]
    query = {"project": firm.project}
    listed = ask(viewer, "GET", "/guard/allowed", 200, query=query)["items"]
    assert [one["id"] for one in listed] == [mine]
    ask(viewer, "GET", "/guard/allowed", 403)
    ask(viewer, "GET", "/guard/allowed", 403, query={"project": firm.other_project})
    ask(viewer, "GET", "/guard/calibration", 200, query=query)
    ask(owner, "POST", "/guard/allowed", 403, **entry, project=firm.project)
    ask(owner, "DELETE", f"/guard/allowed/{mine}", 403)
    ask(owner, "PUT", "/guard/calibration/pii", 403, threshold=1, query=query)


def test_replays_are_of_a_project(firm: Company) -> None:
    root, admin, viewer = firm.as_user(firm.root.id), firm.user("admin"), firm.user("viewer")
    ask(root, "POST", "/policies", 201, policy=policy("theirs", projects=[firm.other_project]))
    here, there = {"project": firm.project}, {"project": firm.other_project}
    mine = ask(admin, "POST", "/guard/replays", 202, name="balanced", query=here)["id"]
    theirs = ask(root, "POST", "/guard/replays", 202, name="theirs", query=there)["id"]
    ask(admin, "POST", "/guard/replays", 404, name="theirs", query=here)
    ask(admin, "POST", "/guard/replays", 403, name="balanced", query=there)
    foreign = policy("p", projects=[firm.other_project])
    ask(admin, "POST", "/guard/replays", 403, policy=foreign, query=here)
    ask(viewer, "POST", "/guard/replays", 403, name="balanced", query=here)
    assert ask(viewer, "GET", f"/guard/replays/{mine}", 200)["id"] == mine
    ask(viewer, "GET", f"/guard/replays/{theirs}", 404)
    ask(viewer, "DELETE", f"/guard/replays/{mine}", 404)
    ask(admin, "DELETE", f"/guard/replays/{theirs}", 404)
    ask(admin, "DELETE", f"/guard/replays/{mine}", 204)


def test_allowances_budgets_and_limits_are_of_a_project(firm: Company) -> None:
    root, admin, viewer = firm.as_user(firm.root.id), firm.user("admin"), firm.user("viewer")
    rule = {"scope": "user", "name": "ann", "budgets": [{"limit_usd": 1}], "limits": {"rpm": 3}}
    theirs = ask(root, "POST", "/allowances", 201, **rule, project=firm.other_project)["id"]
    every = ask(root, "POST", "/allowances", 201, **(rule | {"scope": "model"}))["id"]
    mine = ask(admin, "POST", "/allowances", 201, **rule, project=firm.project)["id"]
    for project in ("", firm.other_project, "theirs-app", "never-made"):
        ask(admin, "POST", "/allowances", 403, **rule, project=project)
    ask(viewer, "POST", "/allowances", 403, **rule, project=firm.project)
    query = {"project": firm.project}
    listed = ask(viewer, "GET", "/allowances", 200, query=query)["items"]
    assert [one["id"] for one in listed] == [mine]
    ask(viewer, "GET", "/allowances", 403)
    for id in (theirs, every):
        ask(admin, "GET", f"/allowances/{id}", 404)
        ask(admin, "PATCH", f"/allowances/{id}", 404, limits=None)
        ask(admin, "DELETE", f"/allowances/{id}", 404)
    ask(viewer, "GET", f"/allowances/{mine}", 200)
    ask(viewer, "PATCH", f"/allowances/{mine}", 404, limits=None)
    budgets = ask(root, "GET", "/budgets", 200)["items"]
    shown = ask(viewer, "GET", "/budgets", 200, query=query)["items"]
    assert {one["project"] for one in budgets} == {firm.project, firm.other_project, None}
    assert [one["project"] for one in shown] == [firm.project]
    limits = ask(viewer, "GET", "/limits", 200, query=query)["items"]
    assert [one["project"] for one in limits] == [firm.project]
    for one in budgets:
        status = 200 if one["project"] == firm.project else 404
        ask(viewer, "GET", f"/budgets/{one['id']}", status)
        ask(root, "GET", f"/budgets/{one['id']}", 200)
    assert ask(viewer, "GET", "/limits", 200, query={"organization": firm.organization}) == {
        "items": []
    }
    ask(admin, "DELETE", f"/allowances/{mine}", 204)


def test_answers_of_the_own_project_can_be_forgotten(firm: Company) -> None:
    admin, member = firm.user("admin"), firm.user("member")
    ask(admin, "POST", "/cache/purge", 200, project=firm.project, model="m")
    ask(admin, "POST", "/cache/purge", 200, project="ours-app")
    for body in (
        {"everything": True}, {"model": "m"}, {"project": firm.other_project},
        {"project": "theirs-app"}, {"project": "never-made"}, {"key": "a" * 64},
    ):  # fmt: skip
        ask(admin, "POST", "/cache/purge", 403, **body)
    ask(member, "POST", "/cache/purge", 403, project=firm.project)
    ask(admin, "GET", "/cache", 403)


def test_a_token_that_may_less_is_bound_by_it() -> None:
    place = Membership(user_id="u", organization_id="o", role="owner")
    own = Policy(name="p", scope=Scope(organizations=("o",)), rules=(Rule(name="r", detector="d"),))
    bounds = Bounds(Principal(memberships=(place,), only=frozenset({"calls.read"})), None)
    assert bounds.holds("calls.read", own)
    assert not bounds.holds("policies.manage", own)
    with pytest.raises(Forbidden):
        bounds.own("policies.manage", own)
    root = Bounds(Principal(is_root=True, only=frozenset({"calls.read"})), None)
    assert root.everywhere("calls.read")
    with pytest.raises(Forbidden):
        root.check_project("project.manage", "any")
