"""What is wrong with a body is told field by field."""

from typing import Any

import pytest

from tests.support.console import Console

KEY = {"project": "default", "name": "k"}


@pytest.mark.parametrize(
    ("field", "body"),
    [
        ("name", {"project": "default"}),
        ("project", {"name": "k"}),
        ("budget", {**KEY, "budget": []}),
        ("name", {**KEY, "name": 7}),
        ("name", {**KEY, "name": " "}),
        ("project", {**KEY, "project": "none"}),
        ("limits.rpm", {**KEY, "limits": {"rpm": "many"}}),
        ("limits.rpm", {**KEY, "limits": {"rpm": 0}}),
        ("limits.rps", {**KEY, "limits": {"rps": 1}}),
        ("budgets[0].window", {**KEY, "budgets": [{"limit_usd": 1, "window": "2h"}]}),
        ("budgets[0].limit_usd", {**KEY, "budgets": [{"window": "1h"}]}),
        ("budgets[0].limit_usd", {**KEY, "budgets": [{"limit_usd": -1}]}),
        ("budgets[0].limit_usd", {**KEY, "budgets": [{"limit_usd": "NaN"}]}),
        ("budgets[0].limit_usd", {**KEY, "budgets": [{"limit_usd": "1e999999999"}]}),
        ("budgets[0].limit_usd", {**KEY, "budgets": [{"limit_usd": "1e-999999999"}]}),
        ("budgets[0].timezone", {**KEY, "budgets": [{"limit_usd": 1, "timezone": "Mars"}]}),
        ("limits.usd_per_minute", {**KEY, "limits": {"usd_per_minute": "0.0000000001"}}),
        ("expires_at", {**KEY, "expires_at": "tomorrow"}),
        ("expires_at", {**KEY, "expires_at": "2001-01-01T00:00:00Z"}),
        ("ips[0]", {**KEY, "ips": ["example.com"]}),
        ("models[0]", {**KEY, "models": [""]}),
        ("metadata", {**KEY, "metadata": {"": "x"}}),
        ("body", []),
    ],
)
def test_the_field_is_named(console: Console, field: str, body: Any) -> None:
    answer = console.client.post("/api/v1/keys", json=body)
    assert answer.status_code == 400, answer.text
    problem = answer.json()
    assert problem["code"] == "invalid_body"
    assert [each["name"] for each in problem["errors"]] == [field]
    assert problem["errors"][0]["expected"]
    assert console.get("/api/v1/keys")["items"] == []


def test_what_is_no_json_has_no_fields(console: Console) -> None:
    answer = console.client.post(
        "/api/v1/keys", content=b"{", headers={"content-type": "application/json"}
    )
    assert (answer.status_code, answer.json()["errors"]) == (400, [])
    assert console.client.post("/api/v1/keys", content=b"{}").status_code == 415


def test_a_wrong_choice_is_told_the_right_ones(console: Console) -> None:
    body = {**KEY, "budgets": [{"limit_usd": 1}, {"limit_usd": 1, "action": "beg"}]}
    problem = console.client.post("/api/v1/keys", json=body).json()
    assert problem["errors"] == [
        {
            "name": "budgets[1].action",
            "value": "beg",
            "expected": "one of block, reroute, throttle",
        }
    ]
    assert problem["detail"].startswith("budgets[1].action has the value 'beg': need one of")
