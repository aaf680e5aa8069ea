"""`/guard/replays` as a client sees them."""

from typing import Any

from tests.support.console import NOW_NS, Console
from tests.support.guarded_spans import MAIL, guarded, hit
from tests.support.served import until

PATH = "/api/v1/guard/replays"
POLICY = {"name": "mine", "rules": [{"name": "personal", "detector": "pii"}]}


def ask(console: Console, method: str, path: str, status: int = 200, **body: Any) -> Any:
    answer = console.client.request(method, path, json=body or None)
    assert answer.status_code == status, answer.text
    return answer.json() if answer.content else None


def done(console: Console, started: Any) -> Any:
    def look() -> Any:
        state = console.get(f"{PATH}/{started['id']}")
        return state if state["status"] not in ("waiting", "running") else None

    return until(look, 20, lambda: str(console.get(f"{PATH}/{started['id']}")))


def filled(console: Console) -> None:
    spans = [guarded(n, hit(), start_ns=NOW_NS - n * 10**9) for n in range(1, 4)]
    console.services.store.write_batch(spans)


def test_a_policy_is_tried_on_what_was_recorded(console: Console) -> None:
    filled(console)
    found = done(console, ask(console, "POST", PATH, 202, policy=POLICY))
    assert (found["status"], found["calls"], found["actions"]) == ("done", 3, {"flag": 3})
    (rule,) = found["rules"]
    assert (rule["calls"], rule["new_calls"], rule["kinds"]) == (3, 0, {"email": 3})
    assert rule["samples"][0]["found"] == MAIL
    assert rule["samples"][0]["said"] is None
    (listed,) = console.get(PATH)["items"]
    assert listed["rules"][0]["samples"] == []
    assert console.get(PATH, project="other")["items"] == []


def test_samples_tell_what_people_said(console: Console) -> None:
    filled(console)
    for item in console.get("/api/v1/guard/findings")["items"]:
        path = f"/api/v1/guard/findings/{item['id']}/feedback"
        ask(console, "POST", path, is_true=False)
    found = done(console, ask(console, "POST", PATH, 202, policy=POLICY))
    assert {one["said"] for one in found["rules"][0]["samples"]} == {False}


def test_policies_are_tried_by_name(console: Console) -> None:
    filled(console)
    found = done(console, ask(console, "POST", PATH, 202, name="privacy"))
    assert found["actions"] == {"mask": 3}
    ask(console, "POST", "/api/v1/policies", 201, policy=POLICY)
    assert done(console, ask(console, "POST", PATH, 202, name="mine", most=1))["calls"] == 1
    ask(console, "POST", PATH, 404, name="none")
    ask(console, "POST", PATH, 404, most=1)
    broken = {"name": "x", "rules": [{"name": "r", "detector": "pij"}]}
    problem = ask(console, "POST", PATH, 400, policy=broken)
    assert problem["errors"][0]["name"] == "policy.rules[0].detector"
    ask(console, "POST", PATH, 400, name="privacy", begin="yesterday")


def test_replays_can_be_stopped(console: Console) -> None:
    started = ask(console, "POST", PATH, 202, name="privacy")
    ask(console, "DELETE", f"{PATH}/{started['id']}", 204)
    assert done(console, started)["status"] in ("done", "stopped")
    ask(console, "DELETE", f"{PATH}/none", 404)
    ask(console, "GET", f"{PATH}/none", 404)
