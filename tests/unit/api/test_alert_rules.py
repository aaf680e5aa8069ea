"""Rules, channels and silences over HTTP."""

from typing import Any

import pytest

from tests.support.console import NOW_NS, Console, make_span

RULE: dict[str, Any] = {"name": "errors", "metric": "error_rate", "value": 5}
HOOK: dict[str, Any] = {
    "name": "hook", "kind": "webhook", "options": {"url": "https://x.org/s3cret"}
}  # fmt: skip


def post(console: Console, path: str, body: Any, status: int = 201) -> Any:
    answer = console.client.post(f"/api/v1{path}", json=body)
    assert answer.status_code == status, answer.text
    return answer.json()


def test_a_rule_is_made_changed_and_deleted(console: Console) -> None:
    made = post(console, "/alert-rules", RULE)
    assert made["rule"]["window_s"] == 300
    path = f"/api/v1/alert-rules/{made['id']}"
    assert console.client.put(path, json=RULE).status_code == 428
    changed = console.client.put(path, json=RULE | {"value": 9}, headers={"if-match": '"1"'})
    assert changed.json()["rule"]["value"] == 9
    late = console.client.delete(path, headers={"if-match": '"1"'})
    assert (late.status_code, late.json()["code"]) == (412, "version_differs")
    assert console.client.delete(path, headers={"if-match": '"2"'}).status_code == 204
    assert console.get("/api/v1/alert-rules")["items"] == []


def test_the_metrics_are_told(console: Console) -> None:
    assert "latency_p95_ms" in console.get("/api/v1/alert-rules")["metrics"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"metric": "mood"}, "metric"),
        ({"value": "high"}, "value"),
        ({"colour": "red"}, "colour"),
        ({"channels": ["nobody"]}, "channels"),
        ({"severity": "terrible"}, "severity"),
        ({"quiet": {"start": "7", "end": "8"}}, "quiet.start"),
    ],
)
def test_the_field_that_is_wrong_is_told(
    console: Console, changes: dict[str, Any], field: str
) -> None:
    problem = post(console, "/alert-rules", RULE | changes, 400)
    assert [one["name"] for one in problem["errors"]] == [field]


def test_a_rule_is_tried(console: Console) -> None:
    start_ns = console.parts.clock.now_ns() - 10**9
    spans = [make_span(n, start_ns=start_ns, end_ns=start_ns + 1, status="error") for n in (1, 2)]
    console.services.store.write_batch(spans)
    (group,) = post(console, "/alert-rules/try", RULE, 200)["groups"]
    assert (group["holds"], group["value"]) == (True, 100)
    assert console.get("/api/v1/alert-rules")["items"] == []


def test_secrets_of_channels_are_not_told_again(console: Console) -> None:
    made = post(console, "/alert-channels", HOOK)
    assert made["channel"]["options"] == {"url": "(set)"}
    listed = console.client.get("/api/v1/alert-channels").text
    assert "s3cret" not in listed
    path = f"/api/v1/alert-channels/{made['id']}"
    renamed = console.client.put(
        path, json=made["channel"] | {"name": "other"}, headers={"if-match": '"1"'}
    )
    assert renamed.status_code == 200, renamed.text
    tried = post(console, f"/alert-channels/{made['id']}/test", {}, 200)
    assert tried == {"delivered": True, "detail": ""}
    assert console.parts.posted.sent[0][0] == "https://x.org/s3cret"


def test_a_channel_that_does_not_answer(console: Console) -> None:
    made = post(console, "/alert-channels", HOOK)
    console.parts.posted.is_away = True
    tried = post(console, f"/alert-channels/{made['id']}/test", {}, 200)
    assert tried == {"delivered": False, "detail": "The receiver does not answer."}


def test_wrong_options_are_said_without_their_values(console: Console) -> None:
    problem = post(console, "/alert-channels", HOOK | {"options": {"url": "s3cret"}}, 400)
    assert problem["errors"][0]["name"] == "options"
    assert "s3cret" not in str(problem)


def test_a_channel_in_use_stays(console: Console) -> None:
    made = post(console, "/alert-channels", HOOK)
    post(console, "/alert-rules", RULE | {"channels": ["hook"]})
    path = f"/api/v1/alert-channels/{made['id']}"
    assert console.client.delete(path, headers={"if-match": '"1"'}).status_code == 409


def test_kinds_of_channels_say_what_they_need(console: Console) -> None:
    kinds = console.get("/api/v1/alert-channels")["kinds"]
    slack = next(kind for kind in kinds if kind["name"] == "slack")
    assert [option["name"] for option in slack["options"]] == ["url"]


def test_silences(console: Console) -> None:
    made = post(console, "/alert-silences", {"seconds": 600, "rule": "errors"})
    assert made["until_time"] == "2023-11-14T22:23:20.000000Z"
    assert NOW_NS == 1_700_000_000 * 10**9
    assert post(console, "/alert-silences", {"seconds": 1}, 400)
    path = f"/api/v1/alert-silences/{made['id']}"
    assert console.client.delete(path, headers={"if-match": '"1"'}).status_code == 204
    assert console.get("/api/v1/alert-silences")["items"] == []


def test_projects_do_not_see_each_other(console: Console) -> None:
    made = post(console, "/alert-rules?project=other", RULE)
    assert console.get("/api/v1/alert-rules")["items"] == []
    path = f"/api/v1/alert-rules/{made['id']}"
    assert console.client.delete(path, headers={"if-match": '"1"'}).status_code == 404
    assert len(console.get("/api/v1/alert-rules", project="other")["items"]) == 1
