"""`/policies/preview` as a client sees it."""

from typing import Any

from tests.support.console import Console

PATH = "/api/v1/policies/preview"
PII = {"name": "pii", "detector": "pii", "actions": [{"kind": "redact"}]}


def policy(*rules: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {"name": "bot", "rules": list(rules) or [PII], **changes}


def ask(console: Console, status: int = 200, **body: Any) -> Any:
    answer = console.client.post(PATH, json=body)
    assert answer.status_code == status, answer.text
    return answer.json()


def test_a_draft_is_tried_on_a_text_without_being_kept(console: Console) -> None:
    text = "Mail ada@lovelace.org"
    before = console.get("/api/v1/policies")["items"]
    assert ask(console, policy=policy(), text=text)["verdict"]["text"] == "Mail [email]"
    assert ask(console, policy=policy())["verdict"] is None
    scoped = policy(scope={"projects": ["default"], "models": ["gpt-*"]})
    assert ask(console, policy=scoped, text=text)["verdict"]["action"] == "redact"
    ask(console, 400, policy=policy({**PII, "threshold": 3}), text=text)
    assert console.get("/api/v1/policies")["items"] == before


def test_a_name_that_an_upper_level_has_is_told(console: Console) -> None:
    """Who thinks to loosen it from below is told that it goes on holding."""
    put = console.client.post("/api/v1/policies", json={"policy": policy(name="all")})
    assert put.status_code == 201
    console.client.post("/api/v1/policies/all/publish", json={"version": 1})
    lower = policy({**PII, "threshold": 0.99}, scope={"projects": ["default"]})
    expected = {"rule": "pii", "policy": "all", "level": "installation", "is_replaced": False}
    assert ask(console, policy=lower)["above"] == [expected]
    assert ask(console, policy=policy())["above"] == []
    made = console.client.post("/api/v1/policies", json={"policy": lower}).json()
    assert made["above"] == [expected]


def test_rules_that_compare_see_what_is_known_beside_the_text(console: Console) -> None:
    answers = ["output"]
    leak = {"name": "leak", "detector": "leak", "where": answers, "actions": [{"kind": "block"}]}
    schema = {"name": "shape", "detector": "schema", "where": answers}
    cited = {"name": "cited", "detector": "citation", "where": answers}
    tried = policy(schema, cited, leak)
    text = '{"bird": "CANARY-77"} as [3] says'
    alone = ask(console, policy=tried, text=text, where="output")["verdict"]
    assert alone["rules"] == []
    known = {"canaries": ["CANARY-77"], "sources": ["one", "two"], "schema": {"type": "object"}}
    beside = ask(console, policy=tried, text=text, where="output", evidence=known)["verdict"]
    assert [rule["rule"] for rule in beside["rules"]] == ["shape", "cited", "leak"]
    assert beside["action"] == "block"


def test_unknown_evidence_is_named(console: Console) -> None:
    answer = ask(console, 400, policy=policy(), text="a", evidence={"canary": "x"})
    assert "canary" in answer["detail"]
