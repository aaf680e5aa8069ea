"""`/policies` as a client sees it."""

from typing import Any

from tests.support.console import Console

PATH = "/api/v1/policies"


def policy(threshold: float = 0.5, **changes: Any) -> dict[str, Any]:
    rule = {"name": "pii", "detector": "pii", "threshold": threshold,
            "actions": [{"kind": "redact"}]}  # fmt: skip
    return {"name": "bot", "rules": [rule], **changes}


def ask(console: Console, method: str, path: str, status: int = 200, **body: Any) -> Any:
    headers = body.pop("headers", {})
    answer = console.client.request(method, PATH + path, json=body or None, headers=headers)
    assert answer.status_code == status, answer.text
    return answer.json() if answer.content else None


def made(console: Console) -> Any:
    return ask(console, "POST", "", 201, policy=policy(), note="first")


def test_a_policy_is_made_published_compared_and_rolled_back(console: Console) -> None:
    first = made(console)
    assert (first["summary"]["latest"], first["summary"]["live"]) == (1, None)
    published = ask(console, "POST", "/bot/publish", version=1)
    assert published["summary"]["live"] == 1
    ask(console, "PUT", "/bot", policy=policy(0.8), note="fewer", headers={"if-match": '"1"'})
    diff = console.get(f"{PATH}/bot/diff")
    assert (diff["from_version"], diff["to_version"]) == (1, 2)
    assert diff["items"] == [{"path": "rules.pii.threshold", "before": 0.5, "after": 0.8}]
    ask(console, "POST", "/bot/publish", version=2)
    back = ask(console, "POST", "/bot/rollback", version=1)
    assert (back["summary"]["live"], back["policy"]["rules"][0]["threshold"]) == (3, 0.5)
    versions = console.get(f"{PATH}/bot/versions")["items"]
    assert [(v["version"], v["note"], v["is_live"]) for v in versions] == [
        (3, "as version 1", True), (2, "fewer", False), (1, "first", False),
    ]  # fmt: skip
    assert console.get(f"{PATH}/bot/versions/2")["rules"][0]["threshold"] == 0.8


def test_a_trial_runs_beside_and_ends(console: Console) -> None:
    made(console)
    ask(console, "POST", "/bot/publish", version=1)
    ask(console, "PUT", "/bot", policy=policy(0.8))
    summary = ask(console, "POST", "/bot/publish", version=2, share=10, sticky="request")["summary"]
    assert [summary[name] for name in ("live", "trial", "share", "sticky")] == [1, 2, 10, "request"]
    assert ask(console, "POST", "/bot/unpublish", trial_only=True)["summary"]["trial"] is None
    assert ask(console, "POST", "/bot/unpublish", trial_only=False)["summary"]["live"] is None


def test_shadow_is_left_with_one_switch(console: Console) -> None:
    ask(console, "POST", "", 201, policy=policy(mode="shadow"))
    ask(console, "POST", "/bot/publish", version=1)
    assert ask(console, "POST", "/bot/mode", mode="enforce")["live"]["mode"] == "enforce"
    switched = ask(console, "POST", "/bot/mode", mode="shadow", rule="pii")
    assert switched["live"]["rules"][0]["mode"] == "shadow"
    assert switched["summary"]["shadow_rules"] == 1
    ask(console, "POST", "/bot/mode", 404, mode="shadow", rule="none")


def test_mistakes_are_told_by_field(console: Console) -> None:
    rules = [
        {"name": "a", "detector": "pij"},
        {"name": "b", "detector": "pii", "threshold": 3, "scope": {"projects": ["gone"]}},
    ]
    problem = ask(console, "POST", "", 400, policy={"name": "bot", "rules": rules})
    assert [one["name"] for one in problem["errors"]] == [
        "policy.rules[1].scope.projects[0]", "policy.rules[0].detector",
        "policy.rules[1].threshold",
    ] or {one["name"] for one in problem["errors"]} == {
        "policy.rules[1].scope.projects[0]", "policy.rules[0].detector",
        "policy.rules[1].threshold",
    }  # fmt: skip
    shape = ask(console, "POST", "", 400, policy=policy(mode="loud"))
    assert shape["errors"][0]["name"] == "policy.mode"
    assert ask(console, "POST", "", 400, policy=policy(odd=1))["code"] == "invalid_body"
    assert [p["origin"] for p in console.get(PATH)["items"]] == ["bundled"] * 4


def test_nobody_overwrites_what_he_has_not_seen(console: Console) -> None:
    made(console)
    ask(console, "POST", "", 409, policy=policy())
    ask(console, "PUT", "/bot", policy=policy(0.6), headers={"if-match": '"1"'})
    ask(console, "PUT", "/bot", 412, policy=policy(0.7), headers={"if-match": '"1"'})
    ask(console, "PUT", "/other", 409, policy=policy(0.7))


def test_all_policies_are_listed_with_where_they_come_from(console: Console) -> None:
    made(console)
    items = console.get(PATH)["items"]
    assert [(item["name"], item["origin"]) for item in items] == [
        ("bot", "console"), ("balanced", "bundled"), ("strict", "bundled"),
        ("privacy", "bundled"), ("agents", "bundled"),
    ]  # fmt: skip
    assert console.get(f"{PATH}/strict")["summary"]["origin"] == "bundled"
    assert console.problem(f"{PATH}/none", 404)["code"] == "not_found"
    assert console.problem(f"{PATH}/bot/versions/9", 404)
    assert console.problem(f"{PATH}/bot/versions/x", 400)


def test_what_is_published_can_be_asked_for_by_name(console: Console) -> None:
    made(console)
    body = {"text": "Mail ada@lovelace.org", "policy": "bot"}
    assert console.client.post("/api/v1/guard/evaluate", json=body).status_code == 404
    ask(console, "POST", "/bot/publish", version=1)
    answer = console.client.post("/api/v1/guard/evaluate", json=body).json()
    assert (answer["action"], answer["policy_version"]) == ("redact", 1)
    kinds = {p["name"]: p["kind"] for p in console.get("/api/v1/guard/policies")["items"]}
    assert (kinds["bot"], kinds["strict"]) == ("console", "bundled")
    ask(console, "DELETE", "/bot", 204)
    assert console.client.post("/api/v1/guard/evaluate", json=body).status_code == 404
    ask(console, "DELETE", "/bot", 404)
