"""Drift over HTTP."""

from typing import Any

import pytest

from tests.support.console import NOW_NS, Console
from tests.support.drift_watch import spans

HOUR = 3_600 * 10**9


def fill(console: Console) -> None:
    store = console.services.store
    store.write_batch(spans(60, now_ns=NOW_NS - HOUR))
    store.write_batch(spans(60, "refusing", seed=2, first=100, now_ns=NOW_NS))


def make(console: Console, status: int = 201, **changes: Any) -> Any:
    answer = console.client.post("/api/v1/drift/baselines", json={"name": "spring"} | changes)
    assert answer.status_code == status, answer.text
    return answer.json()


def test_baselines_are_made_listed_and_deleted(console: Console) -> None:
    made = make(console, model="gpt", size=50, rolling=True)
    assert (made["filled"], made["size"], made["kind"]) == (0, 50, "rolling")
    board = console.get("/api/v1/drift")
    assert [one["name"] for one in board["baselines"]] == ["spring"]
    assert make(console, 409)["code"] == "conflict"
    assert make(console, 400, name="auto:x")["code"]
    assert make(console, 400, name="b", size=3)["code"]
    freeze = console.client.post("/api/v1/drift/baselines/spring/freeze", json={})
    assert freeze.status_code == 400
    assert "has 0 calls yet" in freeze.json()["detail"]
    assert console.client.delete("/api/v1/drift/baselines/spring").status_code == 204
    assert console.client.delete("/api/v1/drift/baselines/spring").status_code == 404


def test_a_report_and_two_periods(console: Console) -> None:
    fill(console)
    (group,) = console.get("/api/v1/drift/report", reference="30")["items"]
    assert group["severity"] == "critical"
    found = console.get(
        "/api/v1/drift/compare", before_from="now-2h", before_to="now-30m", **{"from": "now-30m"}
    )
    assert found["calls"] == [60, 60]
    assert found["signals"][0]["is_different"]


def test_two_models(console: Console) -> None:
    store = console.services.store
    store.write_batch(spans(30, now_ns=NOW_NS))
    store.write_batch(spans(30, "short", seed=2, first=100, now_ns=NOW_NS, model="n"))
    found = console.get("/api/v1/drift/compare", model="n", before_model="m")
    assert found["calls"] == [30, 30]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/drift/compare", 400),
        ("/drift/compare?before_from=now-2h", 400),
        ("/drift/report?reference=1", 400),
        ("/drift/inputs/xyz", 400),
        ("/drift/inputs/abcdef", 404),
        ("/drift/alarms/abc", 404),
        ("/drift?project=*", 400),
    ],
)
def test_questions_that_cannot_be_answered(console: Console, path: str, status: int) -> None:
    assert console.client.get(f"/api/v1{path}").status_code == status


def test_projects_do_not_see_each_other(console: Console) -> None:
    fill(console)
    make(console)
    assert console.get("/api/v1/drift", project="other")["baselines"] == []
    assert console.get("/api/v1/drift/report", project="other")["items"] == []
    assert console.get("/api/v1/drift/alarms", project="other")["items"] == []
