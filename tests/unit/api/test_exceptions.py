"""`/guard/allowed` and `/guard/calibration` as a client sees them."""

from typing import Any

import pytest

from tests.support.console import NOW_NS, Console
from tests.support.guarded_spans import MAIL, TEXT, guarded, hit

PATH = "/api/v1/guard/allowed"


def ask(console: Console, method: str, path: str, status: int = 200, **body: Any) -> Any:
    answer = console.client.request(method, path, json=body or None)
    assert answer.status_code == status, answer.text
    return answer.json() if answer.content else None


def judged(console: Console, project: str = "default") -> Any:
    body: dict[str, Any] = {"text": TEXT, "detectors": ["pii"], "project": project}
    return ask(console, "POST", "/api/v1/guard/evaluate", **body)


@pytest.mark.parametrize(
    ("kind", "value"),
    [("value", MAIL.upper()), ("pattern", r".*@lovelace\.org"), ("text", TEXT)],
    ids=["value", "pattern", "text"],
)
def test_what_is_allowed_is_no_finding(console: Console, kind: str, value: str) -> None:
    assert judged(console)["action"] == "redact"
    made = ask(console, "POST", PATH, 201, kind=kind, value=value, project="default", note="ours")
    verdict = judged(console)
    assert (verdict["action"], verdict["allowed"]) == ("allow", [made["id"]])
    assert judged(console, "other")["action"] == "redact"
    assert (made["value"] == value) == (kind != "text")
    ask(console, "DELETE", f"{PATH}/{made['id']}", 204)
    ask(console, "DELETE", f"{PATH}/{made['id']}", 404)
    assert judged(console)["action"] == "redact"


def test_entries_are_listed_and_expire(console: Console) -> None:
    ask(console, "POST", PATH, 201, kind="value", value="x", expires_at="2023-11-15T00:00:00Z")
    (entry,) = console.get(PATH)["items"]
    assert (entry["is_expired"], entry["project"]) == (False, "")
    console.parts.clock.advance(10 * 86_400)
    assert console.get(PATH, project="default")["items"][0]["is_expired"] is True


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"value": " "}, "value"), ({"kind": "pattern", "value": "(?=x)"}, "value"),
     ({"expires_at": "soon"}, "expires_at"), ({"expires_at": "2000-01-01T00:00:00Z"}, "expires_at"),
     ({"kind": "odd"}, "kind")],
    ids=["blank", "pattern", "word", "past", "kind"],
)  # fmt: skip
def test_mistakes_are_told_by_field(console: Console, changes: Any, field: str) -> None:
    body = {"kind": "value", "value": "x", **changes}
    assert ask(console, "POST", PATH, 400, **body)["errors"][0]["name"] == field


def test_a_threshold_is_proposed_from_feedback_and_applied_when_wanted(console: Console) -> None:
    spans = [
        guarded(n, hit(score=0.6 if n < 16 else 0.95), start_ns=NOW_NS - n * 10**9)
        for n in range(40)
    ]
    console.services.store.write_batch(spans)
    assert console.get("/api/v1/guard/calibration")["items"] == []
    for item in console.get("/api/v1/guard/findings", limit="100")["items"]:
        path = f"/api/v1/guard/findings/{item['id']}/feedback"
        ask(console, "POST", path, is_true=item["score"] > 0.9)
    (found,) = console.get("/api/v1/guard/calibration")["items"]
    assert (found["proposed"], found["applied"], found["kept_true"]) == (0.95, None, 1.0)
    path = "/api/v1/guard/calibration/pii"
    (applied,) = ask(console, "PUT", path, threshold=found["proposed"])["items"]
    assert applied["applied"] == 0.95
    ask(console, "PUT", path, 400, threshold=2)
    (gone,) = ask(console, "DELETE", path)["items"]
    assert gone["applied"] is None


def test_an_applied_threshold_holds_in_its_project(console: Console) -> None:
    score = judged(console)["scores"]["pii"]
    assert score < 1
    ask(console, "PUT", "/api/v1/guard/calibration/pii", threshold=1)
    assert judged(console)["action"] == "allow"
    assert judged(console)["scores"]["pii"] == score
    assert judged(console, "other")["action"] == "redact"
